/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The gates: what an extension can call. Included by lore.h. Generated from wit/:
 * `UPDATE=1 cargo test -p lore_interface` writes it anew.
 */
#ifndef LORE_GATES_H
#define LORE_GATES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Why a gate refused; the gate's result is the negative number.
 */
enum lore_gate_error {
	LORE_EBADSPAN = 1,	/* an address range is not mapped in the window */
	LORE_ETOOLONG = 2,	/* a length is above the gate's limit */
	LORE_ENOMEMORY = 3,	/* memory is short: the kernel, or the cgroup of the loader, has no page now */
	LORE_EBADVALUE = 4,	/* an argument has no meaning */
	LORE_EHEAPFULL = 5,	/* the heap has reached the limit that it was loaded with */
	LORE_EBADHANDLE = 6,	/* a handle names nothing: it was dropped, is from another activation, or was never given out */
	LORE_EWRONGKIND = 7,	/* a handle names an object of another kind */
	LORE_ETABLEFULL = 8,	/* an activation holds as many objects as it may */
	LORE_EONLYLENT = 9,	/* an object is only lent, so it cannot be dropped or given away */
	LORE_ENOTFOUND = 10,	/* there is no such object */
	LORE_EDEADLOCK = 11,	/* the lock is held by this CPU already */
	LORE_ERINGFULL = 12,	/* the ring of events has no room: nobody reads, or not fast enough */
	LORE_ENOEVENT = 13,	/* an event is begun already, or none is */
	LORE_EBUSY = 14,	/* somebody uses it now, or its buffer is full: later it may be had */
};

/*
 * Levels of the gate `log`.
 */
enum lore_log_level {
	LORE_LOG_ERROR = 1,	/* something failed */
	LORE_LOG_WARN = 2,	/* something is odd */
	LORE_LOG_INFO = 3,	/* something happened */
	LORE_LOG_DEBUG = 4,	/* for the author */
};

/*
 * What the kernel knows of a packet.
 */
struct lore_packet_info {
	uint32_t len;	/* bytes, from the first one that the hook shows: the link header at a device, the network header elsewhere */
	uint32_t protocol;	/* number of the protocol behind the link header, 0x0800 for IPv4 */
	uint32_t device;	/* index of the device that it came in by, or goes out of */
	uint32_t network_at;	/* where the network header begins */
};

/*
 * Both ends of a connection, as the socket's owner sees them. Numbers are the CPU's: 10.0.1.2 is
 * 0x0a000102.
 */
struct lore_socket_ends {
	uint16_t version;	/* 4 or 6 */
	uint16_t protocol;	/* 6 for TCP, 17 for UDP */
	uint16_t local_port;	/* port of the socket's own end */
	uint16_t remote_port;	/* port of the other end */
	uint64_t local_high;	/* the own address, upper half; 0 for version 4 */
	uint64_t local_low;	/* the own address, lower half */
	uint64_t remote_high;	/* the other address, upper half; 0 for version 4 */
	uint64_t remote_low;	/* the other address, lower half */
};

/*
 * What the kernel knows of a socket.
 */
struct lore_socket_info {
	uint16_t version;	/* 4 or 6: of the socket, which may carry version 4 as 6 */
	uint16_t protocol;	/* 6 for TCP, 17 for UDP */
	uint16_t local_port;	/* port of its own end */
	uint16_t remote_port;	/* port of the other end, 0 if there is none */
	uint32_t state;	/* its state, by the numbers of `/proc/net/tcp`: 1 established, 6 time-wait, 7 closed, 10 listening, 12 a request */
	uint32_t user;	/* number of its user, as the initial namespace counts; 2^32 - 1 if it has none any more */
	uint64_t local_high;	/* the own address, upper half; 0 for version 4 */
	uint64_t local_low;	/* the own address, lower half */
	uint64_t remote_high;	/* the other address, upper half; 0 for version 4 */
	uint64_t remote_low;	/* the other address, lower half */
};

/*
 * Numbers of a task, as the initial namespaces count.
 */
struct lore_task_ids {
	uint32_t pid;	/* thread */
	uint32_t process;	/* process, which is its first thread's number */
	uint32_t user;	/* user */
	uint32_t group;	/* group */
};

/*
 * How long a task ran, in nanoseconds, and since when it is there.
 */
struct lore_task_times {
	uint64_t user_ns;	/* in user mode, as ticks have found it */
	uint64_t system_ns;	/* in the kernel, as ticks have found it */
	uint64_t running_ns;	/* on a CPU, exactly, up to the last time that it was looked at */
	uint64_t started_ns;	/* start, on the clock that counts from boot */
};

/*
 * A task, held by a reference: it may have exited meanwhile, but it stays readable.
 */
typedef struct {
	int64_t handle;	/* or an error, see lore_is_error() */
} lore_task;

/*
 * A packet. The one that a hook was called for is lent for the activation; a clone is the
 * activation's own.
 */
typedef struct {
	int64_t handle;	/* or an error, see lore_is_error() */
} lore_packet;

/*
 * A socket, held by a reference: its owner may close it meanwhile, but it stays readable. While it
 * is held, so is its network namespace.
 */
typedef struct {
	int64_t handle;	/* or an error, see lore_is_error() */
} lore_socket;

/*
 * A lock that is held. Dropping it lets the next one in; a cancelled activation lets go of it, and
 * leaves what it protects as it is.
 */
typedef struct {
	int64_t handle;	/* or an error, see lore_is_error() */
} lore_lock;

/*
 * A timer. When it is dropped it does not fire any more; to fire after the activation it is kept.
 */
typedef struct {
	int64_t handle;	/* or an error, see lore_is_error() */
} lore_timer;

#define LORE_LOG_TEXT_MAX 256	/* most of text */
#define LORE_HEAP_GROW_BYTES_MAX 4194304	/* most of bytes */
#define LORE_ABORT_TEXT_MAX 256	/* most of text */
#define LORE_PACKET_WRITE_BYTES_MAX 2048	/* most of bytes */
#define LORE_SOCKET_SEND_BYTES_MAX 4096	/* most of bytes */
#define LORE_TIMER_ARM_DELAY_NS_MAX 86400000000000	/* most of delay_ns */

/*
 * Writes a line to the kernel's log.
 * What is not printable becomes a question mark. Lines of all extensions together are
 * rate-limited; one that is too much is lost without an error.
 * Return: 0, or a negative error.
 */
long lore_gate_log(uint32_t level, const char *text, size_t text_len);

/*
 * Maps more pages of the heap.
 * Whole pages, zeroed. Answers the address of the first new byte, which follows the last one when
 * nobody else grew the heap meanwhile; the end of the heap for 0 bytes.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_heap_grow(uint64_t bytes);

/*
 * Reads the monotonic clock.
 * In nanoseconds.
 */
uint64_t lore_gate_time_now(void);

/*
 * Ends the activation with a code and a message.
 * Both stand in the fault record. A message that cannot be read is left out.
 */
_Noreturn void lore_gate_abort(uint64_t code, const char *text, size_t text_len);

/*
 * Gives a `task` back.
 * Return: 0, or a negative error.
 */
long lore_gate_task_drop(lore_task task);

/*
 * The task that the activation interrupted or runs for.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_task lore_gate_task_current(void);

/*
 * The task's thread number, as the initial PID namespace counts.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_task_pid(lore_task task);

/*
 * The task of a thread number, as the initial PID namespace counts.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_task lore_gate_task_by_pid(uint32_t number);

/*
 * The thread that is told when this task ends, most often the one that made it; `not-found` when
 * it has been told.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_task lore_gate_task_parent(lore_task task);

/*
 * The task's numbers.
 * Return: 0, or a negative error.
 */
long lore_gate_task_ids(lore_task task, struct lore_task_ids *to);

/*
 * How long the task ran.
 * Return: 0, or a negative error.
 */
long lore_gate_task_times(lore_task task, struct lore_task_times *to);

/*
 * The task's name, of at most 15 bytes, cut to the room.
 * Return: bytes written to @room, or a negative error.
 */
long lore_gate_task_name(lore_task task, char *room, size_t room_len);

/*
 * Reads the wall clock.
 * In nanoseconds since 1970; it can be set, so differences mean little.
 */
uint64_t lore_gate_time_wall(void);

/*
 * A random number that nobody can guess.
 */
uint64_t lore_gate_random(void);

/*
 * The number of the CPU that the activation runs on.
 * It stays there until it ends.
 */
uint32_t lore_gate_cpu_id(void);

/*
 * Begins an event of so many bytes.
 * Answers the address of its bytes, which are a multiple of 8 and hold anything. `not-found`: the
 * image asks for no ring. `ring-full`: nobody reads, or not fast enough; the event is counted as
 * lost. `too-long`: more than 64 KiB, or than a quarter of the ring.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_event_reserve(uint64_t len);

/*
 * Lets the reader have the event that was begun.
 * Return: 0, or a negative error.
 */
long lore_gate_event_submit(void);

/*
 * Gives up the event that was begun.
 * Return: 0, or a negative error.
 */
long lore_gate_event_discard(void);

/*
 * Gives a `packet` back.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_drop(lore_packet packet);

/*
 * What the kernel knows of the packet.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_info(lore_packet packet, struct lore_packet_info *to);

/*
 * Copies bytes of the packet.
 * As many as the room takes and the packet has from there on; `bad-value` where it has none.
 * Return: bytes written to @room, or a negative error.
 */
long lore_gate_packet_read(lore_packet packet, uint32_t offset, void *room, size_t room_len);

/*
 * Changes bytes of the packet.
 * All of them must be in it; `resize` makes it longer. Checksums stay as they are. The version and
 * the length of an IP header that the kernel has looked at already cannot be changed: `bad-value`.
 * If the bytes cannot be read to the end, those before are written.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_write(lore_packet packet, uint32_t offset, const void *bytes, size_t bytes_len);

/*
 * Adds bytes up as the internet's checksums do.
 * The ones' complement sum in 16 bits, not inverted, of the bytes as big-endian words.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_packet_checksum(lore_packet packet, uint32_t offset, uint32_t len);

/*
 * Cuts the packet off, or makes it longer by zeros.
 * Not shorter than its headers, not longer than its device takes, and not if it is one of many in
 * one: `bad-value`. Lengths in headers stay as they are.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_resize(lore_packet packet, uint32_t len);

/*
 * Another packet with the same bytes. What is changed in one is not changed in the other.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_packet lore_gate_packet_clone(lore_packet packet);

/*
 * Gives a `socket` back.
 * Return: 0, or a negative error.
 */
long lore_gate_socket_drop(lore_socket socket);

/*
 * The socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks
 * `not-found`.
 * Of a listening socket, or one that is not connected, the other end counts for nothing, and its
 * own address may be any.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_socket lore_gate_socket_find(const struct lore_socket_ends *ends);

/*
 * The socket of two ends, in the network namespace of a packet, and at its device.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_socket lore_gate_socket_find_at(lore_packet packet, const struct lore_socket_ends *ends);

/*
 * The socket that a packet is of: that which sends it, or that the kernel has found for it
 * already.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_socket lore_gate_socket_of_packet(lore_packet packet);

/*
 * What the kernel knows of the socket.
 * Return: 0, or a negative error.
 */
long lore_gate_socket_info(lore_socket socket, struct lore_socket_info *to);

/*
 * Sends a datagram from a socket of UDP that a program has bound, to the other of two ends.
 * Of them only version, remote port and address count; port 0 is the end that the socket is
 * connected to. It goes on its way at once, as an answer of the kernel's own would, and nothing
 * waits for memory or for the socket's lock; what becomes of it on the way is not told.
 * `bad-value`: no such socket, or no single address. `not-found`: the socket was closed, or no way
 * leads there. `too-long`: more than the way takes in one piece. `busy`: the socket's buffer is
 * full.
 * Return: 0, or a negative error.
 */
long lore_gate_socket_send(lore_socket socket, const struct lore_socket_ends *to, const void *bytes, size_t bytes_len);

/*
 * Gives a `timer` back.
 * Return: 0, or a negative error.
 */
long lore_gate_timer_drop(lore_timer timer);

/*
 * A timer that calls a function of the extension, which must be an entry of the hook `timer`, with
 * a number.
 * An entry has 16 timers at most: `table-full`. `bad-value`: it is no such entry. `not-found`: the
 * entry was detached.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_timer lore_gate_timer_create(uint64_t function, uint64_t argument);

/*
 * Has it fire once, so many nanoseconds from now, and not when it was to fire before.
 * Less than 100 microseconds is taken as those. `not-found`: the entry was detached.
 * Return: 0, or a negative error.
 */
long lore_gate_timer_arm(lore_timer timer, uint64_t delay_ns);

/*
 * Has it not fire; whether it was to. A call that has begun goes on.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_timer_cancel(lore_timer timer);

/*
 * Sends a clone out of a device of its namespace, by the device's index.
 * It goes as it is, from its link header on; the clone is gone in any case. What becomes of it on
 * the way is not told. `not-found`: no such device, or it is down, or the clone was kept.
 * `bad-value`: it has no link header and the device wants one. `too-long`: more than the device
 * takes. Hooks that it meets on its way skip this extension's level.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_transmit(lore_packet packet, uint32_t device);

/*
 * Sends a clone that begins with its network header as the host's own: along the route to where
 * its header says.
 * Length and checksum of an IP header are put right, all others are the sender's; the clone is
 * gone in any case. `not-found`: no way leads there, or the clone was kept. `bad-value`: it begins
 * with a link header, or is neither IPv4 nor IPv6.
 * Return: 0, or a negative error.
 */
long lore_gate_packet_route(lore_packet packet);

/*
 * Gives a `lock` back.
 * Return: 0, or a negative error.
 */
long lore_gate_lock_drop(lore_lock lock);

/*
 * Takes the lock that is the 32-bit word at an address in data or heap.
 * The word is 0 while the lock is free, one more than the CPU's number while an activation holds
 * it; a program that takes it writes something else above 65535. Waits, as long as the activation
 * has time. The word of a lock that this CPU holds already, by this activation or one that it
 * interrupted, is `deadlock`.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_lock lore_gate_lock_take(uint64_t word);

/*
 * Adds to a counter.
 * Counters are numbered from 0; one that does not exist is `bad-value`.
 * Return: 0, or a negative error.
 */
long lore_gate_counter_add(uint32_t counter, uint64_t by);

/*
 * What all CPUs have counted.
 * Return: that, or a negative error, see lore_is_error().
 */
long lore_gate_counter_sum(uint32_t counter);

/*
 * Has it outlive the activation: every activation of the extension may use the new handle, until
 * it is dropped or the extension ends. The old handle is dead.
 * An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_task lore_gate_task_keep(lore_task task);

/*
 * Has it outlive the activation: every activation of the extension may use the new handle, until
 * it is dropped or the extension ends. The old handle is dead.
 * An extension keeps 64 objects at most: `table-full`, and the old handle stays good. It forgets
 * its way: its device is no more than a number, and it cannot be sent. One activation at a time
 * can use it, others are told `busy`. One that is lent cannot be kept: `only-lent`.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_packet lore_gate_packet_keep(lore_packet packet);

/*
 * Has it outlive the activation: every activation of the extension may use the new handle, until
 * it is dropped or the extension ends. The old handle is dead.
 * An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_socket lore_gate_socket_keep(lore_socket socket);

/*
 * Has it outlive the activation: every activation of the extension may use the new handle, until
 * it is dropped or the extension ends. The old handle is dead.
 * An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_timer lore_gate_timer_keep(lore_timer timer);

/*
 * Another handle of the same task, one's own: of a lent one that is to be kept.
 * Return: a handle of one's own, to be dropped, or a negative error.
 */
lore_task lore_gate_task_clone(lore_task task);

#ifdef __cplusplus
}
#endif

#endif /* LORE_GATES_H */
