// reject: FRM-2 @ 0x4
// why: write-back to a saved register that is not pushed
// label: f x19:8
f:
	nop
	ldr	x0, [x19], #8
