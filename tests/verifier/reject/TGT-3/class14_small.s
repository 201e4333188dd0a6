// reject: TGT-3 @ 0x0
// why: whoever calls it establishes 1 KiB
// label: f x14:512
// target: f
f:
	bti	c
	ret
