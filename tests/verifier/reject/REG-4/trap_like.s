// reject: REG-4 @ 0x0
// why: the trap word through SP
	ldur	xzr, [sp, #-8]
