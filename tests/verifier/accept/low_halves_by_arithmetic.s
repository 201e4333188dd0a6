// accept
// why: whatever 32 bits a word writes, they are an address of the window
// profile: low
// entry: start
start:	bti	c
	add	w1, w0, #8
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	sub	w1, w0, #1, lsl #12
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	adds	w1, w0, #8
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	subs	w1, w0, #8
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	and	w1, w0, #0xfffffff0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	orr	w1, w0, #0xf0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	eor	w1, w0, #1
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	ands	w1, w0, #0xfffffff0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	mov	w1, #65536
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	movn	w1, #1
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	movk	w1, #7, lsl #16
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	ubfx	w1, w0, #1, #31
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	sxtb	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	asr	w1, w0, #1
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	rbit	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	rev	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	rev16	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	clz	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	cls	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	ctz	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	cnt	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	abs	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	smax	w1, w0, #5
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	bfi	w1, w0, #4, #4
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	extr	w1, w0, w2, #3
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	add	w1, w0, w2, lsl #2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	subs	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	adc	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	csel	w1, w0, w2, eq
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	csneg	w1, w0, w2, ne
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	udiv	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	lsl	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	crc32w	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	umin	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	mov	w1, w0
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	orr	w1, w0, w2, lsl #3
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	bic	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	ands	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	add	w1, w0, w2, sxth #2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	subs	w1, w0, w2, uxtb
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	madd	w1, w0, w2, w3
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	mneg	w1, w0, w2
	mov	x4, #-1
	str	x4, [x1]
	mov	x1, x4
	ret
