// reject: REG-7 @ 0x0
// why: sub w9, w15, #8 is nearly 4 GiB
// profile: low
// flags: 2
	sub	w9, w15, #8
