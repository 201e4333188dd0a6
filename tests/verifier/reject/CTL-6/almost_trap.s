// reject: CTL-6 @ 0x4
// why: a load at -8 that is not the trap word
// label: f
	b	f
	ldur	x0, [x15, #-8]
f:
	ret
