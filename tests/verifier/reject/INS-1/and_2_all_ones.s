// reject: INS-1 @ 0x0
// why: elements of two bits, all ones: undefined
	.inst	0x9200f400
