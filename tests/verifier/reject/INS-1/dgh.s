// reject: INS-1 @ 0x0
// why: of the hints only nop and bti are on the list
	dgh
