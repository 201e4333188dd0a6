// reject: PRO-3 @ #0
// why: in a small window the low half is no offset
// profile: mask
// window-len: 0x10000
// flags: 2
	nop
