// SPDX-License-Identifier: GPL-2.0
/*
 * What C++ calls by itself, without exceptions, RTTI and a library: `new`, `delete`, pure virtual functions. The names
 * are those of the Itanium C++ ABI, which AArch64 follows.
 */

#include <lore.h>
#include <stdlib.h>

/* Without exceptions nobody looks at a null pointer from `new`, so it ends the activation. */
static void *allocate(size_t len)
{
	void *block = malloc(len);

	if (!block)
		lore_abort(0, "operator new: no memory");
	return block;
}

/* operator new(size_t) */
void *_Znwm(size_t len)
{
	return allocate(len);
}

/* operator new[](size_t) */
void *_Znam(size_t len)
{
	return allocate(len);
}

/* operator delete(void *) */
void _ZdlPv(void *block)
{
	free(block);
}

/* operator delete(void *, size_t) */
void _ZdlPvm(void *block, size_t len)
{
	free(block);
}

/* operator delete[](void *) */
void _ZdaPv(void *block)
{
	free(block);
}

/* operator delete[](void *, size_t) */
void _ZdaPvm(void *block, size_t len)
{
	free(block);
}

void __cxa_pure_virtual(void)
{
	lore_abort(0, "a pure virtual function was called");
}
