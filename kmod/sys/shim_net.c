// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks in the network, and what of it goes away while something is attached.
 */
#include <linux/kernel.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/netfilter_netdev.h>
#include <linux/nsproxy.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "shim.h"

#if IS_ENABLED(CONFIG_NETFILTER)

struct lore_packets {
	struct nf_hook_ops ops;
	struct net *net;
};

/* The result's lower half is a verdict, for LORE_REDIRECT the upper half a device. */
static unsigned int in_netfilter(void *attachment, struct sk_buff *skb, const struct nf_hook_state *state)
{
	return (u32)lore_rs_packet(attachment, (struct lore_packet *)skb) == LORE_DROP ? NF_DROP : NF_ACCEPT;
}

static int attach(struct lore_packets **out, struct net *net, struct nf_hook_ops ops)
{
	struct lore_packets *hook = kzalloc(sizeof(*hook), GFP_KERNEL);
	int err;

	if (!hook)
		return -ENOMEM;
	hook->ops = ops;
	hook->net = net;
	err = nf_register_net_hook(net, &hook->ops);
	if (err) {
		kfree(hook);
		return err;
	}
	*out = hook;
	return 0;
}

/* In the caller's namespace, which cannot end before the caller has left it. */
int lore_netfilter_attach(struct lore_packets **out, u8 family, u32 point, s32 priority, void *attachment)
{
	return attach(out, current->nsproxy->net_ns, (struct nf_hook_ops) {
		.hook = in_netfilter,
		.priv = attachment,
		.pf = family,
		.hooknum = point,
		.priority = priority,
	});
}

void lore_packets_detach(struct lore_packets *hook)
{
	nf_unregister_net_hook(hook->net, &hook->ops);
	synchronize_rcu();
	kfree(hook);
}

bool lore_packets_of_net(const struct lore_packets *hook, const void *net)
{
	return hook->net == net;
}

bool lore_packets_of_device(const struct lore_packets *hook, const void *device)
{
	return hook->ops.dev == device;
}

#ifdef CONFIG_NETFILTER_INGRESS

/* Takes the packet over, which begins with its link header. */
static void send(struct sk_buff *skb, struct net_device *device)
{
	if (!(READ_ONCE(device->flags) & IFF_UP) || skb_cow_head(skb, 0)) {
		kfree_skb(skb);
		return;
	}
	skb->dev = device;
	skb_clear_tstamp(skb);
	dev_queue_xmit(skb);
}

static unsigned int in_netdev(void *attachment, struct sk_buff *skb, const struct nf_hook_state *state)
{
	u32 mac_len = skb->mac_len;
	struct net_device *device;
	u64 result;

	/* The extension sees the link header too, as it came in. A packet without one is none of ours. */
	if (!skb_mac_header_was_set(skb) || skb->data - skb_mac_header(skb) != mac_len)
		return NF_ACCEPT;
	skb_push_rcsum(skb, mac_len);
	result = lore_rs_packet(attachment, (struct lore_packet *)skb);
	switch ((u32)result) {
	case LORE_DROP:
		return NF_DROP;
	case LORE_REPLY:
		device = skb->dev;
		break;
	case LORE_REDIRECT:
		/* The hook is called under RCU. Without such a device there is nowhere to go. */
		device = dev_get_by_index_rcu(state->net, result >> 32);
		if (!device)
			return NF_DROP;
		break;
	default:
		skb_pull_rcsum(skb, mac_len);
		return NF_ACCEPT;
	}
	send(skb, device);
	return NF_STOLEN;
}

/* Under the RTNL: the device is there, and stays until its notification. In the order of `order` among our own. */
int lore_netdev_attach(struct lore_packets **out, const char *name, s32 order, void *attachment)
{
	struct net *net = current->nsproxy->net_ns;
	struct net_device *device = __dev_get_by_name(net, name);

	if (!device)
		return -ENODEV;
	return attach(out, net, (struct nf_hook_ops) {
		.hook = in_netdev,
		.dev = device,
		.priv = attachment,
		.pf = NFPROTO_NETDEV,
		.hooknum = NF_NETDEV_INGRESS,
		.priority = order,
	});
}

#else

int lore_netdev_attach(struct lore_packets **out, const char *name, s32 order, void *attachment)
{
	return -EOPNOTSUPP;
}

#endif

#else

int lore_netfilter_attach(struct lore_packets **out, u8 family, u32 point, s32 priority, void *attachment)
{
	return -EOPNOTSUPP;
}

int lore_netdev_attach(struct lore_packets **out, const char *name, s32 order, void *attachment)
{
	return -EOPNOTSUPP;
}

void lore_packets_detach(struct lore_packets *hook)
{
}

bool lore_packets_of_net(const struct lore_packets *hook, const void *net)
{
	return false;
}

bool lore_packets_of_device(const struct lore_packets *hook, const void *device)
{
	return false;
}

#endif

#ifdef CONFIG_NET

void lore_rtnl_lock(void)
{
	rtnl_lock();
}

void lore_rtnl_unlock(void)
{
	rtnl_unlock();
}

/* Devices and namespaces going away */

static void *watch_context;

static int device_event(struct notifier_block *block, unsigned long event, void *info)
{
	if (event == NETDEV_UNREGISTER)
		lore_rs_device_gone(watch_context, netdev_notifier_info_to_dev(info));
	return NOTIFY_DONE;
}

static struct notifier_block device_block = { .notifier_call = device_event };

static void namespace_ends(struct net *net)
{
	lore_rs_namespace_gone(watch_context, net);
}

static struct pernet_operations namespace_ops = { .exit = namespace_ends };

int lore_net_watch(void *context)
{
	int err;

	watch_context = context;
	err = register_pernet_subsys(&namespace_ops);
	if (err)
		return err;
	err = register_netdevice_notifier(&device_block);
	if (err)
		unregister_pernet_subsys(&namespace_ops);
	return err;
}

void lore_net_unwatch(void)
{
	unregister_netdevice_notifier(&device_block);
	unregister_pernet_subsys(&namespace_ops);
}

#else

void lore_rtnl_lock(void)
{
}

void lore_rtnl_unlock(void)
{
}

int lore_net_watch(void *context)
{
	return 0;
}

void lore_net_unwatch(void)
{
}

#endif
