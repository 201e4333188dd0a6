// reject: CTL-1 @ 0x4
// why: a gate returns to x30: a jump would make it return to the caller with the caller's x14 unchecked
// entry: f
// import: log
f:
	bti	c
	b	gate0
