// accept
// why: x14 kept in another register
	mov	x12, x14
	sub	x14, x14, #0x40, lsl #12
	mov	x14, x12
	ret
