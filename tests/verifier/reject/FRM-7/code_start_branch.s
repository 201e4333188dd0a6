// reject: FRM-7 @ 0x0
// why: nothing is pushed at the first word
// label: f [x30]
	b	f
f:
	ldr	x30, [x13, #-8]!
	ret
