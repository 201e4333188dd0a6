// accept
// why: an endless loop is ended by time
// entry: f
// label: g
f:
	bti	c
g:
	b	g
