/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Offsets in `struct Activation`, shared by crossing.S and Rust: activation.rs asserts each against the struct.
 */
#ifndef LORE_CROSSING_H
#define LORE_CROSSING_H

#define LORE_ACT_SHADOW		0	/* x13 at entry */
#define LORE_ACT_STACK		8	/* x14 at entry */
#define LORE_ACT_BASE		16	/* x15 */
#define LORE_ACT_ENTRY		24	/* address of the entry */
#define LORE_ACT_ARGS		32	/* x0 to x7 at entry */
#define LORE_ACT_START		96	/* counter at entry */
#define LORE_ACT_CANCEL		104	/* why it must end, 0 for it may go on */
#define LORE_ACT_GATE_SHADOW	112	/* x13 and x14 at the gate's call */
#define LORE_ACT_GATE_STACK	120
#define LORE_ACT_GATE_FP	128	/* x29 at the gate's call, and where the gate goes to: x30 at the call, or the landing */
#define LORE_ACT_GATE_TO	136
#define LORE_ACT_LINK		144	/* x30: of a gate's call, or what tells the word of a fault */
#define LORE_ACT_ENDED		152	/* LORE_ENDED_* */
#define LORE_ACT_REGS		160	/* x0 to x30 */
#define LORE_ACT_ZEROS		408	/* 16 bytes of zeros; FUEL is behind them */
#define LORE_ACT_FUEL		424	/* x9 at entry: the window's base if the image is not metered */
#define LORE_ACT_GATE_FUEL	432	/* x9 at the gate's call */
#define LORE_ACT_RECORD		440	/* the event that it has begun, 0 for none */
#define LORE_ACT_CHARGE		456	/* what a gate takes of x9, in a metered image */
#define LORE_ACT_GATE_BACK	464	/* x30 at the call of a gate that goes to the landing */

#define LORE_ARGS_MAX		8

/* Exception table entries of the module's own code at most, which the arena's table has room for. */
#define LORE_EXTABLE_OWN_MAX	512

/* The frame of lore_cross, as the stubs know it: its length, and where they leave x30. */
#define LORE_FRAME_LEN		128
#define LORE_FRAME_LINK		104

/* What a gate's exit finds out itself: a FaultKind. */
#define LORE_CANCEL_TIME	5

/* The trampoline of a gate for metered images lies so far behind the one for others. */
#define LORE_GATE_METERED	80

/* And both of a gate that is traced lie so far behind those that are not. */
#define LORE_GATE_TRACED	192

/* How the extension was left, when not by `ret`. */
#define LORE_ENDED_FAULT	1	/* data abort; link is the stub's, behind its word */
#define LORE_ENDED_TICK		2	/* the watchdog; link is the interrupted word */
#define LORE_ENDED_WILD		3	/* the table's abort stub; link is behind the call */
#define LORE_ENDED_GATE		4	/* a gate's exit; link is behind the call */

#endif
