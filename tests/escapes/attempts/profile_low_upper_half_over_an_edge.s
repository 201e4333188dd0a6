// reject: LBL-7 @ 0x8
// why: one of two ways to an access leaves the upper half as it was
// profile: low
// entry: f
// label: use x1:0
f:	bti	c
	ldr	x1, [x15, w0, uxtw]
	cbz	x0, use
	mov	w1, w1
use:	str	x0, [x1]
	ret
