// reject: INS-1 @ 0x0
// why: pointer authentication in hint space signs or strips what the extension chose
	xpaclri
