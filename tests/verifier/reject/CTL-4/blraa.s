// reject: CTL-4 @ 0x0
// why: an authenticated branch is indirect all the same
	blraa	x30, x1
