// reject: REG-4 @ 0x0
// why: SP is the kernel's stack; an interrupt pushes there
	ldur	x0, [sp, #1]
