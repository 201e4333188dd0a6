// accept
// why: b, then its label
// label: f
	b	f
f:
	ret
