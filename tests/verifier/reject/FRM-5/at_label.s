// reject: FRM-5 @ 0x0
// why: the label says that x30 is pushed
// label: f [x30]
f:
	ret
