/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * For programs that work with loaded extensions, in C: open one by name, map its window, follow pointers, wait for
 * events. `userspace-client` is the same in Rust. A function that fails answers -1 or NULL, and errno says why.
 *
 *	struct lore_client lore;
 *
 *	if (lore_client_open(&lore, "latency") < 0)
 *		...
 *	while (lore_client_wait(&lore, -1) > 0)
 *		while (lore_client_next(&lore, &event) > 0) {
 *			... event.bytes, event.len ...
 *			lore_client_done(&lore, &event);
 *		}
 */
#ifndef LORE_CLIENT_H
#define LORE_CLIENT_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "uapi/lore.h"

/**
 * struct lore_client - an extension, and its window in this program
 * @fd: the extension's file    @window: its window, @plan.window_len bytes, or NULL
 * @plan: where the parts of the window lie
 */
struct lore_client {
	int fd;
	unsigned char *window;
	struct lore_window_plan plan;
};

/**
 * struct lore_event - an event, in the ring
 * @bytes: what the extension wrote, @len of it
 */
struct lore_event {
	const unsigned char *bytes;
	uint32_t len;
	uint64_t at;
};

static inline void lore_client_close(struct lore_client *lore)
{
	if (lore->window)
		munmap(lore->window, lore->plan.window_len);
	if (lore->fd >= 0)
		close(lore->fd);
	lore->window = NULL;
	lore->fd = -1;
}

/* lore_client_open() - opens the extension that is loaded as @name, and maps its window. */
static inline int lore_client_open(struct lore_client *lore, const char *name)
{
	struct lore_open_request request;
	int device = open("/dev/lore", O_RDWR | O_CLOEXEC), error;

	memset(lore, 0, sizeof(*lore));
	lore->fd = -1;
	if (device < 0)
		return -1;
	memset(&request, 0, sizeof(request));
	if (strlen(name) > sizeof(request.name)) {
		close(device);
		errno = EINVAL;
		return -1;
	}
	memcpy(request.name, name, strlen(name));
	error = ioctl(device, LORE_OPEN, &request) ? errno : 0;
	close(device);
	if (error) {
		errno = error;
		return -1;
	}
	lore->fd = request.fd;
	if (ioctl(lore->fd, LORE_WINDOW, &lore->plan) == 0) {
		void *window = mmap(NULL, lore->plan.window_len, PROT_READ | PROT_WRITE, MAP_SHARED, lore->fd, 0);

		if (window != MAP_FAILED) {
			lore->window = window;
			return 0;
		}
	}
	error = errno;
	lore_client_close(lore);
	errno = error;
	return -1;
}

/* lore_client_run() - runs entry @entry, of the hook `run`, once with @arg: 0 and its @result; -1 with errno EFAULT if it
 * was cancelled. */
static inline int lore_client_run(const struct lore_client *lore, uint32_t entry, uint64_t arg, uint64_t *result)
{
	struct lore_run_request request;

	memset(&request, 0, sizeof(request));
	request.entry = entry;
	request.repeat = 1;
	request.arg = arg;
	if (ioctl(lore->fd, LORE_RUN, &request))
		return -1;
	if (request.ended != LORE_RUN_RETURNED) {
		errno = EFAULT;
		return -1;
	}
	*result = request.result;
	return 0;
}

/* lore_window_has() - whether @len bytes at offset @at can be touched: the data, the heap, or the ring. */
static inline int lore_window_has(const struct lore_client *lore, uint32_t at, uint64_t len)
{
	const struct lore_window_plan *plan = &lore->plan;
	const uint64_t parts[][2] = {
		{ plan->data_at, plan->data_end },
		{ plan->heap_at, plan->heap_end },
		{ plan->ring_at, plan->records_at + plan->ring_len },
	};
	unsigned int i;

	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (parts[i][0] <= at && at < parts[i][1] && len <= parts[i][1] - at)
			return 1;
	return 0;
}

/* lore_client_at() - where @len bytes are of which the extension knows the address: @at is the low half of that, which in
 * windows of 4 GiB is the offset. NULL if they are nowhere. */
static inline void *lore_client_at(const struct lore_client *lore, uint32_t at, uint64_t len)
{
	const uint32_t offset = at - (uint32_t)lore->plan.low;

	if (lore_window_has(lore, offset, len))
		return lore->window + offset;
	errno = EFAULT;
	return NULL;
}

/* lore_client_wait() - waits for an event, @timeout milliseconds at most, or -1: 1 if one is there, 0 if the time is
 * over, -1 with errno ENODATA if the extension is detached and none will come. */
static inline int lore_client_wait(const struct lore_client *lore, int timeout)
{
	struct pollfd wait = { .fd = lore->fd, .events = POLLIN };
	int found = poll(&wait, 1, timeout);

	if (found <= 0 || wait.revents & POLLIN)
		return found;
	errno = ENODATA;
	return -1;
}

static inline uint64_t *lore_ring_position(const struct lore_client *lore)
{
	return (uint64_t *)(void *)(lore->window + lore->plan.ring_at);
}

/* lore_client_lost() - events that found no room so far. */
static inline uint64_t lore_client_lost(const struct lore_client *lore)
{
	const struct lore_ring_header *ring = (const void *)(lore->window + lore->plan.ring_at);

	return lore->plan.ring_len ? __atomic_load_n(&ring->lost, __ATOMIC_RELAXED) : 0;
}

/* lore_client_done() - gives back the room of an event that lore_client_next() gave. */
static inline void lore_client_done(const struct lore_client *lore, const struct lore_event *event)
{
	uint64_t words = ((uint64_t)event->len + 7) / 8, word;
	uint64_t offset = event->at & (lore->plan.ring_len - 1);
	uint64_t *header = (uint64_t *)(void *)(lore->window + lore->plan.records_at + offset);

	/* The header last. */
	for (word = words + 1; word-- > 0;)
		__atomic_store_n(&header[word], 0, __ATOMIC_RELAXED);
	__atomic_store_n(lore_ring_position(lore), event->at + 8 + 8 * words, __ATOMIC_RELEASE);
}

/* lore_client_next() - the next event: 1 if one is complete, 0 if none is, -1 with errno ENOENT if the image asks for
 * no ring, EPROTO if the ring holds garbage. */
static inline int lore_client_next(const struct lore_client *lore, struct lore_event *event)
{
	const struct lore_window_plan *plan = &lore->plan;

	errno = ENOENT;
	while (plan->ring_len) {
		uint64_t at = __atomic_load_n(lore_ring_position(lore), __ATOMIC_RELAXED);
		uint64_t offset = at & (plan->ring_len - 1) & ~7ULL;
		uint32_t *record = (uint32_t *)(void *)(lore->window + plan->records_at + offset);
		uint32_t header = __atomic_load_n(record, __ATOMIC_ACQUIRE);

		if (!header)
			return 0;
		event->at = at;
		event->len = header & LORE_RING_LEN_MASK;
		event->bytes = (unsigned char *)(record + 2);
		errno = EPROTO;
		if (!(header & LORE_RING_DONE) || at % 8 || event->len > plan->ring_len - offset - 8)
			break;
		if (!(header & LORE_RING_SKIP))
			return 1;
		lore_client_done(lore, event);
	}
	return -1;
}

#endif /* LORE_CLIENT_H */
