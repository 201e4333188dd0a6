// accept
// why: every gate slot
// import: log
// import: heap_grow
// import: time_now
// import: abort
	str	x30, [x13], #8
	bl	gate0
	bl	gate1
	bl	gate2
	bl	gate3
	ldr	x30, [x13, #-8]!
	ret
