// reject: INS-2 @ 0x0
// why: the system lacks FEAT_CRC32, and there the word is undefined: an oops
// features: FEAT_LSE,FEAT_LRCPC,FEAT_LRCPC2,FEAT_FlagM,FEAT_CSSC,FEAT_SB
	crc32b	w0, w1, w2
