// reject: MEM-1 @ 0x8
// why: the guard of the mask profile is none here
	and	x1, x0, #0xffffffff
	add	x1, x15, x1
	ldr	x2, [x1]
