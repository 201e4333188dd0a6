// SPDX-License-Identifier: GPL-2.0
/* A rule of a firewall: nobody reaches port 23 by TCP. */

#include <lore.h>

#define TCP 6
#define TELNET 23

static uint64_t drop_telnet(lore_packet packet)
{
	unsigned char ip[20], port[4];

	/* At this hook a packet begins with its IP header, of which the kernel has checked the length. */
	if (lore_gate_packet_read(packet, 0, ip, sizeof ip) != sizeof ip || ip[9] != TCP)
		return LORE_PASS;
	/* Behind its options: source and destination. The first fragment alone has them. */
	if (lore_gate_packet_read(packet, (ip[0] & 15) * 4, port, sizeof port) != sizeof port)
		return LORE_PASS;
	return (port[2] << 8 | port[3]) == TELNET ? LORE_DROP : LORE_PASS;
}

LORE_ENTRY(LORE_HOOK_NETFILTER, drop_telnet);
