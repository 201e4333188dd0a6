// accept
// why: no code at all
