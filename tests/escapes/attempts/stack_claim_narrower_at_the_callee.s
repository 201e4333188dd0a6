// reject: STK-2 @ 0xc
// why: the callee believes x14 to be within 8 bytes, the caller has K
// entry: f
// label: g x14:8
f:
	bti	c
	nop
	str	x30, [x13], #8
	bl	g
	ldr	x30, [x13, #-8]!
	ret
g:
	ret
