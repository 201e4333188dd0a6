// reject: INS-1 @ 0x0
// why: a reserved prefetch, the range prefetch in another form
	prfm	#24, [x15]
