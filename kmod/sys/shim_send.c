// SPDX-License-Identifier: GPL-2.0
/*
 * Clones of packets on a way of their own. The network takes them from the gate itself, as it does from an eBPF program: its
 * queues are locked by nobody who calls a hook of ours, and what comes back to such a hook finds the seat taken, so it
 * goes no deeper than once. Both functions take the packet over, whatever they answer.
 */
#include <linux/if_ether.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>

#include "packet.h"

#ifdef CONFIG_INET

/* Its own bytes and headers from here on; -ENOMEM without memory. Sums that a device has made say nothing on the way out. */
static int make_own(struct sk_buff *skb, u32 headers, u32 room)
{
	if (skb_ensure_writable(skb, headers) || skb_cow_head(skb, room))
		return -ENOMEM;
	skb_forward_csum(skb);
	skb_clear_tstamp(skb);
	lore_packet_forget_way((struct lore_packet *)skb);
	return 0;
}

static int transmit(struct sk_buff *skb, u32 index)
{
	struct net *net = net_of(skb);
	struct net_device *device = net ? dev_get_by_index_rcu(net, index) : NULL;
	int err;

	if (!device || !(READ_ONCE(device->flags) & IFF_UP))
		return -ENOENT;
	/* With a link header where there is one, and only there. */
	if (!skb_network_offset(skb) != !device->hard_header_len || skb->len <= device->hard_header_len)
		return -EINVAL;
	if (!is_skb_forwardable(device, skb))
		return -EMSGSIZE;
	err = make_own(skb, device->hard_header_len, 0);
	if (err)
		return err;
	skb_reset_mac_header(skb);
	skb->dev = device;
	dev_queue_xmit(skb);
	return 1;
}

static int route4(struct net *net, struct sk_buff *skb)
{
	struct flowi4 flow = { .flowi4_flags = FLOWI_FLAG_ANYSRC };
	const struct iphdr *header;
	struct rtable *way;
	int err;

	if (!pskb_may_pull(skb, sizeof(*header)))
		return -EINVAL;
	header = ip_hdr(skb);
	if (header->version != 4 || header->ihl < 5 || !pskb_may_pull(skb, ip_hdrlen(skb)) || skb->len > IP_MAX_MTU)
		return -EINVAL;
	err = make_own(skb, ip_hdrlen(skb), 0);
	if (err)
		return err;
	header = ip_hdr(skb);
	flow.daddr = header->daddr;
	flow.saddr = header->saddr;
	flow.flowi4_proto = header->protocol;
	way = ip_route_output_flow(net, &flow, NULL);
	if (IS_ERR(way))
		return -ENOENT;
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	skb_dst_set(skb, &way->dst);
	ip_local_out(net, NULL, skb);
	return 1;
}

static int route6(struct net *net, struct sk_buff *skb)
{
#if IS_ENABLED(CONFIG_IPV6)
	struct flowi6 flow = {};
	const struct ipv6hdr *header;
	struct dst_entry *way;
	int err;

	if (!pskb_may_pull(skb, sizeof(*header)) || ipv6_hdr(skb)->version != 6)
		return -EINVAL;
	err = make_own(skb, sizeof(*header), 0);
	if (err)
		return err;
	header = ipv6_hdr(skb);
	flow.daddr = header->daddr;
	flow.saddr = header->saddr;
	flow.flowi6_proto = header->nexthdr;
	way = ip6_route_output(net, NULL, &flow);
	if (way->error) {
		dst_release(way);
		return -ENOENT;
	}
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	skb_dst_set(skb, way);
	ip6_local_out(net, NULL, skb);
	return 1;
#else
	return -EINVAL;
#endif
}

static int route(struct sk_buff *skb)
{
	struct net *net = net_of(skb);

	if (!net)
		return -ENOENT;
	if (skb_network_offset(skb))
		return -EINVAL;
	switch (skb->protocol) {
	case htons(ETH_P_IP):
		return route4(net, skb);
	case htons(ETH_P_IPV6):
		return route6(net, skb);
	}
	return -EINVAL;
}

/* What was not sent is freed here. */
static int ended(struct sk_buff *skb, int sent)
{
	rcu_read_unlock();
	if (sent > 0)
		return 0;
	kfree_skb(skb);
	return sent;
}

int lore_packet_transmit(struct lore_packet *packet, u32 device)
{
	rcu_read_lock();
	return ended(skb_of(packet), transmit(skb_of(packet), device));
}

int lore_packet_route(struct lore_packet *packet)
{
	rcu_read_lock();
	return ended(skb_of(packet), route(skb_of(packet)));
}

#else

int lore_packet_transmit(struct lore_packet *packet, u32 device)
{
	lore_packet_put(packet);
	return -ENOENT;
}

int lore_packet_route(struct lore_packet *packet)
{
	lore_packet_put(packet);
	return -ENOENT;
}

#endif
