// SPDX-License-Identifier: GPL-2.0
/*
 * Packets, as the extension of a network hook sees them: from skb->data on. None of these sleeps.
 */
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/kernel.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/checksum.h>

#include "packet.h"

#ifdef CONFIG_NET

/* Bytes that go by way of the stack at once. */
#define BATCH 256

void lore_packet_info(const struct lore_packet *packet, struct lore_packet_info *out)
{
	const struct sk_buff *skb = skb_of(packet);

	*out = (struct lore_packet_info) {
		.len = skb->len,
		.protocol = ntohs(skb->protocol),
		.device = skb->dev ? skb->dev->ifindex : skb->skb_iif,
		.network_at = max(skb_network_offset(skb), 0),
	};
}

/* How many bytes there are from an offset on, at most `len`. */
static u32 available(const struct sk_buff *skb, u32 offset, u32 len)
{
	return offset < skb->len ? min(len, skb->len - offset) : 0;
}

/* Bytes of a packet in any pieces, to memory of the kernel: 0, or -EFAULT when it has none there. */
int lore_packet_bits(const struct lore_packet *packet, u32 offset, void *to, u32 len)
{
	return skb_copy_bits(skb_of(packet), offset, to, len);
}

/*
 * What the kernel has checked of an IP header it goes by afterwards: version and length of the header. A packet at a
 * device has its link header in front still, and is checked later.
 */
static bool keeps_header(const struct sk_buff *skb, u32 offset, u8 first)
{
	return offset || skb_network_offset(skb) || *skb->data == first;
}

/* From an address of a window: 0, -EINVAL, -ENOMEM, or -EFAULT when it was not mapped to the end. */
int lore_packet_write(struct lore_packet *packet, u32 offset, unsigned long from, u32 len)
{
	struct sk_buff *skb = skb_of(packet);
	u8 batch[BATCH];
	u32 part, done;

	if (available(skb, offset, len) != len || skb_shared(skb))
		return -EINVAL;
	if (skb_ensure_writable(skb, offset + len))
		return -ENOMEM;
	for (done = 0; done < len; done += part) {
		part = min_t(u32, len - done, BATCH);
		if (copy_from_kernel_nofault(batch, (void *)from + done, part))
			return -EFAULT;
		if (!keeps_header(skb, offset + done, batch[0]))
			return -EINVAL;
		memcpy(skb->data + offset + done, batch, part);
	}
	/* A sum that the device has made is of the old bytes. */
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	return 0;
}

long lore_packet_checksum(const struct lore_packet *packet, u32 offset, u32 len)
{
	const struct sk_buff *skb = skb_of(packet);

	if (available(skb, offset, len) != len)
		return -EINVAL;
	return ntohs((__force __be16)~csum_fold(skb_checksum(skb, offset, len, 0)));
}

/* Headers that the kernel has found must stay in the packet. */
static u32 len_min(const struct sk_buff *skb)
{
	int min = max(skb_network_offset(skb), 0);

	if (skb_transport_header_was_set(skb))
		min = max(min, skb_transport_offset(skb));
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		min = max(min, skb_checksum_start_offset(skb) + skb->csum_offset + (int)sizeof(__sum16));
	return min;
}

int lore_packet_resize(struct lore_packet *packet, u32 len)
{
	struct sk_buff *skb = skb_of(packet);
	u32 max = skb->dev ? skb->dev->mtu + skb->dev->hard_header_len : skb->len;

	if (skb_shared(skb) || skb_is_gso(skb) || len < len_min(skb))
		return -EINVAL;
	if (len > skb->len && len > max)
		return -EINVAL;
	if (len < skb->len) {
		if (skb_unclone(skb, GFP_ATOMIC) || pskb_trim_rcsum(skb, len))
			return -ENOMEM;
		return 0;
	}
	/* All of it in one piece, of this packet alone, with room behind it. */
	if (skb_ensure_writable(skb, skb->len) || skb_linearize(skb))
		return -ENOMEM;
	if (len - skb->len > skb_tailroom(skb) &&
	    pskb_expand_head(skb, 0, len - skb->len - skb_tailroom(skb), GFP_ATOMIC))
		return -ENOMEM;
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	skb_put_zero(skb, len - skb->len);
	return 0;
}

struct lore_packet *lore_packet_clone(const struct lore_packet *packet)
{
	return (struct lore_packet *)skb_clone(skb_of(packet), GFP_ATOMIC | __GFP_NOWARN);
}

/*
 * A clone that outlives the hook: its device, its route and what is tracked of its connection are only there, or only to be
 * held, for as long as the hook is called. The device's number stays, by which it came.
 */
void lore_packet_forget_way(struct lore_packet *packet)
{
	struct sk_buff *skb = skb_of(packet);

	skb->skb_iif = skb->dev ? skb->dev->ifindex : skb->skb_iif;
	skb->dev = NULL;
	skb_dst_drop(skb);
	skb_ext_reset(skb);
	nf_reset_ct(skb);
	nf_reset_trace(skb);
}

void lore_packet_put(struct lore_packet *packet)
{
	kfree_skb(skb_of(packet));
}

#else

void lore_packet_forget_way(struct lore_packet *packet)
{
}

/* Without a network no hook ever lends a packet. */
void lore_packet_info(const struct lore_packet *packet, struct lore_packet_info *out)
{
}

int lore_packet_bits(const struct lore_packet *packet, u32 offset, void *to, u32 len)
{
	return -EFAULT;
}

int lore_packet_write(struct lore_packet *packet, u32 offset, unsigned long from, u32 len)
{
	return -EINVAL;
}

long lore_packet_checksum(const struct lore_packet *packet, u32 offset, u32 len)
{
	return -EINVAL;
}

int lore_packet_resize(struct lore_packet *packet, u32 len)
{
	return -EINVAL;
}

struct lore_packet *lore_packet_clone(const struct lore_packet *packet)
{
	return NULL;
}

void lore_packet_put(struct lore_packet *packet)
{
}

#endif
