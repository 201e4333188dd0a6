// reject: LBL-2 @ 0x0
// why: a label of an image without code
// raw-label: at=0 class14=8
