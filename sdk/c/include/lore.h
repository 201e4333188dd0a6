/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * What an extension can ask of the kernel, in C.
 *
 * A pointer is an address in the extension's own window, and only its low 32 bits count. What is
 * mapped there is the extension's; everything else faults and ends the activation.
 */
#ifndef LORE_H
#define LORE_H

#include <stddef.h>
#include <stdint.h>

/* Levels of lore_log(). */
enum lore_log_level {
	LORE_LOG_ERROR = 1,
	LORE_LOG_WARN = 2,
	LORE_LOG_INFO = 3,
	LORE_LOG_DEBUG = 4,
};

/* Gates answer with one of these as a negative number. */
enum lore_error {
	LORE_EBADSPAN = 1,	/* an address range is not mapped in the window */
	LORE_ETOOLONG = 2,	/* a length is above the gate's limit */
	LORE_ENOMEMORY = 3,	/* memory is short */
	LORE_EBADVALUE = 4,	/* an argument has no meaning */
	LORE_EHEAPFULL = 5,	/* the heap has reached its limit */
};

/* The longest text of lore_log() and lore_abort(), in bytes. */
#define LORE_TEXT_MAX 256
/* The most bytes that one lore_gate_heap_grow() maps. */
#define LORE_HEAP_GROW_MAX (4 << 20)

/**
 * struct lore_run - what an entry of the hook `run` works on
 * @input: what the caller gave    @input_len: bytes of it
 * @output: room for the answer    @output_cap: bytes of room
 * @output_len: set by the extension: bytes of the answer
 * @arg: a number that the caller gave
 */
struct lore_run {
	const unsigned char *input;
	size_t input_len;
	unsigned char *output;
	size_t output_cap;
	size_t output_len;
	uint64_t arg;
};

/**
 * LORE_ENTRY_RUN() - makes a function an entry of the hook `run`
 * @function: a ``long function(struct lore_run *)``; what it returns goes to the caller
 *
 * The first entry of an image is entry 0, the one that ``lore run`` calls.
 */
#define LORE_ENTRY_RUN(function)                                                \
	_Static_assert(__builtin_types_compatible_p(__typeof__(&(function)),    \
						    long (*)(struct lore_run *)), \
		       "an entry of the hook run is a long (struct lore_run *)"); \
	LORE_ENTRY(LORE_HOOK_RUN, function)

/* What an entry is called by. */
enum lore_hook {
	LORE_HOOK_RUN = 1,
	LORE_HOOK_TRACEPOINT = 2,
	LORE_HOOK_TIMER = 3,
	LORE_HOOK_NETFILTER = 4,
	LORE_HOOK_NETDEV = 5,
	LORE_HOOK_FUNCTION = 6,
	LORE_HOOK_RETURN = 7,
};

/**
 * LORE_ENTRY() - makes a function an entry of a hook
 * @hook: one of LORE_HOOK_*    @function: takes up to eight numbers of 64 bits, by the hook:
 *
 * tracepoint    the arguments of the tracepoint, the first seven
 * timer         the number of periods that have passed since the last call
 * netfilter     no arguments so far; returns LORE_PASS or LORE_DROP
 * netdev        no arguments so far; returns one of enum lore_verdict
 * function      the arguments of the kernel's function, the first eight
 * return        its result
 *
 * What might be an address of the kernel is 0. Results of other hooks than run, netfilter and netdev count for nothing.
 * `lore attach` takes the first entry that fits the hook.
 */
#define LORE_ENTRY(hook, function)                                              \
	__attribute__((used, section(".lore.entry"), aligned(8)))               \
	static const struct lore_entry lore_entry_##function = {                \
		(void (*)(void))(function), hook, 0                             \
	}

/* What becomes of a packet. A device's index goes into the upper half of the result: LORE_REDIRECT_TO(). */
enum lore_verdict {
	LORE_PASS = 0,
	LORE_DROP = 1,
	LORE_REPLY = 2,
	LORE_REDIRECT = 3,
};
#define LORE_REDIRECT_TO(index) (LORE_REDIRECT | (uint64_t)(index) << 32)

/* A record of the section .lore.entry; the macros above make them. */
struct lore_entry {
	void (*function)(void);
	uint32_t hook;
	uint32_t zero;
};

/**
 * lore_gate_log() - writes one line to the kernel's log
 * @level: one of LORE_LOG_*    @text: the line, of @len bytes
 * Return: 0, or -LORE_EBADSPAN, -LORE_ETOOLONG, -LORE_EBADVALUE.
 */
long lore_gate_log(uint32_t level, const char *text, size_t len);

/**
 * lore_gate_heap_grow() - maps more pages of the heap
 * @bytes: how many, rounded up to pages, LORE_HEAP_GROW_MAX at most
 * Return: address of the first new byte, which follows the last one when nobody else grew the heap
 * meanwhile (for 0 bytes, the heap's end); or -LORE_EHEAPFULL, -LORE_ENOMEMORY, -LORE_ETOOLONG. See
 * lore_is_error().
 */
long lore_gate_heap_grow(size_t bytes);

/**
 * lore_gate_time_now() - reads the monotonic clock
 * Return: nanoseconds.
 */
uint64_t lore_gate_time_now(void);

/**
 * lore_gate_abort() - ends the activation
 * @code: a number for the record    @text: a message for it, of @len bytes
 */
_Noreturn void lore_gate_abort(uint64_t code, const char *text, size_t len);

/* lore_is_error() - whether a gate's answer is an error: those are numbers that no address has. */
static inline int lore_is_error(long answer)
{
	return answer < 0 && answer > -4096;
}

/* lore_log() - writes the string @text to the kernel's log, cut at LORE_TEXT_MAX bytes. */
static inline long lore_log(uint32_t level, const char *text)
{
	size_t len = __builtin_strlen(text);

	return lore_gate_log(level, text, len < LORE_TEXT_MAX ? len : LORE_TEXT_MAX);
}

/* lore_abort() - ends the activation with @code and the string @text. */
_Noreturn static inline void lore_abort(uint64_t code, const char *text)
{
	size_t len = __builtin_strlen(text);

	lore_gate_abort(code, text, len < LORE_TEXT_MAX ? len : LORE_TEXT_MAX);
}

#endif /* LORE_H */
