// accept
// why: the table sequence
// target: a
// target: b1
// target: c
// target: d
// target: e
	str	x30, [x13], #8
	and	w9, w0, #0x38
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
a:
	bti	c
	ret
b1:
	bti	c
	ret
c:
	bti	c
	ret
d:
	bti	c
	ret
e:
	bti	c
	ret
