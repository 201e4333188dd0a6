// reject: INS-1 @ 0x0
// why: masks interrupts, and with them the watchdog
	msr	daifset, #2
