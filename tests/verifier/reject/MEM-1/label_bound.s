// reject: MEM-1 @ 0x8
// why: the label claims less than the access needs
// label: f x1:8
	mov	x1, x15
f:
	sub	x1, x1, #0x100, lsl #12
	ldr	x0, [x1]
	ret
