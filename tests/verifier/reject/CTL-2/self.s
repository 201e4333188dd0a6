// reject: CTL-2 @ 0x0
// why: a loop of one word needs its label
f:
	b	f
