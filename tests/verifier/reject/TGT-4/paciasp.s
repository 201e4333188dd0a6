// reject: TGT-4 @ 0x0
// why: with BTI on, the indirect call would be an oops
// target: f
f:
	paciasp
	ret
