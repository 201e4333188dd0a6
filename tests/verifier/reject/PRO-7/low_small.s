// reject: PRO-7 @ #0
// why: windows of the profile are of one size
// profile: low
// window-len: 0x10000
	nop
	ret
