// reject: REG-1 @ 0x4
// why: x15 is written, by a load, a status or an old value
	add	x1, x15, w0, uxtw
	ldxr	x15, [x1]
