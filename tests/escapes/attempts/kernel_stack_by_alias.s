// reject: REG-4 @ 0x4
// why: register 31 is SP in this class
// entry: f
f:
	bti	c
	add	x14, sp, #0
	ret
