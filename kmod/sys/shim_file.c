// SPDX-License-Identifier: GPL-2.0
/*
 * The device, the files, the log.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>

#include "shim.h"

/* Device and files. Each table has its owner: an open file holds the module. */

static void *device_context;

static long device_ioctl(struct file *file, unsigned int request, unsigned long arg)
{
	return lore_rs_device_ioctl(device_context, request, arg);
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = device_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "lore",
	.fops = &device_fops,
	.mode = 0600,
};

int lore_device_register(void *lore)
{
	device_context = lore;
	return misc_register(&device);
}

void lore_device_unregister(void)
{
	misc_deregister(&device);
}

static long extension_ioctl(struct file *file, unsigned int request, unsigned long arg)
{
	return lore_rs_file_ioctl(file->private_data, request, arg);
}

static __poll_t extension_poll(struct file *file, struct poll_table_struct *table)
{
	u32 state = lore_rs_file_poll(file->private_data, file, table);

	return (state & LORE_POLL_READY ? EPOLLIN | EPOLLRDNORM : 0) | (state & LORE_POLL_OVER ? EPOLLHUP : 0);
}

static int extension_release(struct inode *inode, struct file *file)
{
	lore_rs_file_release(file->private_data);
	return 0;
}

static const struct file_operations extension_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = extension_ioctl,
	.release = extension_release,
	.poll = extension_poll,
	.mmap = lore_window_mmap,
	.get_unmapped_area = lore_window_address,
	.llseek = noop_llseek,
};

/* A descriptor that nobody sees yet. On success the file owns `extension`. */
int lore_fd_new(void *extension, struct file **file)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);

	if (fd < 0)
		return fd;
	*file = anon_inode_getfile("[lore]", &extension_fops, extension, O_RDWR);
	if (IS_ERR(*file)) {
		put_unused_fd(fd);
		return PTR_ERR(*file);
	}
	return fd;
}

void lore_fd_install(int fd, struct file *file)
{
	fd_install(fd, file);
}

void lore_fd_cancel(int fd, struct file *file)
{
	put_unused_fd(fd);
	fput(file);
}

/* Only while an open file holds the module already. */
void lore_module_get(void)
{
	__module_get(THIS_MODULE);
}

void lore_module_put(void)
{
	module_put(THIS_MODULE);
}

/* The log */

void lore_log(u32 level, const u8 *name, u32 name_len, const u8 *text, u32 len)
{
	/* Deferred: an extension may run where nobody may wait for the console. */
	static const char *const levels[] = { KERN_INFO, KERN_ERR, KERN_WARNING, KERN_INFO, KERN_DEBUG };
	static DEFINE_RATELIMIT_STATE(limit, HZ, 100);

	if (__ratelimit(&limit))
		lore_printk("%slore: %.*s: %.*s\n", levels[level < ARRAY_SIZE(levels) ? level : 0],
		       (int)name_len, name, (int)len, text);
}
