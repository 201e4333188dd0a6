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

#include <lore_gates.h>

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
	LORE_SAME_TYPE(__typeof__(&(function)), long (*)(struct lore_run *),    \
		       "an entry of the hook run is a long (struct lore_run *)"); \
	LORE_ENTRY(LORE_HOOK_RUN, function)
#ifdef __cplusplus
#define LORE_SAME_TYPE(a, b, message) static_assert(__is_same(a, b), message)
#else
#define LORE_SAME_TYPE(a, b, message) _Static_assert(__builtin_types_compatible_p(a, b), message)
#endif

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
 * netfilter     the packet, a ``lore_packet`` that is lent for the call; returns LORE_PASS or LORE_DROP
 * netdev        the same, from the link header on; returns one of enum lore_verdict
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

/*
 * LORE_PLACE() - says where `lore attach` attaches an entry when it is given no hook
 * @place: a hook's name, like "timer/10ms" or "tracepoint/sched_switch"
 */
#define LORE_PLACE(function, place)                                             \
	__attribute__((used, section(".lore.place"), aligned(8)))               \
	static const struct lore_place lore_place_##function = {                \
		(void (*)(void))(function), place                               \
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
	uint32_t order; /* Entries are numbered by this, and by where they stand. */
};

/* A record of the section .lore.place. */
struct lore_place {
	void (*function)(void);
	char name[128];
};

/* lore_is_error() - whether a gate's answer is an error: those are numbers that no address has. */
static inline int lore_is_error(long answer)
{
	return answer < 0 && answer > -4096;
}

/* lore_lock_take() - takes the lock that is the word at @lock, in data or heap; 0 is free. */
static inline lore_lock lore_lock_take(uint32_t *lock)
{
	return lore_gate_lock_take((uint64_t)lock);
}

/* lore_timer_create() - a timer that calls @entry, an entry of the hook timer, with @argument. */
static inline lore_timer lore_timer_create(uint64_t (*entry)(uint64_t), uint64_t argument)
{
	return lore_gate_timer_create((uint64_t)entry, argument);
}

/* lore_log() - writes the string @text to the kernel's log, cut at LORE_LOG_TEXT_MAX bytes. */
static inline long lore_log(uint32_t level, const char *text)
{
	size_t len = __builtin_strlen(text);

	return lore_gate_log(level, text, len < LORE_LOG_TEXT_MAX ? len : LORE_LOG_TEXT_MAX);
}

/* lore_event_send() - sends @len bytes at @bytes as an event; 0, or what lore_gate_event_reserve() answers. */
static inline long lore_event_send(const void *bytes, size_t len)
{
	void *event = (void *)lore_gate_event_reserve(len);

	if (lore_is_error((long)event))
		return (long)event;
	__builtin_memcpy(event, bytes, len);
	return lore_gate_event_submit();
}

/* lore_abort() - ends the activation with @code and the string @text. */
_Noreturn static inline void lore_abort(uint64_t code, const char *text)
{
	size_t len = __builtin_strlen(text);

	lore_gate_abort(code, text, len < LORE_ABORT_TEXT_MAX ? len : LORE_ABORT_TEXT_MAX);
}

#endif /* LORE_H */
