// reject: MEM-1 @ 0x14
// why: additions of less than the reach each would lead over a band of 4 MiB; two of them are beyond what a fact holds
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	add	x0, x0, #128, lsl #12
	add	x0, x0, #128, lsl #12
	str	x1, [x0]
	ret
