/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files about packets share.
 */
#ifndef LORE_PACKET_H
#define LORE_PACKET_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/dst.h>
#include <net/sock.h>

#include "shim.h"

static inline struct sk_buff *skb_of(const struct lore_packet *packet)
{
	return (struct sk_buff *)packet;
}

/* A packet that a hook is called for, or a clone of it, has a device, a socket, or at least a way to go; one that was kept none. */
static inline struct net *net_of(const struct sk_buff *skb)
{
	if (skb->dev)
		return dev_net(skb->dev);
	if (skb->sk)
		return sock_net(skb->sk);
	return skb_dst(skb) ? dev_net(skb_dst(skb)->dev) : NULL;
}

#endif
