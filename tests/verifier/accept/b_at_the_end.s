// accept
// why: the kernel writes trap words behind the code
// label: f
f:
	nop
	b	f
