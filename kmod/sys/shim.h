/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What Rust calls in C, and C in Rust: read by shim*.c and by bindgen, so there is one declaration of each.
 *
 * A function stands here because the kernel crate lacks it and a plain binding cannot reach it: an inline function or a
 * macro, a symbol found by name (called by a typed pointer, which kernel CFI checks), or a table of callbacks whose
 * owner must be this module.
 */
#ifndef LORE_SHIM_H
#define LORE_SHIM_H

#include <linux/errno.h>
#include <linux/types.h>
#include "../entry/crossing.h"

struct file;
struct lore_area;
struct lore_pages;
struct lore_readers;
struct poll_table_struct;
struct page;
struct vm_area_struct;
struct lore_task;

/* Module parameters and Kconfig. */
struct lore_params {
	bool strict;
	bool stores;
	u32 extensions_max;
	u64 heap_max;
	u64 heap_default;
	u64 budget_max_us;
	u64 budget_default_us;
	u64 arena_len;
	u64 shadow_len;
};
void lore_params_get(struct lore_params *out);

/* Symbols that are not exported. 0, or -ENOENT after a line in the log that names the missing one. */
int lore_symbols_find(void);
/* One more, if there is one; after lore_symbols_find(). */
void *lore_symbol(const char *name);

/* The arena. */
void *lore_alias_map(const void *start, unsigned long len);
void lore_alias_unmap(const void *alias);
void lore_text_sync(unsigned long start, unsigned long len);
const void *lore_extable_own(u32 *count);
void lore_extable_adopt(void *entries, u32 count);

/* Windows at address 0 (shim_low.c). */
struct lore_low;
bool lore_low_can(void);
struct lore_low *lore_low_new(void);
int lore_low_show(struct lore_low *low, unsigned long window);
void lore_low_hide(struct lore_low *low);
void lore_low_flush(struct lore_low *low);
void lore_low_free(struct lore_low *low);

/* Address space and its pages (shim_pages.c). Lengths and addresses are multiples of the page. */
unsigned long lore_page_len(void);
struct lore_area *lore_area_new(unsigned long len);
unsigned long lore_area_start(const struct lore_area *area);
void lore_area_free(struct lore_area *area);
struct lore_pages *lore_pages_new(bool paid, struct lore_low *low);
void lore_pages_free(struct lore_pages *pages);
u64 lore_pages_held(const struct lore_pages *pages);
u64 lore_pages_held_by_all(void);
int lore_pages_at_hand(const struct lore_pages *pages);
void lore_pages_fill(struct lore_pages *pages, u32 wanted);
void lore_pages_want(struct lore_pages *pages, u32 wanted);
int lore_range_map(struct lore_area *area, unsigned long start, unsigned long len, struct lore_pages *pages);
void lore_range_unmap(struct lore_area *area, unsigned long start, unsigned long len, struct lore_pages *pages);
int lore_range_tables(unsigned long start, unsigned long len);
void lore_range_tables_free(unsigned long start, unsigned long len, unsigned long around);
int lore_heap_populate(struct lore_pages *pages, unsigned long start, unsigned long len, bool calm);
bool lore_is_mapped(unsigned long at);
u32 lore_swap(u32 *word, u32 old, u32 new);
/* Bytes of the kernel address space from which areas are taken. */
u64 lore_space(void);
struct page *lore_page_at(struct lore_pages *pages, unsigned long at, bool fresh);

/* Memory. */
u64 lore_memory_available(void);
unsigned long lore_user_in(void *to, unsigned long from, unsigned long len);
unsigned long lore_user_out(unsigned long to, const void *from, unsigned long len);

/* CPUs and time. What may interrupt what: each level runs one activation at a time. None runs in NMI context. */
#define LORE_LEVEL_TASK		0
#define LORE_LEVEL_SOFTIRQ	1
#define LORE_LEVEL_HARDIRQ	2
#define LORE_LEVELS		3
struct lore_cpu;

/*
 * One level of one CPU. `activation` is the one that runs there, NULL, or LORE_SEAT_CLAIMED when somebody has the seat
 * and runs none; whoever has it is the only one that writes it. `number` counts all seats, level by level.
 */
#define LORE_SEAT_CLAIMED	1
struct lore_seat {
	unsigned long activation;
	void *objects;	/* what its activation holds: Rust's Objects */
	unsigned long shadow;
	struct lore_cpu *cpu;
	u32 number;
	bool armed;	/* the CPU's timer runs */
};

struct lore_cpu {
	u32 idle_ticks;
	u32 number;
	struct lore_seat seats[LORE_LEVELS];
};
u32 lore_cpu_count(void);
struct lore_seat *lore_seat_claim(bool may_be_masked);
void lore_seat_release(struct lore_seat *seat);
struct lore_cpu *lore_cpu_of(u32 number);
bool lore_cpu_yield_wanted(void);
void lore_yield(void);
bool lore_signal_wanted(void);
bool lore_kill_wanted(void);
void lore_ticks_init(void);
void lore_ticks_exit(void);
void lore_tick_start(void);
/* Has each CPU call back, in an interrupt, and waits for all. Sleeps. */
void lore_cpus_ask(void (*ask)(void *data), void *data);
const struct lore_cpu *lore_cpu_here(void);

/* What lore_cross() returns. */
struct lore_crossed {
	u64 result;
	u64 cancelled;
};

/* What an attachment has ready for one seat: Rust's Prepared begins with it, and its activation is behind it. */
struct lore_prepared {
	struct lore_seat *seat;
	u64 runs;	/* activations that returned */
	u64 ticks;	/* of the counter inside */
};

/* By CPU, what an attachment has ready for the levels that are called most. An entry may become NULL at any time. */
#define LORE_READY_LEVELS	(LORE_LEVEL_SOFTIRQ + 1)
struct lore_ready;
struct lore_ready *lore_ready_new(void);
void lore_ready_set(struct lore_ready *ready, u32 cpu, u32 level, struct lore_prepared *prepared);
void lore_ready_clear(struct lore_ready *ready);
void lore_ready_free(struct lore_ready *ready);
u64 lore_counter(void);
u64 lore_counter_hz(void);
u64 lore_time_ns(void);
u64 lore_time_wall_ns(void);
u64 lore_random(void);

/* Tasks, by counted references. */
#define LORE_TASK_NAME_LEN	16
struct lore_task_ids {
	u32 pid;
	u32 process;
	u32 user;
	u32 group;
};
struct lore_task_times {
	u64 user_ns;
	u64 system_ns;
	u64 running_ns;
	u64 started_ns;
};
struct lore_task *lore_task_get(struct lore_task *task);
void lore_task_overgot(struct lore_task *task);
struct lore_task *lore_task_by_pid(u32 number);
struct lore_task *lore_task_parent(const struct lore_task *of);
void lore_task_put_last(struct lore_task *task, int after);
void lore_tasks_exit(void);
u32 lore_task_pid(const struct lore_task *task);
void lore_task_ids(const struct lore_task *of, struct lore_task_ids *out);
void lore_task_times(const struct lore_task *of, struct lore_task_times *out);
void lore_task_name(const struct lore_task *of, u8 *out);

/* What the system offers and allows. */
bool lore_has_lse(void);
bool lore_has_lrcpc(void);
bool lore_has_lrcpc2(void);
bool lore_has_flagm(void);
bool lore_has_crc32(void);
bool lore_has_cssc(void);
bool lore_has_sb(void);
bool lore_may_load(void);

/* printk() where one may not wait for the console; found by name. */
extern int (*lore_printk)(const char *format, ...);

/* One line of an extension in the kernel's log. Rate-limited; both texts are printable and not terminated. */
void lore_log(u32 level, const u8 *name, u32 name_len, const u8 *text, u32 len);

/* Device and files. */
int lore_device_register(void *lore);
void lore_device_unregister(void);
int lore_fd_new(void *extension, struct file **file);
int lore_window_mmap(struct file *file, struct vm_area_struct *vma);
unsigned long lore_window_address(struct file *file, unsigned long wish, unsigned long len, unsigned long pgoff,
				  unsigned long flags);
struct lore_readers *lore_readers_new(void);
void lore_readers_free(struct lore_readers *readers);
void lore_readers_wait(struct lore_readers *readers, struct file *file, struct poll_table_struct *table);
void lore_readers_wake(struct lore_readers *readers);
void lore_fd_install(int fd, struct file *file);
void lore_fd_cancel(int fd, struct file *file);
void lore_module_get(void);
void lore_module_put(void);

/* Packets: what a network hook is called for. */
struct lore_packet;
struct lore_packet_info {
	u32 len;
	u32 protocol;
	u32 device;
	u32 network_at;
};
void lore_packet_info(const struct lore_packet *packet, struct lore_packet_info *out);
int lore_packet_bits(const struct lore_packet *packet, u32 offset, void *to, u32 len);
int lore_packet_write(struct lore_packet *packet, u32 offset, unsigned long from, u32 len);
long lore_packet_checksum(const struct lore_packet *packet, u32 offset, u32 len);
int lore_packet_resize(struct lore_packet *packet, u32 len);
struct lore_packet *lore_packet_clone(const struct lore_packet *packet);
int lore_packet_transmit(struct lore_packet *packet, u32 device);
int lore_packet_route(struct lore_packet *packet);
void lore_packet_forget_way(struct lore_packet *packet);
void lore_packet_put(struct lore_packet *packet);

/* Sockets, by counted references. */
struct lore_socket;
struct lore_socket_ends {
	u16 version;
	u16 protocol;
	u16 local_port;
	u16 remote_port;
	u64 local_high;
	u64 local_low;
	u64 remote_high;
	u64 remote_low;
};
struct lore_socket_info {
	u16 version;
	u16 protocol;
	u16 local_port;
	u16 remote_port;
	u32 state;
	u32 user;
	u64 local_high;
	u64 local_low;
	u64 remote_high;
	u64 remote_low;
};
int lore_socket_find(const struct lore_socket_ends *ends, struct lore_socket **out);
int lore_socket_find_at(const struct lore_packet *packet, const struct lore_socket_ends *ends,
			struct lore_socket **out);
struct lore_socket *lore_socket_of_packet(const struct lore_packet *packet);
void lore_socket_put(struct lore_socket *socket);
void lore_socket_info(const struct lore_socket *socket, struct lore_socket_info *out);
int lore_socket_send(struct lore_socket *socket, const struct lore_socket_ends *to, unsigned long from, u32 len);

/* Hooks. An attachment must stay valid until the hook is detached; then nobody calls it any more. All may sleep. */
struct lore_tracepoint;
struct lore_timer;
struct lore_function;
struct lore_packets;
void lore_tracepoints_init(void);
void lore_functions_init(void);
int lore_tracepoint_attach(struct lore_tracepoint **out, const char *name, void *attachment, struct lore_ready *ready,
			   bool ends_by_itself);
void lore_tracepoint_detach(struct lore_tracepoint *hook);
u32 lore_tracepoint_tasks(const char *name);
int lore_timer_attach(struct lore_timer **out, u64 period_ns, void *attachment);
void lore_timer_detach(struct lore_timer *hook);
int lore_function_attach(struct lore_function **out, const char *name, bool enter, bool leave, void *attachment);
void lore_function_detach(struct lore_function *hook);
int lore_netfilter_attach(struct lore_packets **out, u8 family, u32 point, s32 priority, void *attachment);
int lore_netdev_attach(struct lore_packets **out, const char *name, s32 order, void *attachment);
void lore_packets_detach(struct lore_packets *hook);
struct lore_alarms;
#define LORE_ALARMS_MAX	16
struct lore_alarms *lore_alarms_new(void);
void lore_alarms_put(struct lore_alarms *alarms);
int lore_alarms_attach(struct lore_alarms *alarms, void *attachment);
void lore_alarms_detach(struct lore_alarms *alarms);
int lore_alarm_take(struct lore_alarms *alarms, u64 argument);
int lore_alarm_arm(struct lore_alarms *alarms, u32 number, u64 delay_ns);
bool lore_alarm_cancel(struct lore_alarms *alarms, u32 number);
void lore_alarm_give(struct lore_alarms *alarms, u32 number);
bool lore_packets_of_net(const struct lore_packets *hook, const void *net);
bool lore_packets_of_device(const struct lore_packets *hook, const void *device);
void lore_rtnl_lock(void);
void lore_rtnl_unlock(void);
int lore_net_watch(void *context);
void lore_net_unwatch(void);
bool lore_may_trace(void);
bool lore_may_net(void);

/* The work item: kicked in any context, it runs lore_rs_work() in a task. */
void lore_work_init(void *context);
void lore_work_kick(void);
void lore_work_flush(void);
void lore_work_exit(void);

/* Verdicts; sys/hook.rs asserts each against the ABI. */
#define LORE_DROP	1
#define LORE_REPLY	2
#define LORE_REDIRECT	3

/* In Rust (ffi.rs). */
void lore_rs_tracepoint(void *attachment, const u64 *args);
void lore_rs_tracepoint_ended(void *attachment, struct lore_prepared *prepared, bool cancelled);
void lore_rs_timer(void *attachment, u64 periods);
void lore_rs_function(void *attachment, const u64 *args);
void lore_rs_return(void *attachment, u64 result);
u64 lore_rs_packet(void *attachment, struct lore_packet *packet);
void lore_rs_work(void *context);
void lore_rs_device_gone(void *context, const void *device);
void lore_rs_namespace_gone(void *context, const void *net);
#define LORE_TICK_STOP	0
#define LORE_TICK_AGAIN	1
#define LORE_TICK_LAND	2
u32 lore_rs_tick(struct lore_cpu *cpu, u64 pc, u64 *link);
long lore_rs_device_ioctl(void *lore, u32 request, unsigned long arg);
long lore_rs_file_ioctl(void *extension, u32 request, unsigned long arg);
#define LORE_POLL_READY	1
#define LORE_POLL_OVER	2
u32 lore_rs_file_poll(void *extension, struct file *file, struct poll_table_struct *table);
struct page *lore_rs_file_page(void *extension, u64 at);
/* Bytes of its window, and the low half of the address where that begins. */
u64 lore_rs_file_window(void *extension, u64 *low);
void lore_rs_file_release(void *extension);

/* In crossing.S and arena.S. */
void lore_landing(void);
void lore_landing_tick(void);
struct lore_crossed lore_cross(void *activation);
/* With the window at address 0. */
struct lore_crossed lore_cross_low(void *activation, const struct lore_low *low);
/* With the arguments in registers, not from the activation. */
struct lore_crossed lore_cross_with(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, void *activation);

#endif
