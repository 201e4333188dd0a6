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
 * Preemption and page faults are off: sys/shim_cpu.c's lore_seat_claim() did that. Interrupts are on, unless the code
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
 *
 * Everything that the extension finds in a register is given or zero. The entry's address is passed in x30, where
 * blr leaves the return address: no instruction of verified code reads x30 but pushes, `ret` and the call sequences.
 */
SYM_FUNC_START(lore_cross)
	stp	x29, x30, [sp, #-FRAME_LEN]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	str	x0, [sp, #FRAME_ACT]
	mrs	x1, cntvct_el0			// the watchdog's stamp; needs no barrier, its period is coarser
	str	x1, [x0, #LORE_ACT_START]
	str	wzr, [x0, #LORE_ACT_CANCEL]	// after the stamp, see watchdog.rs
	ldp	x13, x14, [x0, #LORE_ACT_SHADOW]
	ldp	x15, x30, [x0, #LORE_ACT_BASE]
	ldr	x9, [x0, #LORE_ACT_FUEL]
	ldp	x6, x7, [x0, #LORE_ACT_ARGS + 48]
	ldp	x4, x5, [x0, #LORE_ACT_ARGS + 32]
	ldp	x2, x3, [x0, #LORE_ACT_ARGS + 16]
	ldp	x0, x1, [x0, #LORE_ACT_ARGS]
	.irp	n, 8, 10, 11, 12, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
	mov	x\n, xzr
	.endr
	msr	nzcv, xzr
	blr	x30				// to a `bti c`: an entry is a declared target
	mov	x1, xzr
.Lleave:
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #FRAME_LEN
	ret
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
 * but for x9 in metered images: that is the fuel, less the gate's charge.
 */
	/* x0 is the result, x1 the activation. The last word clears x1, and x9 where it is not fuel. */
	.macro	gate_return last:vararg
	ldp	x13, x14, [x1, #LORE_ACT_GATE_SHADOW]
	ldp	x29, x30, [x1, #LORE_ACT_GATE_FP]
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

	.macro	gate name
SYM_CODE_START(lore_gate_\name)
	ldr	x7, [sp, #FRAME_ACT]
	stp	x13, x14, [x7, #LORE_ACT_GATE_SHADOW]
	stp	x29, x30, [x7, #LORE_ACT_GATE_FP]
	str	x9, [x7, #LORE_ACT_GATE_FUEL]
	mov	x29, sp
	bl	lore_rs_gate_\name
	ldr	x1, [sp, #FRAME_ACT]
	ldr	x2, [x1, #LORE_ACT_CANCEL]	// and the charge of a metered image
	cbnz	x2, .Lgate_judge
	gate_return ldp x9, x1, [x1, #LORE_ACT_ZEROS]
SYM_CODE_END(lore_gate_\name)
	.endm

#define TRAMPOLINE(id)	gate id;
	LORE_GATES(TRAMPOLINE)

/* A gate's exit that is not the usual one: the image is metered, or the gate must not return. x2 is cancel and charge. */
SYM_CODE_START_LOCAL(lore_gate_judge)
.Lgate_judge:
	cbnz	w2, .Lgate_cancelled
	ldr	x9, [x1, #LORE_ACT_GATE_FUEL]
	sub	x9, x9, x2, lsr #32
	tbnz	x9, #63, .Lgate_spent
	gate_return mov x1, xzr
.Lgate_spent:
	mov	w2, #LORE_CANCEL_TIME
	str	w2, [x1, #LORE_ACT_CANCEL]
	b	.Lgate_cancelled
SYM_CODE_END(lore_gate_judge)

/* A gate must not return: the watchdog or the gate itself said so. x1 is the activation. */
SYM_CODE_START_LOCAL(lore_gate_cancelled)
.Lgate_cancelled:
	ldr	x2, [x1, #LORE_ACT_GATE_FP + 8]
	mov	x3, #LORE_ENDED_GATE
	stp	x2, x3, [x1, #LORE_ACT_LINK]	// and ENDED
	mov	x1, #1
	b	.Lleave
SYM_CODE_END(lore_gate_cancelled)
