// reject: MEM-1 @ 0x14
// why: below the start lies the window of another, a band away
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	sub	x0, x0, #255, lsl #12
	sub	x0, x0, #1, lsl #12
	ldr	x1, [x0, #-8]!
	ret
