// reject: INS-1 @ 0x0
// why: elements of one bit: undefined
	.inst	0x9200f800
