// reject: IMG-1 @ #0
// why: a partial word alone
// tail: code 3
