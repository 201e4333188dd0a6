// accept
// why: loads and stores of every kind with a fact
	add	x1, x15, w0, uxtw
	ldrb	w0, [x1, #4095]
	ldrh	w0, [x1, #8190]
	ldr	w0, [x1, #16380]
	ldr	x0, [x1, #32760]
	ldrsb	x0, [x1]
	ldrsb	w0, [x1]
	ldrsh	x0, [x1]
	ldrsh	w0, [x1]
	ldrsw	x0, [x1]
	strb	w0, [x1]
	strh	w0, [x1]
	str	w0, [x1]
	str	x0, [x1]
	ldurb	w0, [x1, #-256]
	ldurh	w0, [x1, #255]
	ldur	w0, [x1, #1]
	ldur	x0, [x1, #1]
	ldursb	x0, [x1, #1]
	ldursh	w0, [x1, #1]
	ldursw	x0, [x1, #1]
	sturb	w0, [x1, #1]
	sturh	w0, [x1, #1]
	stur	w0, [x1, #1]
	stur	x0, [x1, #1]
	ldrb	w0, [x1], #1
	ldrsh	x0, [x1], #-2
	ldrsw	x0, [x1], #4
	str	x0, [x1], #8
	ldr	w0, [x1, #4]!
	ldrsb	w0, [x1, #1]!
	ldrsw	x0, [x1, #-4]!
	strh	w0, [x1, #-2]!
	ldp	x2, x3, [x1]
	ldp	w2, w3, [x1, #-256]
	ldpsw	x2, x3, [x1, #252]
	stp	x2, x3, [x1, #504]
	stp	w2, w3, [x1]
	ldnp	x2, x3, [x1]
	stnp	w2, w3, [x1]
	ldp	x2, x3, [x1], #16
	ldp	w2, w3, [x1, #-8]!
	ldpsw	x2, x3, [x1], #8
	ldpsw	x2, x3, [x1, #8]!
	stp	x2, x3, [x1, #-16]!
	stp	w2, w3, [x1], #-8
	stp	x2, x2, [x1]
	ldxrb	w0, [x1]
	ldxr	x0, [x1]
	ldaxrh	w0, [x1]
	stxrb	w2, w0, [x1]
	stlxr	w2, x0, [x1]
	ldxp	x2, x3, [x1]
	ldaxp	w2, w3, [x1]
	stxp	w4, x2, x3, [x1]
	stlxp	w4, w2, w3, [x1]
	ldar	x0, [x1]
	ldarb	w0, [x1]
	stlr	w0, [x1]
	stlrh	w0, [x1]
	ldapr	x0, [x1]
	ldaprb	w0, [x1]
	ldapur	x0, [x1, #-256]
	ldapursb	w0, [x1, #1]
	ldapursh	x0, [x1]
	ldapursw	x0, [x1]
	stlur	w0, [x1, #255]
	stlurb	w0, [x1]
	ldadd	x2, x3, [x1]
	ldclralb	w2, w3, [x1]
	ldeora	x2, x3, [x1]
	ldsetl	w2, w3, [x1]
	ldsmaxh	w2, w3, [x1]
	ldsmin	x2, x3, [x1]
	ldumax	x2, x3, [x1]
	ldumin	x2, x3, [x1]
	stadd	x2, [x1]
	swp	x2, x3, [x1]
	swpalb	w2, w3, [x1]
	cas	x2, x3, [x1]
	casalh	w2, w3, [x1]
	casp	x2, x3, x4, x5, [x1]
	caspal	w2, w3, w4, w5, [x1]
	ldadd	x1, x2, [x1]
	prfm	pldl1keep, [x1, #32760]
	prfm	pstl3strm, [x1]
	prfum	pldl2keep, [x1, #-1]
	ldr	x0, [x1]
	ret
