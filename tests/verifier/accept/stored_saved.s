// accept
// why: a saved register stored to the window
	stp	x19, x20, [x14]
	ret
