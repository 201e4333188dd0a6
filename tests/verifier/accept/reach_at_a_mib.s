// accept
// why: 1 MiB outside is a fact yet, without reach; back again it has
	add	x1, x15, w0, uxtw
	add	x1, x1, #0x100, lsl #12
	sub	x1, x1, #8
	ldr	x0, [x1]
	ret
