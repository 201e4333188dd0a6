// reject: PRO-1 @ #0
// why: only the low byte is a known profile
// profile: 0x100
	nop
