// reject: INS-2 @ 0x0
// why: the system lacks FEAT_CSSC, and there the word is undefined: an oops
// features: FEAT_LSE,FEAT_LRCPC,FEAT_LRCPC2,FEAT_FlagM,FEAT_CRC32,FEAT_SB
	umin	x0, x1, #3
