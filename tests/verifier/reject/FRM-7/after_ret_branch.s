// reject: FRM-7 @ 0x4
// why: only falling behind ret is waived
// label: f [x30]
	ret
	cbz	x0, f
	nop
f:
	ldr	x30, [x13, #-8]!
	ret
