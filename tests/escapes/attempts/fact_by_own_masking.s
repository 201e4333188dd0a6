// reject: MEM-1 @ 0xc
// why: and, then add: the sum is in the window, but only the one-instruction guard is known to be
// entry: f
f:
	bti	c
	and	x0, x0, #0xffffffff
	add	x0, x0, x15
	ldr	x1, [x0]
	ret
