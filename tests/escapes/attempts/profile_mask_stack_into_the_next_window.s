// reject: STK-1 @ 0xc
// why: x14 is put by the default's guard, which in a small window leads out of it; the callee would store there
// profile: mask
// window-len: 0x10000
// import: log
// entry: f
f:	bti	c
	str	x30, [x13], #8
	add	x14, x15, w0, uxtw
	bl	gate0
	ldr	x30, [x13, #-8]!
	ret
