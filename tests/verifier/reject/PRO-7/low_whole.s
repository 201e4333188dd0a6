// reject: PRO-7 @ #0
// why: windows of the profile are of one size, which is not said
// profile: low
// window-len: 0x100000000
	nop
	ret
