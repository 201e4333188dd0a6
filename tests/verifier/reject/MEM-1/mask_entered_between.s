// reject: MEM-1 @ 0x14
// why: a branch to the second word skips the first
// profile: mask
// window-len: 0x10000
// entry: f
// label: g
f:	bti	c
	cbz	x1, g
	and	x0, x0, #0xffff
g:
	add	x0, x15, x0
	nop
	str	x1, [x0]
	ret
