// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The gates on the host: each tells the stand-in of its call, and answers what that says. Generated from wit/:
//! `UPDATE=1 cargo test -p lore_interface` writes it anew.

use super::reply::{answered, bytes_of, text_of, Reply};
use crate::interface::*;

/// A call of a gate, with its arguments. Handles are numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// Writes a line to the kernel's log.
    ///
    /// What is not printable becomes a question mark. Lines of all extensions together are
    /// rate-limited; one that is too much is lost without an error.
    Log {
        /// As it was passed.
        level: LogLevel,
        /// As it was passed.
        text: String,
    },
    /// Maps more pages of the heap.
    ///
    /// Whole pages, zeroed. Answers the address of the first new byte, which follows the last one when
    /// nobody else grew the heap meanwhile; the end of the heap for 0 bytes.
    HeapGrow {
        /// As it was passed.
        bytes: u64,
    },
    /// Reads the monotonic clock.
    ///
    /// In nanoseconds.
    TimeNow,
    /// Ends the activation with a code and a message.
    ///
    /// Both stand in the fault record. A message that cannot be read is left out.
    Abort {
        /// As it was passed.
        code: u64,
        /// As it was passed.
        text: String,
    },
    /// Gives a `task` back.
    TaskDrop {
        /// As it was passed.
        task: u64,
    },
    /// The task that the activation interrupted or runs for.
    TaskCurrent,
    /// The task's thread number, as the initial PID namespace counts.
    TaskPid {
        /// As it was passed.
        this: u64,
    },
    /// The task of a thread number, as the initial PID namespace counts.
    TaskByPid {
        /// As it was passed.
        number: u32,
    },
    /// The thread that is told when this task ends, most often the one that made it; `not-found` when
    /// it has been told.
    TaskParent {
        /// As it was passed.
        this: u64,
    },
    /// The task's numbers.
    TaskIds {
        /// As it was passed.
        this: u64,
    },
    /// How long the task ran.
    TaskTimes {
        /// As it was passed.
        this: u64,
    },
    /// The task's name, of at most 15 bytes, cut to the room.
    TaskName {
        /// As it was passed.
        this: u64,
    },
    /// Reads the wall clock.
    ///
    /// In nanoseconds since 1970; it can be set, so differences mean little.
    TimeWall,
    /// A random number that nobody can guess.
    Random,
    /// The number of the CPU that the activation runs on.
    ///
    /// It stays there until it ends.
    CpuId,
    /// Begins an event of so many bytes.
    ///
    /// Answers the address of its bytes, which are a multiple of 8 and hold anything. `not-found`: the
    /// image asks for no ring. `ring-full`: nobody reads, or not fast enough; the event is counted as
    /// lost. `too-long`: more than 64 KiB, or than a quarter of the ring.
    EventReserve {
        /// As it was passed.
        len: u64,
    },
    /// Lets the reader have the event that was begun.
    EventSubmit,
    /// Gives up the event that was begun.
    EventDiscard,
    /// Gives a `packet` back.
    PacketDrop {
        /// As it was passed.
        packet: u64,
    },
    /// What the kernel knows of the packet.
    PacketInfo {
        /// As it was passed.
        this: u64,
    },
    /// Copies bytes of the packet.
    ///
    /// As many as the room takes and the packet has from there on; `bad-value` where it has none.
    PacketRead {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        offset: u32,
    },
    /// Changes bytes of the packet.
    ///
    /// All of them must be in it; `resize` makes it longer. Checksums stay as they are. The version and
    /// the length of an IP header that the kernel has looked at already cannot be changed: `bad-value`.
    /// If the bytes cannot be read to the end, those before are written.
    PacketWrite {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        offset: u32,
        /// As it was passed.
        bytes: Vec<u8>,
    },
    /// Adds bytes up as the internet's checksums do.
    ///
    /// The ones' complement sum in 16 bits, not inverted, of the bytes as big-endian words.
    PacketChecksum {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        offset: u32,
        /// As it was passed.
        len: u32,
    },
    /// Cuts the packet off, or makes it longer by zeros.
    ///
    /// Not shorter than its headers, not longer than its device takes, and not if it is one of many in
    /// one: `bad-value`. Lengths in headers stay as they are.
    PacketResize {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        len: u32,
    },
    /// Another packet with the same bytes. What is changed in one is not changed in the other.
    PacketClone {
        /// As it was passed.
        this: u64,
    },
    /// Gives a `socket` back.
    SocketDrop {
        /// As it was passed.
        socket: u64,
    },
    /// The socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks
    /// `not-found`.
    ///
    /// Of a listening socket, or one that is not connected, the other end counts for nothing, and its
    /// own address may be any.
    SocketFind {
        /// As it was passed.
        ends: SocketEnds,
    },
    /// The socket of two ends, in the network namespace of a packet, and at its device.
    SocketFindAt {
        /// As it was passed.
        packet: u64,
        /// As it was passed.
        ends: SocketEnds,
    },
    /// The socket that a packet is of: that which sends it, or that the kernel has found for it
    /// already.
    SocketOfPacket {
        /// As it was passed.
        packet: u64,
    },
    /// What the kernel knows of the socket.
    SocketInfo {
        /// As it was passed.
        this: u64,
    },
    /// Sends a datagram from a socket of UDP that a program has bound, to the other of two ends.
    ///
    /// Of them only version, remote port and address count; port 0 is the end that the socket is
    /// connected to. It goes on its way at once, as an answer of the kernel's own would, and nothing
    /// waits for memory or for the socket's lock; what becomes of it on the way is not told.
    /// `bad-value`: no such socket, or no single address. `not-found`: the socket was closed, or no way
    /// leads there. `too-long`: more than the way takes in one piece. `busy`: the socket's buffer is
    /// full.
    SocketSend {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        to: SocketEnds,
        /// As it was passed.
        bytes: Vec<u8>,
    },
    /// Gives a `timer` back.
    TimerDrop {
        /// As it was passed.
        timer: u64,
    },
    /// A timer that calls a function of the extension, which must be an entry of the hook `timer`, with
    /// a number.
    ///
    /// An entry has 16 timers at most: `table-full`. `bad-value`: it is no such entry. `not-found`: the
    /// entry was detached.
    TimerCreate {
        /// As it was passed.
        function: u64,
        /// As it was passed.
        argument: u64,
    },
    /// Has it fire once, so many nanoseconds from now, and not when it was to fire before.
    ///
    /// Less than 100 microseconds is taken as those. `not-found`: the entry was detached.
    TimerArm {
        /// As it was passed.
        this: u64,
        /// As it was passed.
        delay_ns: u64,
    },
    /// Has it not fire; whether it was to. A call that has begun goes on.
    TimerCancel {
        /// As it was passed.
        this: u64,
    },
    /// Sends a clone out of a device of its namespace, by the device's index.
    ///
    /// It goes as it is, from its link header on; the clone is gone in any case. What becomes of it on
    /// the way is not told. `not-found`: no such device, or it is down, or the clone was kept.
    /// `bad-value`: it has no link header and the device wants one. `too-long`: more than the device
    /// takes. Hooks that it meets on its way skip this extension's level.
    PacketTransmit {
        /// As it was passed.
        packet: u64,
        /// As it was passed.
        device: u32,
    },
    /// Sends a clone that begins with its network header as the host's own: along the route to where
    /// its header says.
    ///
    /// Length and checksum of an IP header are put right, all others are the sender's; the clone is
    /// gone in any case. `not-found`: no way leads there, or the clone was kept. `bad-value`: it begins
    /// with a link header, or is neither IPv4 nor IPv6.
    PacketRoute {
        /// As it was passed.
        packet: u64,
    },
    /// Gives a `lock` back.
    LockDrop {
        /// As it was passed.
        lock: u64,
    },
    /// Takes the lock that is the 32-bit word at an address in data or heap.
    ///
    /// The word is 0 while the lock is free, one more than the CPU's number while an activation holds
    /// it; a program that takes it writes something else above 65535. Waits, as long as the activation
    /// has time. The word of a lock that this CPU holds already, by this activation or one that it
    /// interrupted, is `deadlock`.
    LockTake {
        /// As it was passed.
        word: u64,
    },
    /// Adds to a counter.
    ///
    /// Counters are numbered from 0; one that does not exist is `bad-value`.
    CounterAdd {
        /// As it was passed.
        counter: u32,
        /// As it was passed.
        by: u64,
    },
    /// What all CPUs have counted.
    CounterSum {
        /// As it was passed.
        counter: u32,
    },
    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    TaskKeep {
        /// As it was passed.
        task: u64,
    },
    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good. It forgets
    /// its way: its device is no more than a number, and it cannot be sent. One activation at a time
    /// can use it, others are told `busy`. One that is lent cannot be kept: `only-lent`.
    PacketKeep {
        /// As it was passed.
        packet: u64,
    },
    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    SocketKeep {
        /// As it was passed.
        socket: u64,
    },
    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    TimerKeep {
        /// As it was passed.
        timer: u64,
    },
    /// Another handle of the same task, one's own: of a lent one that is to be kept.
    TaskClone {
        /// As it was passed.
        this: u64,
    },
}

impl Call {
    /// The gate's name.
    pub fn gate(&self) -> &'static str {
        match self {
            Call::Log { .. } => "log",
            Call::HeapGrow { .. } => "heap_grow",
            Call::TimeNow => "time_now",
            Call::Abort { .. } => "abort",
            Call::TaskDrop { .. } => "task_drop",
            Call::TaskCurrent => "task_current",
            Call::TaskPid { .. } => "task_pid",
            Call::TaskByPid { .. } => "task_by_pid",
            Call::TaskParent { .. } => "task_parent",
            Call::TaskIds { .. } => "task_ids",
            Call::TaskTimes { .. } => "task_times",
            Call::TaskName { .. } => "task_name",
            Call::TimeWall => "time_wall",
            Call::Random => "random",
            Call::CpuId => "cpu_id",
            Call::EventReserve { .. } => "event_reserve",
            Call::EventSubmit => "event_submit",
            Call::EventDiscard => "event_discard",
            Call::PacketDrop { .. } => "packet_drop",
            Call::PacketInfo { .. } => "packet_info",
            Call::PacketRead { .. } => "packet_read",
            Call::PacketWrite { .. } => "packet_write",
            Call::PacketChecksum { .. } => "packet_checksum",
            Call::PacketResize { .. } => "packet_resize",
            Call::PacketClone { .. } => "packet_clone",
            Call::SocketDrop { .. } => "socket_drop",
            Call::SocketFind { .. } => "socket_find",
            Call::SocketFindAt { .. } => "socket_find_at",
            Call::SocketOfPacket { .. } => "socket_of_packet",
            Call::SocketInfo { .. } => "socket_info",
            Call::SocketSend { .. } => "socket_send",
            Call::TimerDrop { .. } => "timer_drop",
            Call::TimerCreate { .. } => "timer_create",
            Call::TimerArm { .. } => "timer_arm",
            Call::TimerCancel { .. } => "timer_cancel",
            Call::PacketTransmit { .. } => "packet_transmit",
            Call::PacketRoute { .. } => "packet_route",
            Call::LockDrop { .. } => "lock_drop",
            Call::LockTake { .. } => "lock_take",
            Call::CounterAdd { .. } => "counter_add",
            Call::CounterSum { .. } => "counter_sum",
            Call::TaskKeep { .. } => "task_keep",
            Call::PacketKeep { .. } => "packet_keep",
            Call::SocketKeep { .. } => "socket_keep",
            Call::TimerKeep { .. } => "timer_keep",
            Call::TaskClone { .. } => "task_clone",
        }
    }
}

impl From<PacketInfo> for Reply {
    fn from(record: PacketInfo) -> Reply {
        Reply::record(record)
    }
}

impl From<SocketEnds> for Reply {
    fn from(record: SocketEnds) -> Reply {
        Reply::record(record)
    }
}

impl From<SocketInfo> for Reply {
    fn from(record: SocketInfo) -> Reply {
        Reply::record(record)
    }
}

impl From<TaskIds> for Reply {
    fn from(record: TaskIds) -> Reply {
        Reply::record(record)
    }
}

impl From<TaskTimes> for Reply {
    fn from(record: TaskTimes) -> Reply {
        Reply::record(record)
    }
}

fn log_level(number: u32) -> LogLevel {
    match number {
        1 => LogLevel::Error,
        2 => LogLevel::Warn,
        3 => LogLevel::Info,
        4 => LogLevel::Debug,
        _ => unreachable!("only the enumeration's numbers are passed"),
    }
}

pub(crate) fn lore_gate_log(level: u32, text: *const u8, text_len: usize) -> i64 {
    let level = log_level(level);
    // SAFETY: Only `interface.rs` calls this, with the parts of a slice.
    let text = unsafe { text_of(text, text_len) };
    answered(Call::Log { level, text }).number()
}

pub(crate) fn lore_gate_heap_grow(bytes: u64) -> i64 {
    answered(Call::HeapGrow { bytes }).number()
}

pub(crate) fn lore_gate_time_now() -> u64 {
    answered(Call::TimeNow).number() as u64
}

pub(crate) fn lore_gate_abort(code: u64, text: *const u8, text_len: usize) -> ! {
    // SAFETY: Only `interface.rs` calls this, with the parts of a slice.
    let text = unsafe { text_of(text, text_len) };
    answered(Call::Abort { code, text }).end()
}

pub(crate) fn lore_gate_task_drop(task: u64) -> i64 {
    answered(Call::TaskDrop { task }).number()
}

pub(crate) fn lore_gate_task_current() -> i64 {
    answered(Call::TaskCurrent).number()
}

pub(crate) fn lore_gate_task_pid(this: u64) -> i64 {
    answered(Call::TaskPid { this }).number()
}

pub(crate) fn lore_gate_task_by_pid(number: u32) -> i64 {
    answered(Call::TaskByPid { number }).number()
}

pub(crate) fn lore_gate_task_parent(this: u64) -> i64 {
    answered(Call::TaskParent { this }).number()
}

/// # Safety
///
/// `to` is writable.
pub(crate) unsafe fn lore_gate_task_ids(this: u64, to: *mut TaskIds) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::TaskIds { this }).write(to) }
}

/// # Safety
///
/// `to` is writable.
pub(crate) unsafe fn lore_gate_task_times(this: u64, to: *mut TaskTimes) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::TaskTimes { this }).write(to) }
}

/// # Safety
///
/// `room` is writable for `room_len` bytes.
pub(crate) unsafe fn lore_gate_task_name(this: u64, room: *mut u8, room_len: usize) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::TaskName { this }).fill(room, room_len) }
}

pub(crate) fn lore_gate_time_wall() -> u64 {
    answered(Call::TimeWall).number() as u64
}

pub(crate) fn lore_gate_random() -> u64 {
    answered(Call::Random).number() as u64
}

pub(crate) fn lore_gate_cpu_id() -> u32 {
    answered(Call::CpuId).number() as u32
}

pub(crate) fn lore_gate_event_reserve(len: u64) -> i64 {
    answered(Call::EventReserve { len }).number()
}

pub(crate) fn lore_gate_event_submit() -> i64 {
    answered(Call::EventSubmit).number()
}

pub(crate) fn lore_gate_event_discard() -> i64 {
    answered(Call::EventDiscard).number()
}

pub(crate) fn lore_gate_packet_drop(packet: u64) -> i64 {
    answered(Call::PacketDrop { packet }).number()
}

/// # Safety
///
/// `to` is writable.
pub(crate) unsafe fn lore_gate_packet_info(this: u64, to: *mut PacketInfo) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::PacketInfo { this }).write(to) }
}

/// # Safety
///
/// `room` is writable for `room_len` bytes.
pub(crate) unsafe fn lore_gate_packet_read(this: u64, offset: u32, room: *mut u8, room_len: usize) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::PacketRead { this, offset }).fill(room, room_len) }
}

pub(crate) fn lore_gate_packet_write(this: u64, offset: u32, bytes: *const u8, bytes_len: usize) -> i64 {
    // SAFETY: Only `interface.rs` calls this, with the parts of a slice.
    let bytes = unsafe { bytes_of(bytes, bytes_len) };
    answered(Call::PacketWrite { this, offset, bytes }).number()
}

pub(crate) fn lore_gate_packet_checksum(this: u64, offset: u32, len: u32) -> i64 {
    answered(Call::PacketChecksum { this, offset, len }).number()
}

pub(crate) fn lore_gate_packet_resize(this: u64, len: u32) -> i64 {
    answered(Call::PacketResize { this, len }).number()
}

pub(crate) fn lore_gate_packet_clone(this: u64) -> i64 {
    answered(Call::PacketClone { this }).number()
}

pub(crate) fn lore_gate_socket_drop(socket: u64) -> i64 {
    answered(Call::SocketDrop { socket }).number()
}

pub(crate) fn lore_gate_socket_find(ends: &SocketEnds) -> i64 {
    let ends = *ends;
    answered(Call::SocketFind { ends }).number()
}

pub(crate) fn lore_gate_socket_find_at(packet: u64, ends: &SocketEnds) -> i64 {
    let ends = *ends;
    answered(Call::SocketFindAt { packet, ends }).number()
}

pub(crate) fn lore_gate_socket_of_packet(packet: u64) -> i64 {
    answered(Call::SocketOfPacket { packet }).number()
}

/// # Safety
///
/// `to` is writable.
pub(crate) unsafe fn lore_gate_socket_info(this: u64, to: *mut SocketInfo) -> i64 {
    // SAFETY: By this function's own contract.
    unsafe { answered(Call::SocketInfo { this }).write(to) }
}

pub(crate) fn lore_gate_socket_send(this: u64, to: &SocketEnds, bytes: *const u8, bytes_len: usize) -> i64 {
    let to = *to;
    // SAFETY: Only `interface.rs` calls this, with the parts of a slice.
    let bytes = unsafe { bytes_of(bytes, bytes_len) };
    answered(Call::SocketSend { this, to, bytes }).number()
}

pub(crate) fn lore_gate_timer_drop(timer: u64) -> i64 {
    answered(Call::TimerDrop { timer }).number()
}

pub(crate) fn lore_gate_timer_create(function: u64, argument: u64) -> i64 {
    answered(Call::TimerCreate { function, argument }).number()
}

pub(crate) fn lore_gate_timer_arm(this: u64, delay_ns: u64) -> i64 {
    answered(Call::TimerArm { this, delay_ns }).number()
}

pub(crate) fn lore_gate_timer_cancel(this: u64) -> i64 {
    answered(Call::TimerCancel { this }).number()
}

pub(crate) fn lore_gate_packet_transmit(packet: u64, device: u32) -> i64 {
    answered(Call::PacketTransmit { packet, device }).number()
}

pub(crate) fn lore_gate_packet_route(packet: u64) -> i64 {
    answered(Call::PacketRoute { packet }).number()
}

pub(crate) fn lore_gate_lock_drop(lock: u64) -> i64 {
    answered(Call::LockDrop { lock }).number()
}

pub(crate) fn lore_gate_lock_take(word: u64) -> i64 {
    answered(Call::LockTake { word }).number()
}

pub(crate) fn lore_gate_counter_add(counter: u32, by: u64) -> i64 {
    answered(Call::CounterAdd { counter, by }).number()
}

pub(crate) fn lore_gate_counter_sum(counter: u32) -> i64 {
    answered(Call::CounterSum { counter }).number()
}

pub(crate) fn lore_gate_task_keep(task: u64) -> i64 {
    answered(Call::TaskKeep { task }).number()
}

pub(crate) fn lore_gate_packet_keep(packet: u64) -> i64 {
    answered(Call::PacketKeep { packet }).number()
}

pub(crate) fn lore_gate_socket_keep(socket: u64) -> i64 {
    answered(Call::SocketKeep { socket }).number()
}

pub(crate) fn lore_gate_timer_keep(timer: u64) -> i64 {
    answered(Call::TimerKeep { timer }).number()
}

pub(crate) fn lore_gate_task_clone(this: u64) -> i64 {
    answered(Call::TaskClone { this }).number()
}

