// reject: INS-1 @ 0x0
// why: makes an exception of its own: at EL1 an oops, or a call of firmware
	svc	#0
