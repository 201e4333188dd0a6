// reject: REG-5 @ 0x4
// why: 48 branches read a kernel address
// entry: f
// label: out
f:
	bti	c
	tbz	x30, #12, out
	mov	x0, #1
out:
	ret
