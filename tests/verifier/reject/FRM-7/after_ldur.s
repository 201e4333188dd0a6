// reject: FRM-7 @ 0x8
// why: only the trap word ends all ways; any other ldur of its class goes on, with x30 pushed
// label: f
	str	x30, [x13], #8
	ldur	x0, [x15]
f:
	ret
