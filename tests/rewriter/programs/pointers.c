// SPDX-License-Identifier: GPL-2.0
// Numbers that are pointers at times, and pointers that are numbers: whoever puts a value inside the window, or writes half of it,
// changes what these print. Addresses differ from run to run, so only what does not depend on them is printed.
#include "program.h"

typedef __UINTPTR_TYPE__ word;

struct item {
	u64 hash;
	struct item *next;
	word link;
	u32 value, flags;
};

union either {
	const u32 *at;
	word bits;
};

enum { COUNT = 64 };

static const word MINUS_ONE = ~(word)0;
static struct item items[COUNT];
static u32 numbers[4 * COUNT];
static word slots[8];

/* What the compiler cannot see through: what is behind it may be any number. */
static inline word hide(word value)
{
	__asm__ volatile("" : "+r"(value));
	return value;
}

static inline word load(const word *slot)
{
	return *(const volatile word *)slot;
}

static inline u32 at(word address)
{
	return *(const u32 *)address;
}

/* A pointer on one way, a number of 64 bits on the other. */
static NOINLINE u64 either_way(const word *slot, u32 is_number)
{
	word value = load(slot);

	if (is_number)
		return value * 3;
	return at(value) + at(value + 4);
}

static NOINLINE u64 by_low_bit(const union either *of, u32 count)
{
	u64 sum = 0;

	for (u32 i = 0; i < count; i++) {
		if (of[i].bits & 1)
			sum = sum * 31 + (of[i].bits >> 1);
		else
			sum = sum * 31 + *of[i].at;
	}
	return sum;
}

static NOINLINE u64 by_upper_bits(const word *slot)
{
	word value = load(slot);

	return at(value & ~(word)0 >> 16) + (value >> 48) * 1000;
}

/* Not null, not all ones, so a pointer. */
static NOINLINE u64 unless_sentinel(const word *slot)
{
	word value = load(slot);

	if (value == MINUS_ONE)
		return 1;
	if (!value)
		return 2;
	return at(value) + 3;
}

/* The sentinel is found by its low half, the upper one tells two of them apart. */
static NOINLINE u64 two_sentinels(const word *slot)
{
	word value = load(slot);

	if ((u32)value == 0xffffffff)
		return value == MINUS_ONE ? 1 : 2;
	return at(value);
}

/* Null is what the sum is compared with, the number itself is told. */
static NOINLINE u64 null_behind(const word *slot)
{
	word value = load(slot), sum = value + 16;

	if (!sum)
		return value;
	return at(sum) + at(sum + 8);
}

static NOINLINE u64 null_before(const word *slot, word *copy)
{
	word value = load(slot), sum = value - 24;

	if (!sum)
		return value;
	*copy = value;
	return at(sum);
}

/* An address far below the window, and from there back. */
static NOINLINE u64 far_below(const word *slot, word *copy)
{
	word value = load(slot);

	*copy = value;
	return at(value + 0x800000) + at(value + 0x800008);
}

static NOINLINE u64 far_above(word *slot)
{
	word value = load(slot), sum = value - 0xff0000000ul;
	u32 first = at(sum);

	*slot = value + first;
	return first;
}

/* Steps whose number nobody knows: compared is what may lie anywhere. */
static NOINLINE u64 in_steps(const word *slot, word until)
{
	word value = load(slot);
	u32 turns = 0;

	do {
		value -= 1 << 20;
		turns++;
	} while (hide(value) > until);
	return at(value) + turns * 1000;
}

static NOINLINE u64 in_steps_up(word value, word until)
{
	u32 turns = 0;

	while (1) {
		word next = value + (1 << 20);

		turns++;
		if ((s64)value >= (s64)until)
			return at(next) + turns * 1000;
		value = hide(next);
	}
}

/* A list by the exclusive or of its neighbours. */
static NOINLINE u64 both_ways(const struct item *first, const struct item *last)
{
	const struct item *here = first;
	word before = 0;
	u64 sum = 0;

	for (int way = 0; way < 2; way++) {
		while (here) {
			word next = here->link ^ before;

			sum = sum * 7 + here->value + (next == 0);
			before = (word)here;
			here = (const struct item *)next;
		}
		here = last;
		before = 0;
	}
	return sum;
}

/* One pointer runs, the other is a difference away, which may be below zero. */
static NOINLINE void copy_by_difference(u32 *to, const u32 *from, u32 count)
{
	word away = hide((word)to - (word)from);

	for (u32 i = 0; i < count; i++, from++)
		*(u32 *)((word)from + away) = *from * 2 + 1;
}

static NOINLINE u64 negative(const u32 *middle, s64 from, s64 until)
{
	u64 sum = 0;

	for (s64 i = from; i < until; i++)
		sum = sum * 5 + middle[i] + middle[-i];
	return sum;
}

static NOINLINE u64 wide(const u32 *middle, const s64 *index, u32 count)
{
	u64 sum = middle[0];

	for (u32 i = 0; i < count; i++)
		sum = sum * 5 + middle[((const volatile s64 *)index)[i]];
	return sum;
}

/* The index wraps at 32 bits, the sum with the base does not. */
static NOINLINE u64 wrapping(const u32 *base, u32 a, u32 b)
{
	return base[a - b] + base[(u8)(a - b - 1)] + base[(a + b) % 13];
}

/* Minus one is seen behind the loop. */
static NOINLINE u64 counted_down(const u32 *from, u64 count)
{
	u64 sum = 0;

	while (count--)
		sum = sum * 31 + from[count];
	return sum + count;
}

/* The base lies before all memory, as compressors keep it, and the indices bring it back. */
static NOINLINE u64 rebased(const word *base, const u32 *indices, u32 count)
{
	u64 sum = 0;

	for (u32 i = 0; i < count; i++)
		sum = sum * 31 + at(load(base) + indices[i]);
	return sum;
}

/* Accessed by in some turns only; it grows above 32 bits. */
static NOINLINE u64 in_some_turns(const u32 *from, u32 turns)
{
	u64 index = 0, sum = 0;

	for (u32 i = 0; i < turns; i++) {
		if (index < COUNT)
			sum = sum * 31 + from[index];
		index += 1 << 20;
	}
	return sum * 31 + index;
}

/* Stepped from what has been accessed by, which may begin below 0. */
static NOINLINE u64 until(const u32 *from, u32 what, u64 from_index)
{
	u64 index = from_index;

	while (from[index] != what)
		index++;
	return index * 0x100000001;
}

static NOINLINE u64 by_product(word base, s64 index, s64 stride)
{
	return at(base + index * stride) + at(base - index * stride) + (u64)(index * stride) / 16;
}

/* The base is none: only both together are an address, and each is told. */
static NOINLINE u64 in_halves(const word *parts)
{
	word a = load(parts), b = load(parts + 1);
	u32 sum = at(a + b);

	if (sum & 1)
		return (a >> 32) + b;
	return sum + (a & 0xff) + (b >> 40);
}

static NOINLINE u64 chosen(const word *slot, const u32 *other)
{
	word value = load(slot), address = value ? value : (word)other;

	return at(address) * 2 + (value == 0) + (value == MINUS_ONE - 7);
}

static NOINLINE u64 chosen_number(const word *slot, u64 limit)
{
	word value = load(slot), less = value < limit ? value : limit;

	if (less == limit)
		return less;
	return at(value);
}

static NOINLINE u64 bit_first(const word *slot)
{
	word value = load(slot);

	if (value >> 63)
		return ~value;
	if (value & 2)
		return value >> 2;
	return at(value & ~(word)1) + (value & 1);
}

/* Hashes beside pointers, both of 64 bits: one is compared, one is followed. */
static NOINLINE const struct item *found(const struct item *list, u64 hash)
{
	while (list && list->hash != hash)
		list = list->next;
	return list;
}

static NOINLINE u64 mixed(const struct item *list)
{
	u64 sum = 0;

	for (; list; list = list->next) {
		word other = list->flags & 1 ? list->hash : (word)list->next;

		sum = sum * 3 + (list->flags & 1 ? other : other != 0);
	}
	return sum;
}

static u32 twice(u32 value)
{
	return value * 2;
}

static u32 thrice(u32 value)
{
	return value * 3;
}

static u32 (*const functions[])(u32) = { twice, 0, thrice };

static NOINLINE u64 called(u32 (*const *table)(u32), u32 count)
{
	u64 sum = 0;

	for (u32 i = 0; i < count; i++) {
		u32 (*function)(u32) = ((u32 (*const volatile *)(u32))table)[i];

		sum = sum * 11 + (function ? function(i + 5) : 1) + (function == twice);
	}
	return sum;
}

/* What lives over a call: a pointer if the call says so. */
static NOINLINE u32 is_odd(u64 value)
{
	return hide(value) & 1;
}

static NOINLINE u64 over_calls(const word *all, u32 count)
{
	word value = load(all), last = value;
	u64 sum = 0;

	for (u32 i = 1; i <= count; i++) {
		if (is_odd(value))
			sum = sum * 3 + value;
		else if (value)
			sum = sum * 3 + at(value) + is_odd(at(value + 4));
		last = value;
		value = load(all + i);
	}
	return sum + (is_odd(last) ? last : at(last));
}

/* What a call leaves is a pointer where a small number was, and the index may be below zero. */
static NOINLINE const u32 *picked(u64 number)
{
	return numbers + hide(number);
}

static NOINLINE u64 behind_call(u64 unused, const s64 *index, u64 number)
{
	s64 away = *index;
	word address = (word)picked(number & 0xff);
	u32 sum = at(address + 4);

	(void)unused;
	return (sum + at(address + away)) & 0xffff;
}

/* A word that is a pointer behind the call, and told before it. */
static NOINLINE u64 told_before(const word *slot, word *to)
{
	word value = load(slot);

	*to = value * 3;
	if (is_odd(value))
		return *to;
	return at(value) + (*to == value * 3);
}

/* All that the callee does is access, and not before it has compared. */
static NOINLINE u64 callee(word value, u64 limit)
{
	if (value > limit)
		return value - limit;
	return at(value);
}

static NOINLINE u64 caller(const word *slot, u64 limit)
{
	word value = load(slot), copy = value;
	u64 first = callee(value, limit);

	return first + callee(copy, limit + 1) + (copy >> 60);
}

/* Ends are addresses, or numbers before there is one. */
static NOINLINE u64 until_end(const u32 *from, const u32 *end)
{
	u64 sum = 0;

	while (from != end)
		sum = sum * 3 + *from++;
	return sum + (from == end);
}

static NOINLINE u64 from_end(const u32 *from, const u32 *end)
{
	u64 sum = 0;

	while (end-- > from)
		sum = sum * 3 + *end;
	return sum;
}

/* Told by its bits after the loop has found no access for it. */
static NOINLINE u64 not_at_all(const word *slot, u32 turns)
{
	word value = load(slot);
	u64 sum = 0;

	for (u32 i = 0; i < turns; i++)
		sum += at(value + 4 * i);
	return turns ? sum : value;
}

static NOINLINE u64 nested(const word *slot, u32 outer, u32 inner)
{
	word value = load(slot);
	u64 sum = 0;

	for (u32 i = 0; i < outer; i++) {
		sum += value >> 33;
		for (u32 j = 0; j < inner; j++)
			sum += at(value + 4 * j);
	}
	return sum;
}

static NOINLINE u64 stored(word *to, const word *slot)
{
	word value = load(slot);

	to[0] = value;
	to[1] = value + 1;
	to[2] = -value;
	if (to[0] & 1)
		return to[2];
	return at(value) + (to[0] + to[2]) + (to[1] - value);
}

static NOINLINE word map(u32 is_there)
{
	return is_there ? (word)numbers : MINUS_ONE;
}

static NOINLINE u64 mapped(u32 is_there)
{
	word value = map(is_there);

	if ((s64)value < 0 && (s64)value > -4096)
		return -value;
	return at(value) + at(value + 12);
}

static void fill(void)
{
	u32 seed = 88172645u;

	for (u32 i = 0; i < 4 * COUNT; i++)
		numbers[i] = next_random(&seed) % 100000;
	for (u32 i = 0; i < COUNT; i++) {
		word before = i ? (word)&items[i - 1] : 0, next = i + 1 < COUNT ? (word)&items[i + 1] : 0;

		items[i] = (struct item){
			.hash = (u64)next_random(&seed) << 32 | i,
			.next = (struct item *)next,
			.link = before ^ next,
			.value = numbers[i] % 1000,
			.flags = numbers[i + 7],
		};
	}
}

static word slot(word value)
{
	return *(volatile word *)&slots[7] = value, (word)&slots[7];
}

#define SLOT(value) ((word *)slot(hide((word)(value))))

u64 run(struct context *c)
{
	static const u64 odd[] = { 1, 3, 0xfedcba9876543211, 0x8000000000000001, 0x100000001, 0xffffffff00000001 };
	static s64 wides[] = { -3, 5, -64, 63, 0 };
	word copy = 0, first, parts[2], all[8], to[3];
	u32 indices[6];
	union either eithers[8];

	fill();
	first = (word)&numbers[2 * COUNT];
	put(c, "either way", either_way(SLOT(first), 0) + either_way(SLOT(0xfedcba9876543210), 1));
	for (int i = 0; i < 6; i++) {
		eithers[i].bits = odd[i];
		put(c, "odd", by_low_bit(eithers, 1 + (u32)i));
		put(c, "bit first", bit_first(SLOT(odd[i] << 1)));
	}
	eithers[2].at = numbers + 9;
	eithers[6].at = numbers + 1;
	put(c, "low bit", by_low_bit(eithers, 7));
	put(c, "bit first", bit_first(SLOT(first | 1)) + bit_first(SLOT(first)));
	put(c, "upper bits", by_upper_bits(SLOT(first | (word)0xbeef << 48)));
	put(c, "sentinel", unless_sentinel(SLOT(MINUS_ONE)) * 10 + unless_sentinel(SLOT(0)));
	put(c, "no sentinel", unless_sentinel(SLOT(first)));
	put(c, "two", two_sentinels(SLOT(MINUS_ONE)) * 10 + two_sentinels(SLOT(0x12345678ffffffff)));
	put(c, "none of two", two_sentinels(SLOT(first)));
	put(c, "null behind", null_behind(SLOT(-16)));
	put(c, "behind", null_behind(SLOT(first - 16)));
	put(c, "null before", null_before(SLOT(24), &copy));
	put(c, "before", null_before(SLOT(first + 24), &copy) + (copy - first));
	put(c, "far below", far_below(SLOT(first - 0x800000), &copy) + (first - copy));
	slots[6] = hide(first + 0xff0000000ul);
	put(c, "far above", far_above(slots + 6));
	put(c, "and told", slots[6] - first);
	put(c, "steps", in_steps(SLOT(first + ((word)5 << 32)), first));
	put(c, "steps up", in_steps_up(hide(first - ((word)5 << 32)), first - (1 << 20)));
	put(c, "both ways", both_ways(items, items + COUNT - 1));
	copy_by_difference(numbers, numbers + COUNT, 20);
	copy_by_difference(numbers + COUNT, numbers + 5, 20);
	put(c, "copied", until_end(numbers, numbers + 2 * COUNT));
	put(c, "from end", from_end(numbers, numbers + COUNT) + from_end(numbers, numbers));
	put(c, "negative", negative(numbers + 2 * COUNT, -20, 20));
	put(c, "wide", wide(numbers + 2 * COUNT, wides, 5));
	put(c, "wrapping", wrapping(numbers, 3, 0xfffffffe));
	put(c, "counted down", counted_down(numbers, 40) + counted_down(numbers, hide(0)));
	for (u32 i = 0; i < 6; i++)
		indices[i] = 0xf0000000 + 4 * ((i * 7) % COUNT);
	put(c, "rebased", rebased(SLOT((word)numbers - 0xf0000000), indices, 6));
	put(c, "some turns", in_some_turns(numbers, 5000));
	put(c, "until", until(numbers, numbers[77], hide(0)) + until(numbers + 20, numbers[3], hide((word)-20)));
	put(c, "product", by_product(first, -7, 16) + by_product(first, 7, -16));
	parts[0] = hide(0xfedcba9800000010);
	for (u32 i = 0; i < 4; i++) {
		parts[1] = hide((word)&numbers[i] - parts[0]);
		put(c, "halves", (in_halves(parts) - (numbers[i] & 1 ? (parts[0] >> 32) + parts[1] : parts[1] >> 40)));
	}
	put(c, "chosen", chosen(SLOT(0), numbers) + chosen(SLOT(first), numbers));
	put(c, "number", chosen_number(SLOT(0x7000000000000000), 0x123456789) + chosen_number(SLOT(first), MINUS_ONE));
	for (u32 i = 0; i < COUNT; i += 9)
		put(c, "found", found(items, items[i].hash)->value);
	put(c, "not found", found(items, items[3].hash ^ (u64)1 << 40) == 0);
	put(c, "mixed", mixed(items));
	put(c, "called", called(functions, 3));
	for (int i = 0; i < 8; i++)
		all[i] = i & 1 ? odd[i % 6] : (word)&numbers[3 * i];
	all[5] = 0;
	put(c, "over calls", over_calls(all, 7));
	put(c, "callee", caller(SLOT(0xf000000000000000), 0x1234) + caller(SLOT(first), MINUS_ONE - 1));
	for (u32 i = 0; i < 5; i++)
		put(c, "behind call", behind_call(0, (const s64[]){ -4, 8, -256, 0, 120 } + i, 100));
	put(c, "told before", told_before(SLOT(0xfedcba9876543211), to) + told_before(SLOT(first), to));
	put(c, "not at all", not_at_all(SLOT(0x123456789abcdef0), 0) + not_at_all(SLOT(first), 9));
	put(c, "nested", nested(SLOT(0x123456789abcdef0), 3, 0) + nested(SLOT(0x123456789abcdef0), 0, 3));
	put(c, "stored", stored(to, SLOT(0x8765432112345677)) + stored(to, SLOT(first)));
	put(c, "mapped", mapped(0) + mapped(1));
	return 0;
}
