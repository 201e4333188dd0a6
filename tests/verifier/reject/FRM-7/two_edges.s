// reject: FRM-7 @ 0xc
// why: one edge has [x30], the other nothing
// label: f [x30]
// label: g
	cbz	x0, g
	str	x30, [x13], #8
	b	f
g:
	b	f
f:
	ldr	x30, [x13, #-8]!
	ret
