// reject: INS-1 @ 0x0
// why: cache, address translation and TLB operations act outside the window
	cfp	rctx, x0
