// accept
// why: the call returns to the kernel's trap word
// entry: f
// import: time_now
f:
	bti	c
	str	x30, [x13], #8
	bl	gate0
