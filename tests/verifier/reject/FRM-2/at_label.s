// reject: FRM-2 @ 0x4
// why: the label's list does not have it
// label: f [x20]
f:
	nop
	mov	x19, x0
