/* SPDX-License-Identifier: GPL-2.0 */
/* The tracepoint of lore_guest.c. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM lore_guest

#if !defined(LORE_GUEST_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define LORE_GUEST_TRACE_H

#include <linux/tracepoint.h>

TRACE_EVENT(lore_guest,
	TP_PROTO(unsigned int number, void *pointer),
	TP_ARGS(number, pointer),
	TP_STRUCT__entry(__field(unsigned int, number)),
	TP_fast_assign(__entry->number = number;),
	TP_printk("%u", __entry->number)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE lore_guest_trace
#include <trace/define_trace.h>
