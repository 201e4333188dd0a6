// reject: CTL-2 @ 0x10
// why: the last of the four goes to a word without a label
// entry: f
// label: l
f:
	bti	c
	cbz	x0, l
	tbz	x0, #3, l
	b.eq	l
	tbnz	w0, #31, bare
l:
	ret
bare:
	ret
