// reject: INS-1 @ 0x0
// why: unprivileged accesses act on user memory, and PAN does not stop them
	sttrh	w0, [x15]
