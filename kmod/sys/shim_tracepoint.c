// SPDX-License-Identifier: GPL-2.0
/*
 * Tracepoints: the probes, with the straight way into an extension that most of their calls take, and what attaches them.
 *
 * The straight way is what Rust's Seats::fire() does, for a task or a softirq whose seat is free: nothing is called on
 * it but the crossing. Whatever is not as usual goes to Rust, which does it all, or is told what the extension left.
 */
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include <asm/sysreg.h>

#include "seat.h"
#include "shim.h"

/* What is ready on each CPU. */

struct lore_ready {
	struct lore_prepared *at[LORE_READY_LEVELS];
};

static struct lore_ready __percpu *percpu_of(struct lore_ready *ready)
{
	return (struct lore_ready __percpu *)ready;
}

struct lore_ready *lore_ready_new(void)
{
	return (struct lore_ready *)alloc_percpu_gfp(struct lore_ready, GFP_KERNEL_ACCOUNT | __GFP_ZERO);
}

void lore_ready_set(struct lore_ready *ready, u32 cpu, u32 level, struct lore_prepared *prepared)
{
	if (level < LORE_READY_LEVELS)
		WRITE_ONCE(per_cpu_ptr(percpu_of(ready), cpu)->at[level], prepared);
}

notrace void lore_ready_clear(struct lore_ready *ready)
{
	int cpu, level;

	for_each_possible_cpu(cpu)
		for (level = 0; level < LORE_READY_LEVELS; level++)
			WRITE_ONCE(per_cpu_ptr(percpu_of(ready), cpu)->at[level], NULL);
}

void lore_ready_free(struct lore_ready *ready)
{
	free_percpu(percpu_of(ready));
}

/* Probes */

struct lore_tracepoint {
	struct lore_ready __percpu *ready;
	void *attachment;
	bool ends_by_itself;
	struct tracepoint *point;
	struct bpf_raw_event_map *map;
	void *probe;
};

/* What an extension may see of an argument: see visible() in hook/tracepoint.rs, which this is. */
static __always_inline u64 visible(u64 value)
{
	return (s64)value >= -MAX_ERRNO ? value : 0;
}

static noinline notrace void fire_unusually(struct lore_tracepoint *hook, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g)
{
	const u64 args[] = { a, b, c, d, e, f, g };

	lore_rs_tracepoint(hook->attachment, args);
}

/* Whether the activation that was in a seat holds something still: an object, or an event that it has begun. */
static __always_inline bool holds(const struct lore_seat *seat, const void *activation)
{
	const u64 *free = seat->objects;
	const u64 *record = activation + LORE_ACT_RECORD;

	return *free != U64_MAX || *record;
}

static __always_inline void fire(struct lore_tracepoint *hook, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g)
{
	unsigned long count = preempt_count();
	struct lore_crossed crossed;
	struct lore_prepared *own;
	struct lore_seat *seat;
	void *activation;

	stay_here();
	if (unlikely(count & (NMI_MASK | HARDIRQ_MASK)))
		goto unusual;
	if (unlikely(irqs_disabled()) && !hook->ends_by_itself)
		goto unusual;
	own = READ_ONCE(raw_cpu_ptr(hook->ready)->at[(count & SOFTIRQ_OFFSET) / SOFTIRQ_OFFSET]);
	if (unlikely(!own))
		goto unusual;
	seat = own->seat;
	if (unlikely(READ_ONCE(seat->activation)))
		goto unusual;

	/* The level is the seat's alone: what interrupts this has another one. */
	activation = own + 1;
	WRITE_ONCE(seat->activation, (unsigned long)activation);
	barrier();
	/* In this order: a tick that stops the timer has seen no activation. */
	if (unlikely(!READ_ONCE(seat->armed))) {
		WRITE_ONCE(seat->activation, 0);
		goto unusual;
	}
	crossed = lore_cross_with(visible(a), visible(b), visible(c), visible(d), visible(e), visible(f), visible(g),
				  activation);
	if (unlikely(crossed.cancelled || holds(seat, activation))) {
		lore_rs_tracepoint_ended(hook->attachment, own, crossed.cancelled);
	} else {
		own->runs++;
		own->ticks += read_sysreg(cntvct_el0) - *(u64 *)(activation + LORE_ACT_START);
	}
	barrier();
	WRITE_ONCE(seat->activation, 0);
	move_on();
	return;
unusual:
	fire_unusually(hook, a, b, c, d, e, f, g);
	move_on();
}

#define PROBE(n, params, args...)				\
	static notrace void probe##n params			\
	{							\
		fire(hook, args);				\
	}
#define HOOK struct lore_tracepoint *hook

PROBE(0, (HOOK), 0, 0, 0, 0, 0, 0, 0)
PROBE(1, (HOOK, u64 a), a, 0, 0, 0, 0, 0, 0)
PROBE(2, (HOOK, u64 a, u64 b), a, b, 0, 0, 0, 0, 0)
PROBE(3, (HOOK, u64 a, u64 b, u64 c), a, b, c, 0, 0, 0, 0)
PROBE(4, (HOOK, u64 a, u64 b, u64 c, u64 d), a, b, c, d, 0, 0, 0)
PROBE(5, (HOOK, u64 a, u64 b, u64 c, u64 d, u64 e), a, b, c, d, e, 0, 0)
PROBE(6, (HOOK, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f), a, b, c, d, e, f, 0)
PROBE(7, (HOOK, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g), a, b, c, d, e, f, g)

/* By the number of arguments. */
static void *const probes[] = { probe0, probe1, probe2, probe3, probe4, probe5, probe6, probe7 };

/* Attaching */

static struct {
	struct bpf_raw_event_map *(*get)(const char *name);
	void (*put)(struct bpf_raw_event_map *map);
} raw;

/* Without them there are no tracepoints of modules, and no counts of arguments. */
void lore_tracepoints_init(void)
{
	raw.get = lore_symbol("bpf_get_raw_tracepoint");
	raw.put = lore_symbol("bpf_put_raw_tracepoint");
}

struct search {
	const char *name;
	struct tracepoint *found;
};

static void look_at(struct tracepoint *point, void *context)
{
	struct search *search = context;

	if (!strcmp(point->name, search->name))
		search->found = point;
}

/*
 * The probe is called by a pointer of the tracepoint's own type, with its arguments in registers, so it can be one
 * function for all that have as many, unless indirect calls are checked by type. Without the map nobody knows how many
 * there are, and none is looked at. The map of a module's tracepoint holds the module.
 */
int lore_tracepoint_attach(struct lore_tracepoint **out, const char *name, void *attachment, struct lore_ready *ready,
			   bool ends_by_itself)
{
	struct search search = { .name = name };
	struct lore_tracepoint *hook;
	int err = -ENOENT;

	if (IS_ENABLED(CONFIG_CFI))
		return -EOPNOTSUPP;
	hook = kzalloc(sizeof(*hook), GFP_KERNEL);
	if (!hook)
		return -ENOMEM;
	hook->attachment = attachment;
	hook->ready = percpu_of(ready);
	hook->ends_by_itself = ends_by_itself;
	hook->probe = probes[0];
	if (raw.get && raw.put) {
		hook->map = raw.get(name);
		if (hook->map) {
			hook->point = hook->map->tp;
			hook->probe = probes[min_t(u32, hook->map->num_args, ARRAY_SIZE(probes) - 1)];
		}
	}
	if (!hook->point) {
		for_each_kernel_tracepoint(look_at, &search);
		hook->point = search.found;
	}
	if (hook->point)
		err = tracepoint_probe_register(hook->point, hook->probe, hook);
	if (err) {
		if (hook->map)
			raw.put(hook->map);
		kfree(hook);
		return err;
	}
	*out = hook;
	return 0;
}

void lore_tracepoint_detach(struct lore_tracepoint *hook)
{
	tracepoint_probe_unregister(hook->point, hook->probe, hook);
	tracepoint_synchronize_unregister();
	if (hook->map)
		raw.put(hook->map);
	kfree(hook);
}
