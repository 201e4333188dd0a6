/* SPDX-License-Identifier: GPL-2.0 */
/* <assert.h>: a condition that does not hold ends the activation, and its record says which. */
#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#include <lore.h>
#define assert(condition) \
	((condition) ? (void)0 : lore_abort(__LINE__, __FILE__ ": " #condition))
#endif
