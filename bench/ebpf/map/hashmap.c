// SPDX-License-Identifier: GPL-2.0
// The kernel's own hash map.
#include "map.h"

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const bpf_map_update_elem)(void *map, const void *key, const void *value, uint64_t flags) = (void *)2;
static long (*const bpf_map_delete_elem)(void *map, const void *key) = (void *)3;

SECTION(".maps") struct {
	MAP_NUMBER(type, 1 /* BPF_MAP_TYPE_HASH */);
	MAP_NUMBER(max_entries, INPUT_MAX);
	MAP_TYPE(key, struct key);
	MAP_TYPE(value, struct value);
} map;

static int map_put(const struct key *key, uint64_t first)
{
	struct value fresh, *value = bpf_map_lookup_elem(&map, key);

	if (value) {
		value_fill(value, first);
		return 1;
	}
	value_fill(&fresh, first);
	bpf_map_update_elem(&map, key, &fresh, 1 /* BPF_NOEXIST */);
	return 0;
}

static const struct value *map_find(const struct key *key)
{
	return bpf_map_lookup_elem(&map, key);
}

static int map_remove(const struct key *key)
{
	return bpf_map_delete_elem(&map, key) == 0;
}
