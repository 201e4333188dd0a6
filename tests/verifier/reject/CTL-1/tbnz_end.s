// reject: CTL-1 @ 0x0
// why: the branch leaves the code
// import: log
	tbnz	w0, #3, end
