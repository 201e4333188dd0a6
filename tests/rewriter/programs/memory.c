// SPDX-License-Identifier: GPL-2.0
// The functions that compilers call on their own.
typedef __SIZE_TYPE__ size_t;

void *memcpy(void *to, const void *from, size_t len)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	for (; len; len--)
		*t++ = *f++;
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if (t < f)
		return memcpy(to, from, len);
	while (len--)
		t[len] = f[len];
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	unsigned char *t = to;

	while (len--)
		*t++ = (unsigned char)byte;
	return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	for (; len; len--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

int __popcountdi2(unsigned long long value)
{
	int count = 0;

	for (; value; value &= value - 1)
		count++;
	return count;
}
