// reject: CTL-1 @ 0x0
// why: the branch leaves the code
// import: log
	b	gate0
