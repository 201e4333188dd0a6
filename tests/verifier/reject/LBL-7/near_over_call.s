// reject: LBL-7 @ 0x10
// why: a call leaves nothing of x1, though both labels say 8 bytes
// label: f
// label: a x1:8 [x30]
// label: b x1:8 [x30]
f:
	add	x1, x15, w0, uxtw
	str	x30, [x13], #8
a:
	nop
	bl	f
	cbnz	x0, b
	nop
b:
	ldr	x30, [x13, #-8]!
	ret
