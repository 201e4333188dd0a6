// reject: CTL-2 @ 0x0
// why: no label says what holds at f
	b.al	f
	nop
f:
	nop
