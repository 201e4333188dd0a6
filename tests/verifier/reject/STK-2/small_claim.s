// reject: STK-2 @ 0x0
// why: x14 has 1 KiB here, the label claims 8 bytes
// label: f x14:8
	b	f
f:
	ret
