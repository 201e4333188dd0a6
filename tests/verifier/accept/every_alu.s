// accept
// why: the general-purpose set
	add	x0, x1, #1
	adds	w0, w1, #4095, lsl #12
	sub	w0, w1, #1
	subs	x0, x1, #1
	cmp	w1, #2
	and	x0, x1, #0xff
	ands	w0, w1, #1
	orr	x0, xzr, #0x5555555555555555
	eor	w0, w1, #0x80000000
	tst	x1, #1
	mov	x0, #1
	movn	w0, #1
	movk	x0, #2, lsl #48
	movk	w0, #2, lsl #16
	sbfx	x0, x1, #2, #3
	ubfx	w0, w1, #31, #1
	bfi	x0, x1, #3, #4
	bfxil	w0, w1, #3, #4
	extr	x0, x1, x2, #63
	ror	w0, w1, #31
	add	x0, x1, x2
	adds	w0, w1, w2, lsl #31
	sub	x0, x1, x2, asr #63
	subs	w0, w1, w2, lsr #3
	neg	x0, x1
	cmn	x0, x1
	add	x0, x1, w2, sxtw #4
	sub	w0, w1, w2, uxtb
	adds	x0, x1, x2, sxtx
	and	x0, x1, x2, ror #63
	bics	w0, w1, w2
	orn	x0, x1, x2, lsl #3
	eon	w0, w1, w2, lsr #31
	adc	x0, x1, x2
	sbcs	w0, w1, w2
	ngc	x0, x1
	csel	x0, x1, x2, eq
	csinc	w0, w1, w2, ne
	csinv	x0, x1, x2, al
	cneg	x0, x1, lt
	cset	w0, hi
	ccmp	x0, x1, #15, ge
	ccmn	w0, #31, #0, nv
	madd	x0, x1, x2, x3
	msub	w0, w1, w2, w3
	mul	x0, x1, x2
	smaddl	x0, w1, w2, x3
	umsubl	x0, w1, w2, x3
	smulh	x0, x1, x2
	umulh	x0, x1, x2
	udiv	x0, x1, x2
	sdiv	w0, w1, w2
	lsl	x0, x1, x2
	asr	w0, w1, w2
	ror	x0, x1, x2
	lsr	x0, x1, x2
	rbit	x0, x1
	rev16	w0, w1
	rev	w0, w1
	rev32	x0, x1
	rev	x0, x1
	clz	x0, x1
	cls	w0, w1
	crc32b	w0, w1, w2
	crc32x	w0, w1, x2
	crc32ch	w0, w1, w2
	crc32cw	w0, w1, w2
	abs	x0, x1
	cnt	w0, w1
	ctz	x0, x1
	smax	x0, x1, x2
	umin	w0, w1, w2
	smax	x0, x1, #-128
	umin	w0, w1, #255
	umax	x0, x1, #3
	smin	w0, w1, #3
	rmif	x0, #3, #5
	setf8	w0
	setf16	w0
	cfinv
	nop
	bti
	bti	c
	bti	j
	bti	jc
	dmb	ish
	dmb	ishld
	dmb	ishst
	dmb	sy
	dmb	st
	dmb	ld
	dmb	osh
	dmb	nshst
	isb
	clrex
	sb
	adds	xzr, x0, #1
	subs	wzr, w0, w1, uxtw
	mov	w0, w0
	add	w1, w2, w3, uxtx #4
	ands	xzr, x0, #3
	ret
