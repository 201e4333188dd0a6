// reject: FRM-7 @ 0xc
// why: the call might return after all, into a function that pushed nothing
// entry: f
// label: g
// import: abort
f:
	bti	c
	str	x30, [x13], #8
	bl	gate0
g:
	ret
