/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only way into extension code, and every way out of it.
 *
 * In the extension:  x15 window base   x14 data stack   x13 shadow stack   x18, sp untouched, always.
 * Since sp never moves there, the frame below is at sp whenever control comes back, whatever the code was doing:
 *
 *	sp + 0		x29, x30	a frame record, for the kernel's unwinder
 *	sp + 16		x19 to x28
 *	sp + 96		the activation
 *	sp + 104	x30 of the extension at a fault, then scratch
 *
 * Preemption and page faults are off: sys/seat.h's stay_here() did that. Interrupts are on, unless the code
 * is metered.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>
#include "crossing.h"
#include "../gate/gates.h"

#define FRAME_LEN	LORE_FRAME_LEN
#define FRAME_ACT	96
#define FRAME_LINK	LORE_FRAME_LINK
#define FRAME_SCRATCH	112

	.text

/*
 * lore_cross(x0 activation) -> x0 result of the extension, x1 0 if it returned and 1 if it was cancelled
 * lore_cross_with(x0 to x6 arguments, x7 activation) -> the same; the activation's own arguments do not count
 *
 * Everything that the extension finds in a register is given or zero. The entry's address is passed in x30, where
 * blr leaves the return address: no instruction of verified code reads x30 but pushes, `ret` and the call sequences.
 */
	/* The activation is `act`; x0 to x6 are the arguments, and x7 too if it is not `act`. */
	.macro	cross_in act:req
	str	\act, [sp, #FRAME_ACT]
	mrs	x9, cntvct_el0			// the watchdog's stamp; needs no barrier, its period is coarser
	stp	x9, xzr, [\act, #LORE_ACT_START] // and CANCEL: a tick before it may find an older stamp, but leaves no reason
	ldp	x13, x14, [\act, #LORE_ACT_SHADOW]
	ldp	x15, x30, [\act, #LORE_ACT_BASE]
	ldp	x10, x11, [\act, #LORE_ACT_ZEROS]
	ldp	x12, x16, [\act, #LORE_ACT_ZEROS]
	ldp	x17, x19, [\act, #LORE_ACT_ZEROS]
	ldp	x20, x21, [\act, #LORE_ACT_ZEROS]
	ldp	x22, x23, [\act, #LORE_ACT_ZEROS]
	ldp	x24, x25, [\act, #LORE_ACT_ZEROS]
	ldp	x26, x27, [\act, #LORE_ACT_ZEROS]
	ldp	x28, x29, [\act, #LORE_ACT_ZEROS]
	ldp	x8, x9, [\act, #LORE_ACT_FUEL - 8]
	.endm

	.macro	leave
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #FRAME_LEN
	ret
	.endm

	.macro	save_callers
	stp	x29, x30, [sp, #-FRAME_LEN]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	.endm

SYM_FUNC_START(lore_cross_with)
	save_callers
	cross_in x7
	mov	x7, xzr
	msr	nzcv, xzr
	blr	x30				// to a `bti c`: an entry is a declared target
	mov	x1, xzr
	leave
SYM_FUNC_END(lore_cross_with)

SYM_FUNC_START(lore_cross)
	save_callers
	mov	x8, x0
	ldp	x0, x1, [x8, #LORE_ACT_ARGS]
	ldp	x2, x3, [x8, #LORE_ACT_ARGS + 16]
	ldp	x4, x5, [x8, #LORE_ACT_ARGS + 32]
	ldp	x6, x7, [x8, #LORE_ACT_ARGS + 48]
	cross_in x8
	msr	nzcv, xzr
	blr	x30				// as above
	mov	x1, xzr
.Lleave:
	leave
SYM_FUNC_END(lore_cross)

/*
 * lore_landing: a data abort at any word of the arena resumes at the stub of that word, `str x30, [sp, #FRAME_LINK]`
 * and `bl` to here, so x30 tells the word. Everything else is as the extension left it; x18 is the kernel's.
 */
SYM_CODE_START(lore_landing)
	str	x30, [sp, #FRAME_SCRATCH]
	ldr	x30, [sp, #FRAME_ACT]
	stp	x0, x1, [x30, #LORE_ACT_REGS]
	ldr	x0, [sp, #FRAME_SCRATCH]
	mov	x1, #LORE_ENDED_FAULT
	b	.Lsave
SYM_CODE_END(lore_landing)

/* lore_landing_tick: the watchdog set pc to here; it stored the interrupted word itself. */
SYM_CODE_START(lore_landing_tick)
	str	x30, [sp, #FRAME_LINK]
	ldr	x30, [sp, #FRAME_ACT]
	stp	x0, x1, [x30, #LORE_ACT_REGS]
	ldr	x0, [x30, #LORE_ACT_LINK]
	mov	x1, #LORE_ENDED_TICK
.Lsave:
	stp	x0, x1, [x30, #LORE_ACT_LINK]	// and ENDED
	ldr	x0, [sp, #FRAME_LINK]
	stp	x2, x3, [x30, #LORE_ACT_REGS + 16]
	stp	x4, x5, [x30, #LORE_ACT_REGS + 32]
	stp	x6, x7, [x30, #LORE_ACT_REGS + 48]
	stp	x8, x9, [x30, #LORE_ACT_REGS + 64]
	stp	x10, x11, [x30, #LORE_ACT_REGS + 80]
	stp	x12, x13, [x30, #LORE_ACT_REGS + 96]
	stp	x14, x15, [x30, #LORE_ACT_REGS + 112]
	stp	x16, x17, [x30, #LORE_ACT_REGS + 128]
	stp	x19, x20, [x30, #LORE_ACT_REGS + 152]
	stp	x21, x22, [x30, #LORE_ACT_REGS + 168]
	stp	x23, x24, [x30, #LORE_ACT_REGS + 184]
	stp	x25, x26, [x30, #LORE_ACT_REGS + 200]
	stp	x27, x28, [x30, #LORE_ACT_REGS + 216]
	stp	x29, x0, [x30, #LORE_ACT_REGS + 232]
	mov	x1, #1
	b	.Lleave
SYM_CODE_END(lore_landing_tick)

/* lore_abort_stub: what slot 0, the last slot and every unused slot of a table hold. */
SYM_CODE_START(lore_abort_stub)
	bti	c
	str	x30, [sp, #FRAME_LINK]
	ldr	x30, [sp, #FRAME_ACT]
	stp	x0, x1, [x30, #LORE_ACT_REGS]
	ldr	x0, [sp, #FRAME_LINK]
	mov	x1, #LORE_ENDED_WILD
	b	.Lsave
SYM_CODE_END(lore_abort_stub)

/*
 * A gate's trampoline: a slot of the region holds `b` to here, so x30 is the extension's return address.
 *
 * in : x0 to x6 arguments, as the extension left them      out: x0 result
 * The function is called as fn(x0, ..., x6, activation) -> x0. It keeps x19 to x28 by the calling convention; x29 is
 * kept here, since the kernel's code must not run on the extension's. Everything a call may change is zero afterwards,
 * but for x9: in metered images that is the fuel, less the gate's charge, in others the window's base again.
 *
 * A gate that must not return finds the landing where x30 was kept: whoever wants that changes the word (activation.rs),
 * and here nobody looks.
 */
	/* x0 is the result, x1 the activation. The last word clears x1, and makes x9 the window's base where it is not fuel. */
	.macro	gate_return last:vararg
	ldp	x13, x14, [x1, #LORE_ACT_GATE_SHADOW]
	ldp	x29, x30, [x1, #LORE_ACT_GATE_FP]	// and GATE_TO
	ldr	x15, [x1, #LORE_ACT_BASE]
	ldp	x2, x3, [x1, #LORE_ACT_ZEROS]
	ldp	x4, x5, [x1, #LORE_ACT_ZEROS]
	ldp	x6, x7, [x1, #LORE_ACT_ZEROS]
	ldp	x8, x10, [x1, #LORE_ACT_ZEROS]
	ldp	x11, x12, [x1, #LORE_ACT_ZEROS]
	ldp	x16, x17, [x1, #LORE_ACT_ZEROS]
	\last
	msr	nzcv, xzr
	ret
	.endm

	.macro	gate_plain function
	ldr	x7, [sp, #FRAME_ACT]
	stp	x13, x14, [x7, #LORE_ACT_GATE_SHADOW]
	stp	x29, x30, [x7, #LORE_ACT_GATE_FP]
	mov	x29, sp
	bl	\function
	ldr	x1, [sp, #FRAME_ACT]
	gate_return ldp x1, x9, [x1, #LORE_ACT_FUEL - 8]
	.endm

	.macro	gate_metered function
	ldr	x7, [sp, #FRAME_ACT]
	stp	x13, x14, [x7, #LORE_ACT_GATE_SHADOW]
	stp	x29, x30, [x7, #LORE_ACT_GATE_FP]
	str	x9, [x7, #LORE_ACT_GATE_FUEL]
	mov	x29, sp
	bl	\function
	ldr	x1, [sp, #FRAME_ACT]
	ldr	x2, [x1, #LORE_ACT_CHARGE]
	ldr	x9, [x1, #LORE_ACT_GATE_FUEL]
	sub	x9, x9, x2
	tbnz	x9, #63, .Lgate_spent
	gate_return mov x1, xzr
	.endm

	/*
	 * In four versions, for images that are not metered and for those that are, and both again for those that are traced:
	 * arena/mod.rs knows where.
	 */
	.macro	gate name
SYM_CODE_START(lore_gate_\name)
	gate_plain lore_rs_gate_\name
	.org	lore_gate_\name + LORE_GATE_METERED
	gate_metered lore_rs_gate_\name
	.org	lore_gate_\name + LORE_GATE_TRACED
	gate_plain lore_rs_traced_\name
	.org	lore_gate_\name + LORE_GATE_TRACED + LORE_GATE_METERED
	gate_metered lore_rs_traced_\name
SYM_CODE_END(lore_gate_\name)
	.endm

SYM_CODE_START(lore_gates_begin)
SYM_CODE_END(lore_gates_begin)

#define TRAMPOLINE(id)	gate id;
	LORE_GATES(TRAMPOLINE)

SYM_CODE_START(lore_gates_end)
SYM_CODE_END(lore_gates_end)

/* The fuel is used up by a gate, x1 is the activation: it ends by that, unless the gate itself had a reason. */
SYM_CODE_START_LOCAL(lore_gate_spent)
.Lgate_spent:
	ldr	x2, [x1, #LORE_ACT_GATE_TO]
	adr_l	x3, lore_gate_left
	cmp	x2, x3
	b.eq	lore_gate_left
	str	x2, [x1, #LORE_ACT_GATE_BACK]
	mov	x2, #LORE_CANCEL_TIME
	str	x2, [x1, #LORE_ACT_CANCEL]
	b	lore_gate_left
SYM_CODE_END(lore_gate_spent)

/* lore_gate_left: where a gate goes to that must not return. */
SYM_CODE_START(lore_gate_left)
	ldr	x1, [sp, #FRAME_ACT]
	ldr	x2, [x1, #LORE_ACT_GATE_BACK]
	mov	x3, #LORE_ENDED_GATE
	stp	x2, x3, [x1, #LORE_ACT_LINK]	// and ENDED
	mov	x1, #1
	b	.Lleave
SYM_CODE_END(lore_gate_left)
