// reject: INS-4 @ 0x0
// why: the address of code makes a kernel address or reads beside the code
	adr	x0, .
