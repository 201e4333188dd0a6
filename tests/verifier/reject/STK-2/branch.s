// reject: STK-2 @ 0x4
// why: the label claims 1 KiB
// label: f
	sub	x14, x14, #8
	cbz	x0, f
	add	x14, x14, #8
f:
	ret
