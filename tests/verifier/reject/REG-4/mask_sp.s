// reject: REG-4 @ 0x4
// why: 31 is SP in the destination of and
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	sp, x0, #0xffff
	ret
