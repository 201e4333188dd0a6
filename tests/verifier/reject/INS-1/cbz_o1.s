// reject: INS-1 @ 0x0
// why: reserved neighbours of cbz and tbz
	.inst	0x76000000
