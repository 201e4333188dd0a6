// reject: PRO-5 @ #0
// why: nothing is filled in where the window begins at 0
// profile: low
// guard: f
f:	movk	x1, #0, lsl #32
	movk	x1, #0, lsl #48
