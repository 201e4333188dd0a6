// reject: CTL-4 @ 0x0
// why: returns from an exception that did not happen
	drps
