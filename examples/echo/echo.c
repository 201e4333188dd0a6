// SPDX-License-Identifier: GPL-2.0
/* Answers UDP on port 7 out of the device's receive path: no socket, no program. */

#include <lore.h>
#include <string.h>

#define ETHERNET 14
#define IP 20
#define UDP 8
#define PORT 7

static void swap(unsigned char *a, unsigned char *b, size_t len)
{
	while (len--) {
		unsigned char byte = *a;

		*a++ = *b;
		*b++ = byte;
	}
}

static uint64_t echo(lore_packet packet)
{
	unsigned char head[ETHERNET + IP + UDP];
	unsigned char *ip = head + ETHERNET, *udp = ip + IP;

	if (lore_gate_packet_read(packet, 0, head, sizeof head) != sizeof head)
		return LORE_PASS;
	/* IPv4 without options, not a fragment, UDP, to our port and not from it: two such hosts would never end. */
	if (head[12] != 8 || head[13] != 0 || ip[0] != 0x45 || (ip[6] & 0x3f) || ip[7] || ip[9] != 17)
		return LORE_PASS;
	if (udp[2] != 0 || udp[3] != PORT || (udp[0] == 0 && udp[1] == PORT))
		return LORE_PASS;
	/* Both checksums are sums, so they stay right when two of the words that they add up change places. */
	swap(head, head + 6, 6);
	swap(ip + 12, ip + 16, 4);
	swap(udp, udp + 2, 2);
	if (lore_gate_packet_write(packet, 0, head, sizeof head))
		return LORE_PASS;
	return LORE_REPLY;
}

LORE_ENTRY(LORE_HOOK_NETDEV, echo);
