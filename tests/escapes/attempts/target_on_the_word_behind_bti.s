// reject: TGT-4 @ 0x4
// why: a slot that points behind the bti would be a branch target exception in the kernel
// raw-target: 4
// raw-label: at=4 class14=8
f:
	bti	c
	nop
	ret
