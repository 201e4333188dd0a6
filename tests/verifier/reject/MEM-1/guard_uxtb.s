// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: another extension: harmless, but not the guard
	add	x1, x15, w0, uxtb
	ldr	x2, [x1]
