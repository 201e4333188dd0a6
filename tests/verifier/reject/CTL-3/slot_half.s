// reject: CTL-3 @ 0x4
// why: the call leaves the code and hits no gate slot
// import: log
	str	x30, [x13], #8
	bl	table+12
