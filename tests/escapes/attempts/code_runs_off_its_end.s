// accept
// why: the kernel's trap words stand behind the last word
// entry: f
f:
	bti	c
	nop
