// reject: FRM-6 @ 0x4
// why: a call behind ret, where nothing is pushed
// label: f
	ret
	bl	f
f:
	ret
