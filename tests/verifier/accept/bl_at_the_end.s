// accept
// why: the return address is the kernel's trap word
// label: f
f:
	str	x30, [x13], #8
	bl	f
