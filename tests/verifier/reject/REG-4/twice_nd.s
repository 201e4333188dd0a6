// reject: REG-4 @ 0x0
// why: SP in two fields of one word
	add	sp, sp, #16
