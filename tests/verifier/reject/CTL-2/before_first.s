// reject: CTL-2 @ 0x4
// why: no label before
// label: c
	nop
	b	.-4
c:
	nop
