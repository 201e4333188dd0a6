/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every gate, for crossing.S. Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.
 */
#ifndef LORE_GATES_H
#define LORE_GATES_H

#define LORE_GATES(GATE) \
	GATE(log) \
	GATE(heap_grow) \
	GATE(time_now) \
	GATE(abort) \
	GATE(task_drop) \
	GATE(task_current) \
	GATE(task_pid) \
	GATE(task_by_pid) \
	GATE(task_parent) \
	GATE(task_ids) \
	GATE(task_times) \
	GATE(task_name) \
	GATE(time_wall) \
	GATE(random) \
	GATE(cpu_id) \
	GATE(event_reserve) \
	GATE(event_submit) \
	GATE(event_discard) \
	GATE(packet_drop) \
	GATE(packet_info) \
	GATE(packet_read) \
	GATE(packet_write) \
	GATE(packet_checksum) \
	GATE(packet_resize) \
	GATE(packet_clone) \
	GATE(socket_drop) \
	GATE(socket_find) \
	GATE(socket_find_at) \
	GATE(socket_of_packet) \
	GATE(socket_info) \
	GATE(socket_send) \
	GATE(timer_drop) \
	GATE(timer_create) \
	GATE(timer_arm) \
	GATE(timer_cancel) \
	GATE(packet_transmit) \
	GATE(packet_route) \
	GATE(lock_drop) \
	GATE(lock_take) \
	GATE(counter_add) \
	GATE(counter_sum) \
	GATE(task_keep) \
	GATE(packet_keep) \
	GATE(socket_keep) \
	GATE(timer_keep) \
	GATE(task_clone)

#endif
