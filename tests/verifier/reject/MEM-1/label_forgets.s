// reject: MEM-1 @ 0x4
// why: at a label holds what it claims, not what flowed in
// label: f
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
