// reject: INS-2 @ 0x0
// why: the system lacks FEAT_FlagM, and there the word is undefined: an oops
// features: FEAT_LSE,FEAT_LRCPC,FEAT_LRCPC2,FEAT_CRC32,FEAT_CSSC,FEAT_SB
	rmif	x0, #0, #0
