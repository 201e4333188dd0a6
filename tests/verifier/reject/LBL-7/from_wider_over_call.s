// reject: LBL-7 @ 0x18
// why: x19 may be 8 bytes outside before the call, and so behind it
// label: a x19:8 [x30,x19]
// label: b x19:0 [x30,x19]
// label: f
	stp	x30, x19, [x13], #16
	add	x19, x15, w0, uxtw
	add	x19, x19, #8
a:
	nop
	bl	f
	nop
	cbnz	x0, b
	nop
b:
	ldp	x30, x19, [x13, #-16]!
	ret
f:
	ret
