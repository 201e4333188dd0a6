// SPDX-License-Identifier: GPL-2.0
// The programs of the corpus in a user process: the same objects as in the module. It counts its own instructions.
// usage: lore-bench-user PROGRAM INPUT OPERATIONS, a line `instructions checksum` for each operation
#include <fcntl.h>
#include <linux/perf_event.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <lore.h>

#include "programs_table.h"

#define HEAP_LEN (256ul << 20)
#define NOTHING 255

static char *heap;
static size_t heap_used;

// The gates that programs call.
long lore_gate_heap_grow(uint64_t len)
{
	size_t at = heap_used;

	len = (len + 4095) & ~4095ul;
	if (len > HEAP_LEN - at)
		return -LORE_EHEAPFULL;
	heap_used = at + len;
	return (long)(heap + at);
}

uint64_t lore_gate_time_now(void)
{
	return 0;
}

long lore_gate_log(uint32_t level, const char *text, size_t len)
{
	fprintf(stderr, "%.*s\n", (int)len, text);
	return 0;
}

void lore_gate_abort(uint64_t code, const char *text, size_t len)
{
	fprintf(stderr, "abort %d: %.*s\n", (int)code, (int)len, text);
	exit(3);
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

// The user's instructions and the kernel's, as for the module.
static int counter(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE, .size = sizeof(attr), .config = PERF_COUNT_HW_INSTRUCTIONS, .disabled = 1,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd < 0)
		die("perf_event_open");
	return fd;
}

static uint64_t counted(int fd, long (*run)(struct lore_run *), uint64_t arg, uint64_t *sum)
{
	struct lore_run request = {
		.output = (unsigned char *)sum, .output_cap = sizeof(*sum), .arg = arg,
	};
	uint64_t count;

	ioctl(fd, PERF_EVENT_IOC_RESET, 0);
	ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	long result = run(&request);
	ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
	if (result || read(fd, &count, sizeof(count)) != sizeof(count))
		die("run");
	return count;
}

// Sets the program up; the file's pages are not kept.
static void set_up(long (*run)(struct lore_run *), const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat))
		die(path);
	void *input = mmap(NULL, (size_t)stat.st_size + 1, PROT_READ, MAP_PRIVATE, fd, 0);
	struct lore_run setup = { .input = input, .input_len = (size_t)stat.st_size };

	if (input == MAP_FAILED || run(&setup) || munmap(input, (size_t)stat.st_size + 1))
		die("setup");
}

int main(int argc, char **argv)
{
	long (*run)(struct lore_run *) = NULL;
	uint64_t sum, nothing;
	int fd;

	if (argc != 4)
		return 2;
	for (size_t at = 0; at < sizeof(programs) / sizeof(*programs); at++)
		if (!strcmp(programs[at].name, argv[1]))
			run = programs[at].run;
	if (!run)
		die(argv[1]);
	// The C library's own heap, where a program is not an extension's object, is there before anything is counted, too.
	if (!mallopt(M_TOP_PAD, HEAP_LEN) || !mallopt(M_TRIM_THRESHOLD, -1) || !mallopt(M_MMAP_MAX, 0))
		die("mallopt");
	// Aligned, since malloc() keeps half of an address.
	heap = mmap((void *)(1ul << 33), HEAP_LEN, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (heap == MAP_FAILED)
		die("mmap");
	set_up(run, argv[2]);
	// All memory is there before anything is counted.
	if (mlockall(MCL_CURRENT))
		die("mlockall");
	fd = counter();
	nothing = counted(fd, run, NOTHING, &sum);
	for (int at = 1; at <= atoi(argv[3]); at++) {
		uint64_t count = counted(fd, run, (uint64_t)at, &sum);

		printf("%llu %016llx\n", (unsigned long long)(count - nothing), (unsigned long long)sum);
	}
	return 0;
}
