/* SPDX-License-Identifier: GPL-2.0 */
/* BSD's lists, in an arena: the pointer to a pointer leads there too, and the kernel may end the search. */
#include_next <sys/queue.h>

#undef LIST_ENTRY
#define LIST_ENTRY(type)                   \
	struct {                           \
		struct type *le_next;      \
		struct type *MEM *le_prev; \
	}
#undef LIST_FOREACH
#define LIST_FOREACH(var, head, field) for ((var) = LIST_FIRST((head)); (var) && CAN_LOOP; (var) = LIST_NEXT((var), field))
