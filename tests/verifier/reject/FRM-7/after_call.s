// reject: FRM-7 @ 0xc
// why: behind the call x30 is still pushed
// label: f
// label: g
	str	x30, [x13], #8
	bl	g
	nop
f:
	ret
g:
	ret
