// accept
// why: one gate in two slots
// import: log
// import: log
	str	x30, [x13], #8
	bl	gate1
	ldr	x30, [x13, #-8]!
	ret
