// reject: INS-4 @ 0x0
// why: the address of a page of code makes a kernel address or reads beside the code
	adrp	x0, table
