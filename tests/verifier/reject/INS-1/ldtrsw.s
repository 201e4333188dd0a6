// reject: INS-1 @ 0x0
// why: unprivileged accesses act on user memory, and PAN does not stop them
	ldtrsw	x0, [x15]
