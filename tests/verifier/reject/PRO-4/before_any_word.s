// reject: PRO-4 @ #0
// why: a profile that is not allowed is refused whatever the code is
// profile: stores
// allowed: uxtw
	svc	#0
