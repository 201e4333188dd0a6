// reject: INS-2 @ 0x0
// why: the system lacks FEAT_LRCPC2, and there the word is undefined: an oops
// features: FEAT_LSE,FEAT_LRCPC,FEAT_FlagM,FEAT_CRC32,FEAT_CSSC,FEAT_SB
	ldapursb	x0, [x15, #8]
