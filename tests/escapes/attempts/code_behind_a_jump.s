// reject: CTL-6 @ 0x8
// why: data behind a jump, that no label enters, is refused too: no word goes unjudged
// entry: f
// label: over
f:
	bti	c
	b	over
	.quad	0xd65f03c0d65f03c0
over:
	ret
