// accept
// why: accesses that just make facts
// label: a x1:0
// label: b1 x2:0
// label: c x3:1024
// label: d x3:2048
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff8
	ldr	x0, [x1]
a:
	ldr	x0, [x1]
	add	x2, x15, w0, uxtw
	sub	x2, x2, #1, lsl #12
	ldrb	w0, [x2]
b1:
	ldr	x0, [x2]
	add	x3, x15, w0, uxtw
	sub	x3, x3, #0x400
	ldrb	w0, [x3, #1024]
c:
	add	x3, x3, #0x400
d:
	ldr	x0, [x3]
	ret
