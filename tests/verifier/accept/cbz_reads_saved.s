// accept
// why: saved registers may be read
// label: f
	cbz	x19, f
	mov	x0, x29
	str	x28, [x14]
f:
	ret
