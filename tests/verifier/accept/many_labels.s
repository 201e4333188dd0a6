// accept
// why: branches to near and far labels, both ways
// label: l0
// label: l1
// label: l2
// label: l3
// label: l4
// label: l5
// label: l6
// label: l7
// label: l8
// label: l9
// label: l10
// label: l11
// label: l12
// label: l13
// label: l14
// label: l15
// label: l16
// label: l17
// label: l18
// label: l19
// label: l20
// label: l21
// label: l22
// label: l23
// label: l24
// label: l25
// label: l26
// label: l27
// label: l28
// label: l29
// label: l30
// label: l31
// label: l32
// label: l33
// label: l34
// label: l35
// label: l36
// label: l37
// label: l38
// label: l39
// label: l40
// label: l41
// label: l42
// label: l43
// label: l44
// label: l45
// label: l46
// label: l47
// label: l48
// label: l49
// label: l50
// label: l51
// label: l52
// label: l53
// label: l54
// label: l55
// label: l56
// label: l57
// label: l58
// label: l59
// label: l60
// label: l61
// label: l62
// label: l63
l0:
	cbz	x0, l5
	nop
l1:
	cbz	x1, l42
	nop
l2:
	cbz	x2, l15
	nop
l3:
	cbz	x3, l52
	nop
l4:
	cbz	x4, l25
	nop
l5:
	cbz	x5, l62
	nop
l6:
	cbz	x6, l35
	nop
l7:
	cbz	x7, l8
	nop
l8:
	cbz	x0, l45
	nop
l9:
	cbz	x1, l18
	nop
l10:
	cbz	x2, l55
	nop
l11:
	cbz	x3, l28
	nop
l12:
	cbz	x4, l1
	nop
l13:
	cbz	x5, l38
	nop
l14:
	cbz	x6, l11
	nop
l15:
	cbz	x7, l48
	nop
l16:
	cbz	x0, l21
	nop
l17:
	cbz	x1, l58
	nop
l18:
	cbz	x2, l31
	nop
l19:
	cbz	x3, l4
	nop
l20:
	cbz	x4, l41
	nop
l21:
	cbz	x5, l14
	nop
l22:
	cbz	x6, l51
	nop
l23:
	cbz	x7, l24
	nop
l24:
	cbz	x0, l61
	nop
l25:
	cbz	x1, l34
	nop
l26:
	cbz	x2, l7
	nop
l27:
	cbz	x3, l44
	nop
l28:
	cbz	x4, l17
	nop
l29:
	cbz	x5, l54
	nop
l30:
	cbz	x6, l27
	nop
l31:
	cbz	x7, l0
	nop
l32:
	cbz	x0, l37
	nop
l33:
	cbz	x1, l10
	nop
l34:
	cbz	x2, l47
	nop
l35:
	cbz	x3, l20
	nop
l36:
	cbz	x4, l57
	nop
l37:
	cbz	x5, l30
	nop
l38:
	cbz	x6, l3
	nop
l39:
	cbz	x7, l40
	nop
l40:
	cbz	x0, l13
	nop
l41:
	cbz	x1, l50
	nop
l42:
	cbz	x2, l23
	nop
l43:
	cbz	x3, l60
	nop
l44:
	cbz	x4, l33
	nop
l45:
	cbz	x5, l6
	nop
l46:
	cbz	x6, l43
	nop
l47:
	cbz	x7, l16
	nop
l48:
	cbz	x0, l53
	nop
l49:
	cbz	x1, l26
	nop
l50:
	cbz	x2, l63
	nop
l51:
	cbz	x3, l36
	nop
l52:
	cbz	x4, l9
	nop
l53:
	cbz	x5, l46
	nop
l54:
	cbz	x6, l19
	nop
l55:
	cbz	x7, l56
	nop
l56:
	cbz	x0, l29
	nop
l57:
	cbz	x1, l2
	nop
l58:
	cbz	x2, l39
	nop
l59:
	cbz	x3, l12
	nop
l60:
	cbz	x4, l49
	nop
l61:
	cbz	x5, l22
	nop
l62:
	cbz	x6, l59
	nop
l63:
	cbz	x7, l32
	nop
	ret
