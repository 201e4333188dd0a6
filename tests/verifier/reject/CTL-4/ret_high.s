// reject: CTL-4 @ 0x0
// why: an indirect branch that is neither ret nor the table sequence
	.inst	0xd65f07c0
