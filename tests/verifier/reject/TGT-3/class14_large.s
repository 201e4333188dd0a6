// reject: TGT-3 @ 0x0
// why: a target claims exactly 1 KiB
// label: f x14:2048
// target: f
f:
	bti	c
	ret
