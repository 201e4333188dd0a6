// accept
// why: any offset, of any size: the mask makes it a slot, and slots are targets or the abort stub
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	mov	w0, #-1
	and	w1, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w1, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
