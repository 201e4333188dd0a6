// accept
// why: harmless: behind the end of a small window the loop meets its band, and faults
// profile: mask
// window-len: 0x10000
// entry: f
// label: loop x0:8
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
loop:	str	x1, [x0], #8
	b	loop
