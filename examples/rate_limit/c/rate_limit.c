// SPDX-License-Identifier: GPL-2.0
/*
 * Pings, but not too many: each sender may send BURST at once, and one more for each PERIOD that has passed. What is above
 * that is dropped. Senders that share a bucket share its limit.
 */

#include <lore.h>

#define ICMP 1
#define ECHO_REQUEST 8

#define BURST 5
#define PERIOD 30000000000	/* nanoseconds */
#define BUCKETS 1024

static struct bucket {
	uint64_t since;	/* when its first token came back last; 0: it is full */
	uint32_t taken;
} buckets[BUCKETS];
static uint32_t lock;

/* Whether a sender may send at a time; takes a token if so. */
static int may_send(struct bucket *bucket, uint64_t now)
{
	uint64_t back = (now - bucket->since) / PERIOD;

	if (back >= bucket->taken)
		*bucket = (struct bucket){ now, 0 };
	else
		*bucket = (struct bucket){ bucket->since + back * PERIOD, bucket->taken - back };
	if (bucket->taken == BURST)
		return 0;
	bucket->taken++;
	return 1;
}

static uint64_t rate_limit(lore_packet packet)
{
	unsigned char ip[20], type;
	uint32_t sender;
	lore_lock held;
	int may;

	if (lore_gate_packet_read(packet, 0, ip, sizeof ip) != sizeof ip || ip[9] != ICMP)
		return LORE_PASS;
	if (lore_gate_packet_read(packet, (ip[0] & 15) * 4, &type, 1) != 1 || type != ECHO_REQUEST)
		return LORE_PASS;
	sender = ip[12] << 24 | ip[13] << 16 | ip[14] << 8 | ip[15];
	held = lore_lock_take(&lock);
	if (lore_is_error(held.handle))
		return LORE_PASS;
	may = may_send(&buckets[sender % BUCKETS], lore_gate_time_now());
	lore_gate_lock_drop(held);
	return may ? LORE_PASS : LORE_DROP;
}

LORE_ENTRY(LORE_HOOK_NETFILTER, rate_limit);
LORE_PLACE(rate_limit, "netfilter/ipv4/local-in");
