// reject: PRO-4 @ #0
// why: a system that cannot map at 0 does not allow it
// profile: low
// allowed: uxtw match movk mask stores
	nop
