// SPDX-License-Identifier: GPL-2.0
/*
 * Sockets of TCP and UDP, by counted references. None of these sleeps; they are for tasks and softirqs, not for hard
 * interrupts, since the last reference of a socket takes it apart.
 *
 * A look-up may find less than a whole socket: a request for a connection, or one that waits out its time. Those have the
 * common fields and nothing else; sock_gen_put() knows them apart.
 */
#include <linux/cred.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/skbuff.h>
#include <linux/uaccess.h>
#include <linux/udp.h>
#include <linux/unaligned.h>
#include <linux/user_namespace.h>
#include <net/inet6_hashtables.h>
#include <net/inet_hashtables.h>
#include <net/inet_timewait_sock.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/request_sock.h>
#include <net/route.h>
#include <net/sock.h>
#include <net/udp.h>

#include "packet.h"

#ifdef CONFIG_INET

/* A user that there is none of. */
#define NOBODY ((u32)-1)

static struct sock *sk_of(const struct lore_socket *socket)
{
	return (struct sock *)socket;
}

static struct in6_addr address6(u64 high, u64 low)
{
	struct in6_addr address;

	put_unaligned_be64(high, &address.s6_addr[0]);
	put_unaligned_be64(low, &address.s6_addr[8]);
	return address;
}

/* Under RCU, with a reference or NULL. */
static struct sock *counted(struct sock *sk)
{
	return sk && refcount_inc_not_zero(&sk->sk_refcnt) ? sk : NULL;
}

static struct sock *find4(struct net *net, const struct lore_socket_ends *ends, int device)
{
	__be32 local = htonl(ends->local_low), remote = htonl(ends->remote_low);
	__be16 port = htons(ends->local_port), remote_port = htons(ends->remote_port);

	if (ends->protocol == IPPROTO_TCP)
		return inet_lookup(net, NULL, 0, remote, remote_port, local, port, device);
	return counted(__udp4_lib_lookup(net, remote, remote_port, local, port, device, 0, NULL));
}

static struct sock *find6(struct net *net, const struct lore_socket_ends *ends, int device)
{
#if IS_ENABLED(CONFIG_IPV6)
	struct in6_addr local = address6(ends->local_high, ends->local_low);
	struct in6_addr remote = address6(ends->remote_high, ends->remote_low);
	__be16 port = htons(ends->local_port), remote_port = htons(ends->remote_port);

	if (ends->protocol == IPPROTO_TCP)
		return inet6_lookup(net, NULL, 0, &remote, remote_port, &local, port, device);
	return counted(__udp6_lib_lookup(net, &remote, remote_port, &local, port, device, 0, NULL));
#else
	return NULL;
#endif
}

/* Whether the addresses are of the version. */
static bool makes_sense(const struct lore_socket_ends *ends)
{
	if (ends->version == 6)
		return true;
	return ends->version == 4 && !ends->local_high && !ends->remote_high && ends->local_low <= U32_MAX &&
	       ends->remote_low <= U32_MAX;
}

static int find(struct net *net, const struct lore_socket_ends *ends, int device, struct lore_socket **out)
{
	struct sock *sk;

	if (!makes_sense(ends) || (ends->protocol != IPPROTO_TCP && ends->protocol != IPPROTO_UDP))
		return -EINVAL;
	rcu_read_lock();
	sk = ends->version == 4 ? find4(net, ends, device) : find6(net, ends, device);
	rcu_read_unlock();
	*out = (struct lore_socket *)sk;
	return sk ? 0 : -ENOENT;
}

/* For the current task, which asks. */
int lore_socket_find(const struct lore_socket_ends *ends, struct lore_socket **out)
{
	struct nsproxy *spaces = current->nsproxy;

	return spaces ? find(spaces->net_ns, ends, 0, out) : -ENOENT;
}

int lore_socket_find_at(const struct lore_packet *packet, const struct lore_socket_ends *ends,
			struct lore_socket **out)
{
	const struct sk_buff *skb = skb_of(packet);
	struct net *net = net_of(skb);

	return net ? find(net, ends, skb->dev ? skb->dev->ifindex : 0, out) : -ENOENT;
}

/*
 * The packet keeps the memory; a socket that nobody counts any more is as good as none. One that came from another namespace
 * has its sender's still, which is none of the extension's.
 */
struct lore_socket *lore_socket_of_packet(const struct lore_packet *packet)
{
	const struct sk_buff *skb = skb_of(packet);
	struct sock *sk = skb->sk;

	if (!sk || (sk->sk_family != AF_INET && sk->sk_family != AF_INET6))
		return NULL;
	if (skb->dev && !net_eq(sock_net(sk), dev_net(skb->dev)))
		return NULL;
	return (struct lore_socket *)counted(sk);
}

void lore_socket_put(struct lore_socket *socket)
{
	sock_gen_put(sk_of(socket));
}

static u32 user_of(const struct sock *sk)
{
	if (sk->sk_state == TCP_NEW_SYN_RECV)
		sk = inet_reqsk(sk)->rsk_listener;
	return sk && sk_fullsock(sk) ? from_kuid(&init_user_ns, sk_uid(sk)) : NOBODY;
}

void lore_socket_info(const struct lore_socket *socket, struct lore_socket_info *out)
{
	const struct sock *sk = sk_of(socket);

	*out = (struct lore_socket_info) {
		.version = 4,
		.protocol = sk_fullsock(sk) ? sk->sk_protocol : IPPROTO_TCP,
		.local_port = READ_ONCE(sk->sk_num),
		.remote_port = ntohs(READ_ONCE(sk->sk_dport)),
		.state = READ_ONCE(sk->sk_state),
		.user = user_of(sk),
		.local_low = ntohl(READ_ONCE(sk->sk_rcv_saddr)),
		.remote_low = ntohl(READ_ONCE(sk->sk_daddr)),
	};
#if IS_ENABLED(CONFIG_IPV6)
	if (sk->sk_family == AF_INET6) {
		out->version = 6;
		out->local_high = get_unaligned_be64(&sk->sk_v6_rcv_saddr.s6_addr[0]);
		out->local_low = get_unaligned_be64(&sk->sk_v6_rcv_saddr.s6_addr[8]);
		out->remote_high = get_unaligned_be64(&sk->sk_v6_daddr.s6_addr[0]);
		out->remote_low = get_unaligned_be64(&sk->sk_v6_daddr.s6_addr[8]);
	}
#endif
}

/* Sending */

/*
 * A datagram is made by hand and handed to the network, as the kernel's own answers are: the usual way would wait for the
 * socket's lock and for memory. A closed socket is told by what its end leaves behind; one that ends meanwhile lends its
 * numbers once more.
 */
static int may_send(const struct sock *sk)
{
	/* The kernel's own sockets do not keep their namespace. */
	if (!sk_fullsock(sk) || sk->sk_protocol != IPPROTO_UDP || sk->sk_type != SOCK_DGRAM || !sk->sk_net_refcnt)
		return -EINVAL;
	if (sock_flag(sk, SOCK_DEAD) || !READ_ONCE(inet_sk(sk)->inet_num) || READ_ONCE(sk->sk_shutdown) & SEND_SHUTDOWN)
		return -ENOENT;
	return 0;
}

/* Room for headers of `headers` bytes, and the bytes behind them, read from an address of a window. */
static struct sk_buff *datagram(struct sock *sk, u32 headers, unsigned long from, u32 len, __be16 to)
{
	struct sk_buff *skb = alloc_skb(headers + sizeof(struct udphdr) + len, GFP_ATOMIC | __GFP_NOWARN);
	struct udphdr *header;

	if (!skb)
		return ERR_PTR(-ENOMEM);
	skb_reserve(skb, headers + sizeof(struct udphdr));
	if (copy_from_kernel_nofault(skb_put(skb, len), (void *)from, len)) {
		kfree_skb(skb);
		return ERR_PTR(-EFAULT);
	}
	if (refcount_read(&sk->sk_wmem_alloc) + skb->truesize > READ_ONCE(sk->sk_sndbuf)) {
		kfree_skb(skb);
		return ERR_PTR(-EAGAIN);
	}
	header = skb_push(skb, sizeof(*header));
	skb_reset_transport_header(skb);
	*header = (struct udphdr) {
		.source = inet_sk(sk)->inet_sport,
		.dest = to,
		.len = htons(skb->len),
	};
	skb->priority = READ_ONCE(sk->sk_priority);
	skb->mark = READ_ONCE(sk->sk_mark);
	skb_set_owner_w(skb, sk);
	return skb;
}

static int send4(struct sock *sk, __be32 to, __be16 port, unsigned long from, u32 len)
{
	const struct inet_sock *inet = inet_sk(sk);
	struct net *net = sock_net(sk);
	struct flowi4 flow = {
		.flowi4_oif = READ_ONCE(sk->sk_bound_dev_if),
		.flowi4_mark = READ_ONCE(sk->sk_mark),
		.flowi4_proto = IPPROTO_UDP,
		.flowi4_flags = inet_sk_flowi_flags(sk),
		.flowi4_uid = sk_uid(sk),
		.daddr = to,
		.saddr = READ_ONCE(inet->inet_saddr),
		.fl4_dport = port,
		.fl4_sport = inet->inet_sport,
	};
	struct rtable *way;
	struct sk_buff *skb;
	struct iphdr *header;

	if (!to || ipv4_is_multicast(to) || ipv4_is_lbcast(to))
		return -EINVAL;
	security_sk_classify_flow(sk, flowi4_to_flowi_common(&flow));
	way = ip_route_output_flow(net, &flow, sk);
	if (IS_ERR(way))
		return -ENOENT;
	if (way->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) {
		ip_rt_put(way);
		return -EINVAL;
	}
	if (len + sizeof(struct udphdr) + sizeof(*header) > dst_mtu(&way->dst)) {
		ip_rt_put(way);
		return -EMSGSIZE;
	}
	skb = datagram(sk, LL_RESERVED_SPACE(way->dst.dev) + sizeof(*header), from, len, port);
	if (IS_ERR(skb)) {
		ip_rt_put(way);
		return PTR_ERR(skb);
	}
	udp_set_csum(false, skb, flow.saddr, flow.daddr, skb->len);
	header = skb_push(skb, sizeof(*header));
	skb_reset_network_header(skb);
	*header = (struct iphdr) {
		.version = 4,
		.ihl = sizeof(*header) / 4,
		.tos = READ_ONCE(inet->tos),
		.frag_off = htons(IP_DF),
		.ttl = ip4_dst_hoplimit(&way->dst),
		.protocol = IPPROTO_UDP,
		.saddr = flow.saddr,
		.daddr = flow.daddr,
	};
	skb_dst_set(skb, &way->dst);
	ip_local_out(net, sk, skb);
	return 0;
}

#if IS_ENABLED(CONFIG_IPV6)

static int send6(struct sock *sk, struct in6_addr to, __be16 port, unsigned long from, u32 len)
{
	struct net *net = sock_net(sk);
	struct flowi6 flow = {
		.flowi6_oif = READ_ONCE(sk->sk_bound_dev_if),
		.flowi6_mark = READ_ONCE(sk->sk_mark),
		.flowi6_proto = IPPROTO_UDP,
		.flowi6_uid = sk_uid(sk),
		.daddr = to,
		.saddr = inet6_sk(sk)->saddr,
		.fl6_dport = port,
		.fl6_sport = inet_sk(sk)->inet_sport,
	};
	struct dst_entry *way;
	struct sk_buff *skb;

	if (ipv6_addr_any(&to) || ipv6_addr_is_multicast(&to) || ipv6_addr_v4mapped(&to))
		return -EINVAL;
	security_sk_classify_flow(sk, flowi6_to_flowi_common(&flow));
	way = ip6_dst_lookup_flow(net, sk, &flow, NULL);
	if (IS_ERR(way))
		return -ENOENT;
	if (len + sizeof(struct udphdr) + sizeof(struct ipv6hdr) > dst_mtu(way)) {
		dst_release(way);
		return -EMSGSIZE;
	}
	skb = datagram(sk, LL_RESERVED_SPACE(way->dev) + sizeof(struct ipv6hdr), from, len, port);
	if (IS_ERR(skb)) {
		dst_release(way);
		return PTR_ERR(skb);
	}
	udp6_set_csum(false, skb, &flow.saddr, &flow.daddr, skb->len);
	skb_dst_set(skb, way);
	ip6_xmit(sk, skb, &flow, skb->mark, NULL, 0, skb->priority);
	return 0;
}

#endif

/* From an address of a window, which may be unmapped. */
int lore_socket_send(struct lore_socket *socket, const struct lore_socket_ends *to, unsigned long from, u32 len)
{
	struct sock *sk = sk_of(socket);
	bool connected = !to->remote_port;
	__be16 port = connected ? READ_ONCE(sk->sk_dport) : htons(to->remote_port);
	int err = may_send(sk);

	if (err)
		return err;
	if (!makes_sense(to) || !port)
		return -EINVAL;
	err = -EINVAL;
	rcu_read_lock();
	if (to->version == 4 && sk->sk_family == AF_INET)
		err = send4(sk, connected ? READ_ONCE(sk->sk_daddr) : htonl(to->remote_low), port, from, len);
#if IS_ENABLED(CONFIG_IPV6)
	if (to->version == 6 && sk->sk_family == AF_INET6)
		err = send6(sk, connected ? sk->sk_v6_daddr : address6(to->remote_high, to->remote_low), port, from,
			    len);
#endif
	rcu_read_unlock();
	return err;
}

#else

int lore_socket_find(const struct lore_socket_ends *ends, struct lore_socket **out)
{
	return -ENOENT;
}

int lore_socket_find_at(const struct lore_packet *packet, const struct lore_socket_ends *ends,
			struct lore_socket **out)
{
	return -ENOENT;
}

struct lore_socket *lore_socket_of_packet(const struct lore_packet *packet)
{
	return NULL;
}

void lore_socket_put(struct lore_socket *socket)
{
}

void lore_socket_info(const struct lore_socket *socket, struct lore_socket_info *out)
{
}

int lore_socket_send(struct lore_socket *socket, const struct lore_socket_ends *to, unsigned long from, u32 len)
{
	return -ENOENT;
}

#endif
