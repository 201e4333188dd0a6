// reject: MEM-2 @ 0x8
// why: the form is not in the table
// profile: low
	mov	w1, w1
	mov	w2, w2
	prfm	pldl1keep, [x1, x2]
