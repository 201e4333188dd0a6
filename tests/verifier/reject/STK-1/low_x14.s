// reject: STK-1 @ 0x4
// why: what x14 is by 64 bits is not known
// profile: low
	mov	x14, x0
	ret
