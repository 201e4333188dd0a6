// SPDX-License-Identifier: GPL-2.0
/*
 * The C SDK against the host's own library: memory functions on every small length and alignment,
 * the heap under several threads, with threads that are stopped in the middle as by a cancellation.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *sdk_memcpy(void *to, const void *from, size_t len);
void *sdk_memmove(void *to, const void *from, size_t len);
void *sdk_memset(void *to, int byte, size_t len);
int sdk_memcmp(const void *a, const void *b, size_t len);
size_t sdk_strlen(const char *text);
void *sdk_malloc(size_t len);
void *sdk_calloc(size_t count, size_t len);
void *sdk_realloc(void *old, size_t len);
void sdk_free(void *block);

static int passed, failed;

static void check(int good, const char *what)
{
	if (good)
		passed++;
	else
		failed++;
	if (!good)
		printf("failed: %s\n", what);
}

/* The gates. The heap is a window of its own: 4 GiB, aligned, so that low halves are offsets. */
static char *window;
static uint64_t grown = 1 << 20;
static uint64_t limit = 256 << 20;

long lore_gate_heap_grow(size_t bytes)
{
	uint64_t len = (bytes + 4095) & ~4095ull, at;

	if (bytes > 4 << 20)
		return -2;
	at = __atomic_fetch_add(&grown, len, __ATOMIC_RELAXED);
	if (at + len > limit) {
		__atomic_fetch_sub(&grown, len, __ATOMIC_RELAXED);
		return -3;
	}
	return (long)(window + at);
}

static jmp_buf aborted;

_Noreturn void lore_gate_abort(uint64_t code, const char *text, size_t len)
{
	(void)code, (void)text, (void)len;
	longjmp(aborted, 1);
}

long lore_gate_log(uint32_t level, const char *text, size_t len)
{
	(void)level, (void)text, (void)len;
	return 0;
}

#define ROOM 160

static void memory(void)
{
	unsigned char a[ROOM], b[ROOM], from[ROOM];
	int copies = 1, moves = 1, sets = 1, compares = 1;

	for (size_t i = 0; i < ROOM; i++)
		from[i] = (unsigned char)(i * 7 + 1);
	for (size_t len = 0; len <= 64; len++)
		for (size_t to = 0; to < 17; to++)
			for (size_t at = 0; at < 17; at++) {
				memset(a, 0, ROOM), memset(b, 0, ROOM);
				memcpy(a + to, from + at, len);
				copies &= sdk_memcpy(b + to, from + at, len) == b + to;
				copies &= !memcmp(a, b, ROOM);
				memcpy(a, from, ROOM), memcpy(b, from, ROOM);
				memmove(a + to, a + at, len);
				moves &= sdk_memmove(b + to, b + at, len) == b + to;
				moves &= !memcmp(a, b, ROOM);
				memset(a + to, (int)at * 31 - 9, len);
				sets &= sdk_memset(b + to, (int)at * 31 - 9, len) == b + to;
				sets &= !memcmp(a, b, ROOM);
				b[to + len / 2] ^= (unsigned char)at;
				int want = memcmp(a + to, b + to, len), got = sdk_memcmp(a + to, b + to, len);
				compares &= (want > 0) == (got > 0) && (want < 0) == (got < 0);
			}
	check(copies, "memcpy");
	check(moves, "memmove");
	check(sets, "memset");
	check(compares, "memcmp");
	check(sdk_strlen("") == 0 && sdk_strlen("twelve bytes") == 12, "strlen");
}

/* One thread's blocks: each filled with a number of its own, which nobody else may change. */
static void *hammer(void *seed)
{
	enum { BLOCKS = 64 };
	struct { unsigned char *at; size_t len; unsigned char fill; } held[BLOCKS] = { 0 };
	unsigned int random = (unsigned int)(uintptr_t)seed;
	long bad = 0;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	for (int turn = 0; turn < 200000; turn++) {
		int slot = rand_r(&random) % BLOCKS;

		for (size_t i = 0; i < held[slot].len; i += 61)
			bad += held[slot].at[i] != held[slot].fill;
		if (held[slot].at && rand_r(&random) % 4 == 0) {
			size_t len = (size_t)rand_r(&random) % 5000, keep = held[slot].len < len ? held[slot].len : len;
			unsigned char *at = sdk_realloc(held[slot].at, len);

			bad += !at;
			for (size_t i = 0; i < keep; i += 61)
				bad += at[i] != held[slot].fill;
			memset(at, held[slot].fill, len);
			held[slot].at = at, held[slot].len = len;
			continue;
		}
		sdk_free(held[slot].at);
		held[slot].len = (size_t)rand_r(&random) % 3000;
		held[slot].at = sdk_malloc(held[slot].len);
		bad += !held[slot].at || (uintptr_t)held[slot].at % 16;
		held[slot].fill = (unsigned char)rand_r(&random);
		memset(held[slot].at, held[slot].fill, held[slot].len);
	}
	for (int slot = 0; slot < BLOCKS; slot++)
		sdk_free(held[slot].at);
	return (void *)bad;
}

static void threads(void)
{
	pthread_t all[4];
	long bad = 0;
	void *one;

	for (uintptr_t i = 0; i < 4; i++)
		pthread_create(&all[i], NULL, hammer, (void *)(i + 1));
	for (int i = 0; i < 4; i++) {
		pthread_join(all[i], &one);
		bad += (long)one;
	}
	check(!bad, "four threads on one heap");
	check(grown < 64 << 20, "what was freed is used again");
}

/* Threads that end wherever they are, as a cancelled activation does, wedge and damage nothing. */
static void cancelled(void)
{
	for (uintptr_t i = 0; i < 40; i++) {
		pthread_t thread;

		pthread_create(&thread, NULL, hammer, (void *)(i + 100));
		for (volatile int wait = 0; wait < 100000 + (int)i * 7919; wait++)
			;
		pthread_cancel(thread);
		pthread_join(thread, NULL);
	}
	check(!hammer((void *)7), "the heap after cancelled threads");
}

static void edges(void)
{
	unsigned char *zeros = sdk_calloc(100, 10), *large = sdk_malloc(9 << 20);
	int all = 1;

	for (int i = 0; i < 1000; i++)
		all &= !zeros[i];
	check(all, "calloc gives zeros");
	check(sdk_calloc((size_t)1 << 33, (size_t)1 << 33) == NULL, "calloc does not wrap");
	check(large != NULL, "a block above what the gate grows at once");
	large[0] = large[(9 << 20) - 1] = 1;
	sdk_free(large);
	check(sdk_malloc(9 << 20) == large, "and it is used again");
	check(sdk_malloc((size_t)1 << 40) == NULL, "no more than a window");
	sdk_free(NULL);
	if (!setjmp(aborted)) {
		sdk_free(zeros);
		sdk_free(zeros);
		check(0, "a second free is an abort");
	} else {
		check(1, "a second free is an abort");
	}
	limit = grown;
	check(sdk_malloc(1 << 20) == NULL || sdk_malloc(1 << 20) == NULL, "the limit is an answer");
}

int main(void)
{
	char *space = mmap(NULL, 8ull << 30, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (space == MAP_FAILED)
		return 1;
	window = (char *)(((uintptr_t)space + (4ull << 30) - 1) & ~((4ull << 30) - 1));
	memory();
	threads();
	cancelled();
	edges();
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
