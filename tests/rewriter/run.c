// SPDX-License-Identifier: GPL-2.0
// Runs an image in a process, for tests of meaning: a window, a table, gates, and nothing of the kernel.
// usage: run IMAGE.flat INPUT > OUTPUT
//
// It is linked static-pie, because the window of the profile low is the first 4 GiB, where other executables lie.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

struct flat {
	uint32_t code_at, code_end, region_len, table_len, gates_at;
	uint32_t imports, targets, entry, data_len, bss_len, relocs, guards, window_mib, data_at, is_low;
};

struct context {
	uint64_t input, input_len, output, output_cap, output_len, arg;
};

enum { MIB = 1 << 20, STACK = 1 * MIB, SHADOW = 1 * MIB };

static uint8_t *window, *code, *heap;
static struct flat head;

static uint64_t gate_log(uint64_t level, uint64_t text, uint64_t len)
{
	fprintf(stderr, "log %d: %.*s\n", (int)level, (int)len, (char *)window + (uint32_t)text);
	return 0;
}

static uint64_t gate_heap_grow(uint64_t len)
{
	uint8_t *at = heap;

	heap += (len + 4095) & ~4095ul;
	return (uint64_t)at;
}

static uint64_t gate_time_now(void)
{
	return 42;
}

static void gate_abort(uint64_t code)
{
	printf("abort %d\n", (int)code);
	fflush(stdout);
	exit(3);
}

// A wild call.
static void stub(void)
{
	printf("wild call\n");
	fflush(stdout);
	exit(4);
}

static void *const gates[] = { stub, gate_log, gate_heap_grow, gate_time_now, gate_abort };

static void on_fault(int signal, siginfo_t *info, void *raw)
{
	ucontext_t *context = raw;
	uint64_t pc = context->uc_mcontext.pc - (uint64_t)code;
	uint64_t at = (uint64_t)info->si_addr - (uint64_t)window;

	fprintf(stderr, "signal %d at %#lx, window offset %#lx\n", signal, pc, at);
	exit(5);
}

// One page of code per gate: keeps x13 to x15 over the call, as the kernel does, and x9 as it does in metered images.
static void put_gate(uint32_t *at, void *function)
{
	static const uint32_t words[] = {
		0xa9bd37ee, // stp x14, x13, [sp, #-48]!
		0xa9017bef, // stp x15, x30, [sp, #16]
		0xf90013e9, // str x9, [sp, #32]
		0x580000f0, // ldr x16, .+28
		0xd63f0200, // blr x16
		0xf94013e9, // ldr x9, [sp, #32]
		0xa9417bef, // ldp x15, x30, [sp, #16]
		0xa8c337ee, // ldp x14, x13, [sp], #48
		0xd65f03c0, // ret
	};
	memcpy(at, words, sizeof(words));
	memcpy(at + 10, &function, 8);
}

uint64_t enter(uint64_t function, uint64_t argument, void *window, void *stack, void *shadow);
__asm__(".text\n.global enter\nenter:\n"
	"stp x29, x30, [sp, #-96]!\n stp x19, x20, [sp, #16]\n stp x21, x22, [sp, #32]\n"
	"stp x23, x24, [sp, #48]\n stp x25, x26, [sp, #64]\n stp x27, x28, [sp, #80]\n"
	"mov x9, #0x4000000000000000\n mov x15, x2\n mov x14, x3\n mov x13, x4\n mov x16, x0\n mov x0, x1\n blr x16\n"
	"ldp x19, x20, [sp, #16]\n ldp x21, x22, [sp, #32]\n ldp x23, x24, [sp, #48]\n"
	"ldp x25, x26, [sp, #64]\n ldp x27, x28, [sp, #80]\n ldp x29, x30, [sp], #96\n ret\n");

static void *map(void *at, size_t len, int how)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (at ? MAP_FIXED : 0);
	void *got = mmap(at, len, how, flags, -1, 0);

	if (got == MAP_FAILED) {
		perror("mmap");
		exit(6);
	}
	return got;
}

// The window with as much behind it, where nothing is mapped yet.
static uint8_t *reserve(void)
{
	uint64_t at;

	if (!head.is_low) {
		at = (uint64_t)map(0, 8ul << 30, PROT_NONE);
		at = (at + (4ul << 30) - 1) & ~((4ul << 30) - 1);
		// A smaller window is aligned to its own size only.
		return (uint8_t *)at + (uint64_t)head.window_mib * MIB;
	}
	// The system keeps the first pages free, and nobody needs them. Nothing of this process may lie there already.
	at = (uint64_t)mmap((void *)(uint64_t)head.data_at, (8ul << 30) - head.data_at, PROT_NONE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
	if (at != head.data_at) {
		fprintf(stderr, "the first 4 GiB are not free\n");
		exit(6);
	}
	return 0;
}

static uint8_t *slurp(const char *name, size_t *len)
{
	FILE *file = fopen(name, "rb");
	uint8_t *bytes = malloc(64 * MIB);

	if (!file || !bytes) {
		perror(name);
		exit(6);
	}
	*len = fread(bytes, 1, 64 * MIB, file);
	fclose(file);
	return bytes;
}

int main(int argc, char **argv)
{
	size_t flat_len, input_len;
	uint8_t *flat = slurp(argv[1], &flat_len), *input = slurp(argv[argc > 2 ? 2 : 1], &input_len);
	uint32_t *imports, *targets, *relocs, *guards;
	uint8_t *data, *stack, *shadow, *buffer;
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };

	memcpy(&head, flat, sizeof(head));
	imports = (uint32_t *)(flat + sizeof(head));
	targets = imports + head.imports;
	relocs = targets + head.targets;
	guards = relocs + head.relocs;
	data = (uint8_t *)(guards + head.guards);

	window = reserve();
	map(window + head.data_at, 1024ul * MIB - head.data_at, PROT_READ | PROT_WRITE);
	memcpy(window + head.data_at, data, head.data_len);
	for (uint32_t i = 0; i < head.relocs; i++)
		*(uint64_t *)(window + head.data_at + relocs[i]) += (uint64_t)window;
	stack = window + 768ul * MIB;
	buffer = window + 512ul * MIB;
	heap = window + 800ul * MIB;
	// Unmapped pages around the stack, so that an overrun is seen.
	map(stack - STACK - 4096, 4096, PROT_NONE);
	map(stack, 4096, PROT_NONE);
	shadow = map(0, SHADOW, PROT_READ | PROT_WRITE);

	code = map(0, head.region_len * 2ul + MIB, PROT_READ | PROT_WRITE | PROT_EXEC);
	code = (uint8_t *)(((uint64_t)code + head.region_len) & ~(head.region_len - 1ul));
	for (uint32_t i = 0; i < head.table_len / 8; i++)
		((uint64_t *)code)[i] = (uint64_t)stub;
	for (uint32_t i = 0; i < head.targets; i++)
		((uint64_t *)code)[i + 1] = (uint64_t)code + targets[i];
	for (uint32_t i = 0; i < head.imports; i++) {
		uint32_t *slot = (uint32_t *)(code + head.gates_at + 4 * i);
		uint32_t *thunk = (uint32_t *)(code + head.region_len + 64 * i);

		put_gate(thunk, gates[imports[i]]);
		*slot = 0x14000000 | ((uint32_t)(thunk - slot) & 0x3ffffff);
	}
	memcpy(code + head.code_at, data + head.data_len, head.code_end - head.code_at);
	// Guards of the profile movk get the window's upper half, as the kernel fills them in.
	for (uint32_t i = 0; i < head.guards; i++) {
		uint32_t *pair = (uint32_t *)(code + guards[i]);

		pair[0] |= ((uint64_t)window >> 32 & 0xffff) << 5;
		pair[1] |= ((uint64_t)window >> 48) << 5;
	}
	for (uint32_t at = head.code_end; at < head.region_len; at += 4)
		*(uint32_t *)(code + at) = 0xf85f81ff;
	__builtin___clear_cache((char *)code, (char *)code + head.region_len + 4096);

	struct context *context = (struct context *)buffer;
	memcpy(buffer + 4096, input, input_len);
	*context = (struct context){
		.input = (uint64_t)buffer + 4096,
		.input_len = input_len,
		.output = (uint64_t)buffer + 128 * MIB,
		.output_cap = 64 * MIB,
	};
	sigaction(SIGSEGV, &action, 0);
	sigaction(SIGBUS, &action, 0);
	sigaction(SIGILL, &action, 0);
	enter((uint64_t)code + head.entry, (uint64_t)buffer, window, stack, shadow);
	fwrite(buffer + 128 * MIB, 1, context->output_len, stdout);
	return 0;
}
