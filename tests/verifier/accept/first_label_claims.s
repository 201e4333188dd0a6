// accept
// why: nothing comes before the first word, so its label may claim what it likes
// label: f x1:8 x14:64
f:
	ldr	x0, [x1]
	b	f
