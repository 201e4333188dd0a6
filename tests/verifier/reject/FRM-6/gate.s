// reject: FRM-6 @ 0x0
// why: the function's own link is lost
// import: log
	bl	gate0
	ret
