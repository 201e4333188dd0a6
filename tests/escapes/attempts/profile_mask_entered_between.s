// reject: MEM-1 @ 0x10
// why: a branch enters behind the mask, with a pointer of its own choice
// profile: mask
// window-len: 0x10000
// entry: f
// label: g
f:	bti	c
	cbnz	x1, g
	and	x0, x0, #0xffff
g:	add	x0, x15, x0
	str	x1, [x0]
	ret
