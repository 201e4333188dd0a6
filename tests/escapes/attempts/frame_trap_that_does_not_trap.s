// reject: CTL-6 @ 0x8
// why: eight bytes further down lies the band as well, but the trap word is one word only
// entry: f
// label: f
f:
	bti	c
	b	f
	ldur	xzr, [x15, #-16]
	ldr	x0, [x0]
