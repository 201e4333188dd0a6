// reject: STK-2 @ 0x4
// why: behind the trap word x14 is as before it: its fault is not taken yet in the shadow of a branch
// label: t x14:2048
// entry: f
t:
	ldur	xzr, [x15, #-8]
f:
	bti	c
	ret
