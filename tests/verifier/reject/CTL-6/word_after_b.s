// reject: CTL-6 @ 0x4
// why: nothing says what holds behind b
// label: f
	b	f
	nop
f:
	ret
