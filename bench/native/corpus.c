// SPDX-License-Identifier: GPL-2.0
/*
 * The programs of the corpus in an ordinary kernel module, which is what extensions are measured against: the same
 * objects, unguarded. Their gates are functions here. One program runs in the life of the module, since its data stays.
 */
#include <linux/fs.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "request.h"

/* As sdk/c/include/lore.h has it, which is for code without the kernel's headers. */
struct lore_run {
	const unsigned char *input;
	size_t input_len;
	unsigned char *output;
	size_t output_cap;
	size_t output_len;
	uint64_t arg;
};

#include "programs_table.h"

#define HEAP_LEN (256 * SZ_1M)
#define STACK_LEN SZ_256K

static void *heap, *stack;
static size_t heap_used;

/* The gates that programs call. */
long lore_gate_heap_grow(uint64_t len);
uint64_t lore_gate_time_now(void);
long lore_gate_log(uint32_t level, const char *text, uint64_t len);
void lore_gate_abort(uint64_t code, const char *text, uint64_t len);

long lore_gate_heap_grow(uint64_t len)
{
	size_t at = heap_used;

	if (PAGE_ALIGN(len) > HEAP_LEN - at)
		return -3;
	heap_used = at + PAGE_ALIGN(len);
	return (long)heap + (long)at;
}

uint64_t lore_gate_time_now(void)
{
	return ktime_get_ns();
}

long lore_gate_log(uint32_t level, const char *text, uint64_t len)
{
	pr_info("%.*s\n", (int)len, text);
	return 0;
}

void lore_gate_abort(uint64_t code, const char *text, uint64_t len)
{
	panic("corpus: %llu %.*s", code, (int)len, text);
}

/* malloc() keeps half of an address only, so the heap must not lie across 4 GiB. */
static int make_memory(void)
{
	void *crossing = NULL;

	stack = vzalloc(STACK_LEN);
	heap = vzalloc(HEAP_LEN);
	if (heap && upper_32_bits((u64)heap) != upper_32_bits((u64)heap + HEAP_LEN - 1)) {
		crossing = heap;
		heap = vzalloc(HEAP_LEN);
	}
	vfree(crossing);
	return heap && stack ? 0 : -ENOMEM;
}

static void free_memory(void)
{
	vfree(heap);
	vfree(stack);
}

/*
 * LZ4 and SQLite want more stack than a kernel thread has, so programs run on one of their own. The kernel takes an exception
 * on such a stack for an overflow: therefore interrupts are off, and nothing faults since all memory is there.
 */
long corpus_on_stack(long (*run)(struct lore_run *), struct lore_run *arg, void *top);
asm(".text\n"
    "corpus_on_stack:\n"
    "	stp	x29, x30, [sp, #-32]!\n"
    "	str	x19, [sp, #16]\n"
    "	mov	x29, sp\n"
    "	mov	x19, sp\n"
    "	mov	x16, x0\n"
    "	mov	x0, x1\n"
    "	mov	sp, x2\n"
    "	blr	x16\n"
    "	mov	sp, x19\n"
    "	ldr	x19, [sp, #16]\n"
    "	ldp	x29, x30, [sp], #32\n"
    "	ret\n");

static long run(struct corpus_request *request, const void *input)
{
	struct lore_run run = {
		.input = input,
		.input_len = request->input_len,
		.output = (unsigned char *)&request->sum,
		.output_cap = sizeof(request->sum),
		.arg = request->arg,
	};

	for (size_t at = 0; at < ARRAY_SIZE(programs); at++) {
		unsigned long flags;

		if (strcmp(programs[at].name, request->program))
			continue;
		local_irq_save(flags);
		request->result = corpus_on_stack(programs[at].run, &run, stack + STACK_LEN);
		local_irq_restore(flags);
		return 0;
	}
	return -ENOENT;
}

static long corpus_ioctl(struct file *file, unsigned int number, unsigned long arg)
{
	void __user *user = (void __user *)arg;
	struct corpus_request request;
	void *input;
	long err = -EFAULT;

	if (number != CORPUS_RUN)
		return -ENOTTY;
	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	request.program[sizeof(request.program) - 1] = 0;
	if (request.input_len > 64 * SZ_1M)
		return -EINVAL;
	input = vmalloc(request.input_len + 1);
	if (!input)
		return -ENOMEM;
	if (!copy_from_user(input, u64_to_user_ptr(request.input), request.input_len))
		err = run(&request, input);
	vfree(input);
	if (!err && copy_to_user(user, &request, sizeof(request)))
		err = -EFAULT;
	return err;
}

static const struct file_operations corpus_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = corpus_ioctl,
};

static struct miscdevice corpus_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "lore_bench_corpus",
	.fops = &corpus_fops,
};

static int __init corpus_init(void)
{
	int err = make_memory();

	if (!err)
		err = misc_register(&corpus_device);
	if (err)
		free_memory();
	return err;
}

static void __exit corpus_exit(void)
{
	misc_deregister(&corpus_device);
	free_memory();
}

module_init(corpus_init);
module_exit(corpus_exit);
MODULE_DESCRIPTION("The programs of LoRe's bench, unguarded");
MODULE_LICENSE("GPL");
