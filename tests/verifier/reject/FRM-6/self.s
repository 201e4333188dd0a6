// reject: FRM-6 @ 0x0
// why: recursion without a push
// label: f
f:
	bl	f
	ret
