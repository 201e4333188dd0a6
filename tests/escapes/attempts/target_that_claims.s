// reject: TGT-3 @ 0x8
// why: whoever calls through the table establishes nothing
// entry: f
// label: g x0:0
// target: g
f:
	bti	c
	ret
g:
	bti	c
	ldr	x1, [x0]
	ret
