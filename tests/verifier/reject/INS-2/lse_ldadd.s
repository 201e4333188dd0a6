// reject: INS-2 @ 0x0
// why: the system lacks FEAT_LSE, and there the word is undefined: an oops
// features: FEAT_LRCPC,FEAT_LRCPC2,FEAT_FlagM,FEAT_CRC32,FEAT_CSSC,FEAT_SB
	ldadd	x0, x1, [x15]
