// reject: PRO-4 @ #0
// why: the policy allows the profiles that it names, and this is none of them
// profile: uxtw
// allowed: low
	nop
