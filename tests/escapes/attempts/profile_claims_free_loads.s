// reject: PRO-4 @ #0
// why: an image that names the profile whose loads are free is none where the policy does not allow it
// profile: stores
// allowed: uxtw match
// entry: f
f:	bti	c
	ldr	x0, [x0]
	ret
