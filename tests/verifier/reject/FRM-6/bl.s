// reject: FRM-6 @ 0x0
// why: the function's own link is lost
// label: f
	bl	f
	ret
f:
	ret
