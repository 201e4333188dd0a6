// accept
// why: falls into the kernel's trap word
// label: f
f:
	nop
	b.eq	f
