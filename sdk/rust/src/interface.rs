// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The gates, as safe Rust. Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.

use crate::handle::{checked, Handle, Kept, Object};

/// Why a gate refused; the gate's result is the negative number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum GateError {
    /// An address range is not mapped in the window.
    BadSpan = 1,
    /// A length is above the gate's limit.
    TooLong = 2,
    /// Memory is short: the kernel, or the cgroup of the loader, has no page now.
    NoMemory = 3,
    /// An argument has no meaning.
    BadValue = 4,
    /// The heap has reached the limit that it was loaded with.
    HeapFull = 5,
    /// A handle names nothing: it was dropped, is from another activation, or was never given out.
    BadHandle = 6,
    /// A handle names an object of another kind.
    WrongKind = 7,
    /// An activation holds as many objects as it may.
    TableFull = 8,
    /// An object is only lent, so it cannot be dropped or given away.
    OnlyLent = 9,
    /// There is no such object.
    NotFound = 10,
    /// The lock is held by this CPU already.
    Deadlock = 11,
    /// The ring of events has no room: nobody reads, or not fast enough.
    RingFull = 12,
    /// An event is begun already, or none is.
    NoEvent = 13,
    /// Somebody uses it now, or its buffer is full: later it may be had.
    Busy = 14,
    /// A number that this crate does not know.
    Unknown = 4095,
}

impl GateError {
    pub(crate) fn of(number: u64) -> GateError {
        match number {
            1 => GateError::BadSpan,
            2 => GateError::TooLong,
            3 => GateError::NoMemory,
            4 => GateError::BadValue,
            5 => GateError::HeapFull,
            6 => GateError::BadHandle,
            7 => GateError::WrongKind,
            8 => GateError::TableFull,
            9 => GateError::OnlyLent,
            10 => GateError::NotFound,
            11 => GateError::Deadlock,
            12 => GateError::RingFull,
            13 => GateError::NoEvent,
            14 => GateError::Busy,
            _ => GateError::Unknown,
        }
    }
}

/// Levels of the gate `log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum LogLevel {
    /// Something failed.
    Error = 1,
    /// Something is odd.
    Warn = 2,
    /// Something happened.
    Info = 3,
    /// For the author.
    Debug = 4,
}

/// What the kernel knows of a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct PacketInfo {
    /// Bytes, from the first one that the hook shows: the link header at a device, the network header
    /// elsewhere.
    pub len: u32,
    /// Number of the protocol behind the link header, 0x0800 for IPv4.
    pub protocol: u32,
    /// Index of the device that it came in by, or goes out of.
    pub device: u32,
    /// Where the network header begins.
    pub network_at: u32,
}

/// Both ends of a connection, as the socket's owner sees them. Numbers are the CPU's: 10.0.1.2 is
/// 0x0a000102.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct SocketEnds {
    /// 4 or 6.
    pub version: u16,
    /// 6 for TCP, 17 for UDP.
    pub protocol: u16,
    /// Port of the socket's own end.
    pub local_port: u16,
    /// Port of the other end.
    pub remote_port: u16,
    /// The own address, upper half; 0 for version 4.
    pub local_high: u64,
    /// The own address, lower half.
    pub local_low: u64,
    /// The other address, upper half; 0 for version 4.
    pub remote_high: u64,
    /// The other address, lower half.
    pub remote_low: u64,
}

/// What the kernel knows of a socket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct SocketInfo {
    /// 4 or 6: of the socket, which may carry version 4 as 6.
    pub version: u16,
    /// 6 for TCP, 17 for UDP.
    pub protocol: u16,
    /// Port of its own end.
    pub local_port: u16,
    /// Port of the other end, 0 if there is none.
    pub remote_port: u16,
    /// Its state, by the numbers of `/proc/net/tcp`: 1 established, 6 time-wait, 7 closed, 10
    /// listening, 12 a request.
    pub state: u32,
    /// Number of its user, as the initial namespace counts; 2^32 - 1 if it has none any more.
    pub user: u32,
    /// The own address, upper half; 0 for version 4.
    pub local_high: u64,
    /// The own address, lower half.
    pub local_low: u64,
    /// The other address, upper half; 0 for version 4.
    pub remote_high: u64,
    /// The other address, lower half.
    pub remote_low: u64,
}

/// Numbers of a task, as the initial namespaces count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct TaskIds {
    /// Thread.
    pub pid: u32,
    /// Process, which is its first thread's number.
    pub process: u32,
    /// User.
    pub user: u32,
    /// Group.
    pub group: u32,
}

/// How long a task ran, in nanoseconds, and since when it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct TaskTimes {
    /// In user mode, as ticks have found it.
    pub user_ns: u64,
    /// In the kernel, as ticks have found it.
    pub system_ns: u64,
    /// On a CPU, exactly, up to the last time that it was looked at.
    pub running_ns: u64,
    /// Start, on the clock that counts from boot.
    pub started_ns: u64,
}

/// Most that `text` of `log` may be.
pub const LOG_TEXT_MAX: u64 = 256;

/// Most that `bytes` of `heap_grow` may be.
pub const HEAP_GROW_BYTES_MAX: u64 = 4194304;

/// Most that `text` of `abort` may be.
pub const ABORT_TEXT_MAX: u64 = 256;

/// Most that `bytes` of `packet_write` may be.
pub const PACKET_WRITE_BYTES_MAX: u64 = 2048;

/// Most that `bytes` of `socket_send` may be.
pub const SOCKET_SEND_BYTES_MAX: u64 = 4096;

/// Most that `delay_ns` of `timer_arm` may be.
pub const TIMER_ARM_DELAY_NS_MAX: u64 = 86400000000000;

/// A task, held by a reference: it may have exited meanwhile, but it stays readable.
#[derive(Debug)]
pub struct Task {
    handle: Handle,
}

impl Object for Task {
    unsafe fn from_handle(handle: Handle) -> Task {
        Task { handle }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        // What is gone already is gone.
        let _ = lore_gate_task_drop(self.handle.number());
    }
}

impl Task {
    /// The task that the activation interrupted or runs for.
    pub fn current() -> Result<Task, GateError> {
        checked(lore_gate_task_current()).map(|handle| Task { handle: Handle::new(handle) })
    }

    /// The task's thread number, as the initial PID namespace counts.
    pub fn pid(&self) -> Result<u32, GateError> {
        checked(lore_gate_task_pid(self.handle.number())).map(|number| number as u32)
    }

    /// The task of a thread number, as the initial PID namespace counts.
    pub fn by_pid(number: u32) -> Result<Task, GateError> {
        checked(lore_gate_task_by_pid(number)).map(|handle| Task { handle: Handle::new(handle) })
    }

    /// The thread that is told when this task ends, most often the one that made it; `not-found` when
    /// it has been told.
    pub fn parent(&self) -> Result<Task, GateError> {
        checked(lore_gate_task_parent(self.handle.number())).map(|handle| Task { handle: Handle::new(handle) })
    }

    /// The task's numbers.
    pub fn ids(&self) -> Result<TaskIds, GateError> {
        let mut record = TaskIds::default();
        // SAFETY: The record is writable, and any integers are one.
        checked(unsafe { lore_gate_task_ids(self.handle.number(), &mut record) })?;
        Ok(record)
    }

    /// How long the task ran.
    pub fn times(&self) -> Result<TaskTimes, GateError> {
        let mut record = TaskTimes::default();
        // SAFETY: The record is writable, and any integers are one.
        checked(unsafe { lore_gate_task_times(self.handle.number(), &mut record) })?;
        Ok(record)
    }

    /// The task's name, of at most 15 bytes, cut to the room.
    pub fn name<'a>(&self, room: &'a mut [u8]) -> Result<&'a [u8], GateError> {
        // SAFETY: The room is writable for its length, and the kernel writes no more.
        let len = checked(unsafe { lore_gate_task_name(self.handle.number(), room.as_mut_ptr(), room.len()) })? as usize;
        Ok(&room[..len.min(room.len())])
    }

    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    pub fn keep(self) -> Result<Kept<Task>, (GateError, Task)> {
        match checked(lore_gate_task_keep(self.handle.number())) {
            // SAFETY: The kernel gave the handle out just now; the old one is dead.
            Ok(number) => Ok(unsafe { Kept::replace(self, number) }),
            Err(error) => Err((error, self)),
        }
    }

    /// Another handle of the same task, one's own: of a lent one that is to be kept.
    pub fn clone(&self) -> Result<Task, GateError> {
        checked(lore_gate_task_clone(self.handle.number())).map(|handle| Task { handle: Handle::new(handle) })
    }
}

/// A packet. The one that a hook was called for is lent for the activation; a clone is the activation's
/// own.
#[derive(Debug)]
pub struct Packet {
    handle: Handle,
}

impl Object for Packet {
    unsafe fn from_handle(handle: Handle) -> Packet {
        Packet { handle }
    }
}

impl Drop for Packet {
    fn drop(&mut self) {
        // What is gone already is gone.
        let _ = lore_gate_packet_drop(self.handle.number());
    }
}

impl Packet {
    /// What the kernel knows of the packet.
    pub fn info(&self) -> Result<PacketInfo, GateError> {
        let mut record = PacketInfo::default();
        // SAFETY: The record is writable, and any integers are one.
        checked(unsafe { lore_gate_packet_info(self.handle.number(), &mut record) })?;
        Ok(record)
    }

    /// Copies bytes of the packet.
    ///
    /// As many as the room takes and the packet has from there on; `bad-value` where it has none.
    pub fn read<'a>(&self, offset: u32, room: &'a mut [u8]) -> Result<&'a [u8], GateError> {
        // SAFETY: The room is writable for its length, and the kernel writes no more.
        let len = checked(unsafe { lore_gate_packet_read(self.handle.number(), offset, room.as_mut_ptr(), room.len()) })? as usize;
        Ok(&room[..len.min(room.len())])
    }

    /// Changes bytes of the packet.
    ///
    /// All of them must be in it; `resize` makes it longer. Checksums stay as they are. The version and
    /// the length of an IP header that the kernel has looked at already cannot be changed: `bad-value`.
    /// If the bytes cannot be read to the end, those before are written.
    pub fn write(&self, offset: u32, bytes: &[u8]) -> Result<(), GateError> {
        checked(lore_gate_packet_write(self.handle.number(), offset, bytes.as_ptr(), bytes.len())).map(|_| ())
    }

    /// Adds bytes up as the internet's checksums do.
    ///
    /// The ones' complement sum in 16 bits, not inverted, of the bytes as big-endian words.
    pub fn checksum(&self, offset: u32, len: u32) -> Result<u32, GateError> {
        checked(lore_gate_packet_checksum(self.handle.number(), offset, len)).map(|number| number as u32)
    }

    /// Cuts the packet off, or makes it longer by zeros.
    ///
    /// Not shorter than its headers, not longer than its device takes, and not if it is one of many in
    /// one: `bad-value`. Lengths in headers stay as they are.
    pub fn resize(&self, len: u32) -> Result<(), GateError> {
        checked(lore_gate_packet_resize(self.handle.number(), len)).map(|_| ())
    }

    /// Another packet with the same bytes. What is changed in one is not changed in the other.
    pub fn clone(&self) -> Result<Packet, GateError> {
        checked(lore_gate_packet_clone(self.handle.number())).map(|handle| Packet { handle: Handle::new(handle) })
    }

    /// Sends a clone out of a device of its namespace, by the device's index.
    ///
    /// It goes as it is, from its link header on; the clone is gone in any case. What becomes of it on
    /// the way is not told. `not-found`: no such device, or it is down, or the clone was kept.
    /// `bad-value`: it has no link header and the device wants one. `too-long`: more than the device
    /// takes. Hooks that it meets on its way skip this extension's level.
    pub fn transmit(packet: Packet, device: u32) -> Result<(), GateError> {
        checked(lore_gate_packet_transmit(core::mem::ManuallyDrop::new(packet).handle.number(), device)).map(|_| ())
    }

    /// Sends a clone that begins with its network header as the host's own: along the route to where
    /// its header says.
    ///
    /// Length and checksum of an IP header are put right, all others are the sender's; the clone is
    /// gone in any case. `not-found`: no way leads there, or the clone was kept. `bad-value`: it begins
    /// with a link header, or is neither IPv4 nor IPv6.
    pub fn route(packet: Packet) -> Result<(), GateError> {
        checked(lore_gate_packet_route(core::mem::ManuallyDrop::new(packet).handle.number())).map(|_| ())
    }

    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good. It forgets
    /// its way: its device is no more than a number, and it cannot be sent. One activation at a time
    /// can use it, others are told `busy`. One that is lent cannot be kept: `only-lent`.
    pub fn keep(self) -> Result<Kept<Packet>, (GateError, Packet)> {
        match checked(lore_gate_packet_keep(self.handle.number())) {
            // SAFETY: The kernel gave the handle out just now; the old one is dead.
            Ok(number) => Ok(unsafe { Kept::replace(self, number) }),
            Err(error) => Err((error, self)),
        }
    }
}

/// A socket, held by a reference: its owner may close it meanwhile, but it stays readable. While it is
/// held, so is its network namespace.
#[derive(Debug)]
pub struct Socket {
    handle: Handle,
}

impl Object for Socket {
    unsafe fn from_handle(handle: Handle) -> Socket {
        Socket { handle }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // What is gone already is gone.
        let _ = lore_gate_socket_drop(self.handle.number());
    }
}

impl Socket {
    /// The socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks
    /// `not-found`.
    ///
    /// Of a listening socket, or one that is not connected, the other end counts for nothing, and its
    /// own address may be any.
    pub fn find(ends: &SocketEnds) -> Result<Socket, GateError> {
        checked(lore_gate_socket_find(ends)).map(|handle| Socket { handle: Handle::new(handle) })
    }

    /// The socket of two ends, in the network namespace of a packet, and at its device.
    pub fn find_at(packet: &Packet, ends: &SocketEnds) -> Result<Socket, GateError> {
        checked(lore_gate_socket_find_at(packet.handle.number(), ends)).map(|handle| Socket { handle: Handle::new(handle) })
    }

    /// The socket that a packet is of: that which sends it, or that the kernel has found for it
    /// already.
    pub fn of_packet(packet: &Packet) -> Result<Socket, GateError> {
        checked(lore_gate_socket_of_packet(packet.handle.number())).map(|handle| Socket { handle: Handle::new(handle) })
    }

    /// What the kernel knows of the socket.
    pub fn info(&self) -> Result<SocketInfo, GateError> {
        let mut record = SocketInfo::default();
        // SAFETY: The record is writable, and any integers are one.
        checked(unsafe { lore_gate_socket_info(self.handle.number(), &mut record) })?;
        Ok(record)
    }

    /// Sends a datagram from a socket of UDP that a program has bound, to the other of two ends.
    ///
    /// Of them only version, remote port and address count; port 0 is the end that the socket is
    /// connected to. It goes on its way at once, as an answer of the kernel's own would, and nothing
    /// waits for memory or for the socket's lock; what becomes of it on the way is not told.
    /// `bad-value`: no such socket, or no single address. `not-found`: the socket was closed, or no way
    /// leads there. `too-long`: more than the way takes in one piece. `busy`: the socket's buffer is
    /// full.
    pub fn send(&self, to: &SocketEnds, bytes: &[u8]) -> Result<(), GateError> {
        checked(lore_gate_socket_send(self.handle.number(), to, bytes.as_ptr(), bytes.len())).map(|_| ())
    }

    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    pub fn keep(self) -> Result<Kept<Socket>, (GateError, Socket)> {
        match checked(lore_gate_socket_keep(self.handle.number())) {
            // SAFETY: The kernel gave the handle out just now; the old one is dead.
            Ok(number) => Ok(unsafe { Kept::replace(self, number) }),
            Err(error) => Err((error, self)),
        }
    }
}

/// A lock that is held. Dropping it lets the next one in; a cancelled activation lets go of it, and
/// leaves what it protects as it is.
#[derive(Debug)]
pub struct Lock {
    handle: Handle,
}

impl Object for Lock {
    unsafe fn from_handle(handle: Handle) -> Lock {
        Lock { handle }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What is gone already is gone.
        let _ = lore_gate_lock_drop(self.handle.number());
    }
}

impl Lock {
    /// Takes the lock that is the 32-bit word at an address in data or heap.
    ///
    /// The word is 0 while the lock is free, one more than the CPU's number while an activation holds
    /// it; a program that takes it writes something else above 65535. Waits, as long as the activation
    /// has time. The word of a lock that this CPU holds already, by this activation or one that it
    /// interrupted, is `deadlock`.
    pub(crate) fn take(word: u64) -> Result<Lock, GateError> {
        checked(lore_gate_lock_take(word)).map(|handle| Lock { handle: Handle::new(handle) })
    }
}

/// A timer. When it is dropped it does not fire any more; to fire after the activation it is kept.
#[derive(Debug)]
pub struct Timer {
    handle: Handle,
}

impl Object for Timer {
    unsafe fn from_handle(handle: Handle) -> Timer {
        Timer { handle }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // What is gone already is gone.
        let _ = lore_gate_timer_drop(self.handle.number());
    }
}

impl Timer {
    /// A timer that calls a function of the extension, which must be an entry of the hook `timer`, with
    /// a number.
    ///
    /// An entry has 16 timers at most: `table-full`. `bad-value`: it is no such entry. `not-found`: the
    /// entry was detached.
    pub(crate) fn create(function: u64, argument: u64) -> Result<Timer, GateError> {
        checked(lore_gate_timer_create(function, argument)).map(|handle| Timer { handle: Handle::new(handle) })
    }

    /// Has it fire once, so many nanoseconds from now, and not when it was to fire before.
    ///
    /// Less than 100 microseconds is taken as those. `not-found`: the entry was detached.
    pub fn arm(&self, delay_ns: u64) -> Result<(), GateError> {
        checked(lore_gate_timer_arm(self.handle.number(), delay_ns)).map(|_| ())
    }

    /// Has it not fire; whether it was to. A call that has begun goes on.
    pub fn cancel(&self) -> Result<bool, GateError> {
        checked(lore_gate_timer_cancel(self.handle.number())).map(|number| number != 0)
    }

    /// Has it outlive the activation: every activation of the extension may use the new handle, until
    /// it is dropped or the extension ends. The old handle is dead.
    ///
    /// An extension keeps 64 objects at most: `table-full`, and the old handle stays good.
    pub fn keep(self) -> Result<Kept<Timer>, (GateError, Timer)> {
        match checked(lore_gate_timer_keep(self.handle.number())) {
            // SAFETY: The kernel gave the handle out just now; the old one is dead.
            Ok(number) => Ok(unsafe { Kept::replace(self, number) }),
            Err(error) => Err((error, self)),
        }
    }
}

/// Writes a line to the kernel's log.
///
/// What is not printable becomes a question mark. Lines of all extensions together are rate-limited;
/// one that is too much is lost without an error.
pub fn log(level: LogLevel, text: &str) -> Result<(), GateError> {
    checked(lore_gate_log(level as u32, text.as_ptr(), text.len())).map(|_| ())
}

/// Maps more pages of the heap.
///
/// Whole pages, zeroed. Answers the address of the first new byte, which follows the last one when
/// nobody else grew the heap meanwhile; the end of the heap for 0 bytes.
pub fn heap_grow(bytes: u64) -> Result<u64, GateError> {
    checked(lore_gate_heap_grow(bytes))
}

/// Reads the monotonic clock.
///
/// In nanoseconds.
pub fn time_now() -> u64 {
    lore_gate_time_now()
}

/// Ends the activation with a code and a message.
///
/// Both stand in the fault record. A message that cannot be read is left out.
pub fn abort(code: u64, text: &str) -> ! {
    lore_gate_abort(code, text.as_ptr(), text.len())
}

/// Reads the wall clock.
///
/// In nanoseconds since 1970; it can be set, so differences mean little.
pub fn time_wall() -> u64 {
    lore_gate_time_wall()
}

/// A random number that nobody can guess.
pub fn random() -> u64 {
    lore_gate_random()
}

/// The number of the CPU that the activation runs on.
///
/// It stays there until it ends.
pub fn cpu_id() -> u32 {
    lore_gate_cpu_id()
}

/// Begins an event of so many bytes.
///
/// Answers the address of its bytes, which are a multiple of 8 and hold anything. `not-found`: the
/// image asks for no ring. `ring-full`: nobody reads, or not fast enough; the event is counted as lost.
/// `too-long`: more than 64 KiB, or than a quarter of the ring.
pub fn event_reserve(len: u64) -> Result<u64, GateError> {
    checked(lore_gate_event_reserve(len))
}

/// Lets the reader have the event that was begun.
pub fn event_submit() -> Result<(), GateError> {
    checked(lore_gate_event_submit()).map(|_| ())
}

/// Gives up the event that was begun.
pub fn event_discard() -> Result<(), GateError> {
    checked(lore_gate_event_discard()).map(|_| ())
}

/// Adds to a counter.
///
/// Counters are numbered from 0; one that does not exist is `bad-value`.
pub fn counter_add(counter: u32, by: u64) -> Result<(), GateError> {
    checked(lore_gate_counter_add(counter, by)).map(|_| ())
}

/// What all CPUs have counted.
pub fn counter_sum(counter: u32) -> Result<u64, GateError> {
    checked(lore_gate_counter_sum(counter))
}

#[cfg(not(target_os = "none"))]
use crate::host::gates::*;

#[cfg(target_os = "none")]
unsafe extern "C" {
    safe fn lore_gate_log(level: u32, text: *const u8, text_len: usize) -> i64;
    safe fn lore_gate_heap_grow(bytes: u64) -> i64;
    safe fn lore_gate_time_now() -> u64;
    safe fn lore_gate_abort(code: u64, text: *const u8, text_len: usize) -> !;
    safe fn lore_gate_task_drop(task: u64) -> i64;
    safe fn lore_gate_task_current() -> i64;
    safe fn lore_gate_task_pid(this: u64) -> i64;
    safe fn lore_gate_task_by_pid(number: u32) -> i64;
    safe fn lore_gate_task_parent(this: u64) -> i64;
    fn lore_gate_task_ids(this: u64, to: *mut TaskIds) -> i64;
    fn lore_gate_task_times(this: u64, to: *mut TaskTimes) -> i64;
    fn lore_gate_task_name(this: u64, room: *mut u8, room_len: usize) -> i64;
    safe fn lore_gate_time_wall() -> u64;
    safe fn lore_gate_random() -> u64;
    safe fn lore_gate_cpu_id() -> u32;
    safe fn lore_gate_event_reserve(len: u64) -> i64;
    safe fn lore_gate_event_submit() -> i64;
    safe fn lore_gate_event_discard() -> i64;
    safe fn lore_gate_packet_drop(packet: u64) -> i64;
    fn lore_gate_packet_info(this: u64, to: *mut PacketInfo) -> i64;
    fn lore_gate_packet_read(this: u64, offset: u32, room: *mut u8, room_len: usize) -> i64;
    safe fn lore_gate_packet_write(this: u64, offset: u32, bytes: *const u8, bytes_len: usize) -> i64;
    safe fn lore_gate_packet_checksum(this: u64, offset: u32, len: u32) -> i64;
    safe fn lore_gate_packet_resize(this: u64, len: u32) -> i64;
    safe fn lore_gate_packet_clone(this: u64) -> i64;
    safe fn lore_gate_socket_drop(socket: u64) -> i64;
    safe fn lore_gate_socket_find(ends: &SocketEnds) -> i64;
    safe fn lore_gate_socket_find_at(packet: u64, ends: &SocketEnds) -> i64;
    safe fn lore_gate_socket_of_packet(packet: u64) -> i64;
    fn lore_gate_socket_info(this: u64, to: *mut SocketInfo) -> i64;
    safe fn lore_gate_socket_send(this: u64, to: &SocketEnds, bytes: *const u8, bytes_len: usize) -> i64;
    safe fn lore_gate_timer_drop(timer: u64) -> i64;
    safe fn lore_gate_timer_create(function: u64, argument: u64) -> i64;
    safe fn lore_gate_timer_arm(this: u64, delay_ns: u64) -> i64;
    safe fn lore_gate_timer_cancel(this: u64) -> i64;
    safe fn lore_gate_packet_transmit(packet: u64, device: u32) -> i64;
    safe fn lore_gate_packet_route(packet: u64) -> i64;
    safe fn lore_gate_lock_drop(lock: u64) -> i64;
    safe fn lore_gate_lock_take(word: u64) -> i64;
    safe fn lore_gate_counter_add(counter: u32, by: u64) -> i64;
    safe fn lore_gate_counter_sum(counter: u32) -> i64;
    safe fn lore_gate_task_keep(task: u64) -> i64;
    safe fn lore_gate_packet_keep(packet: u64) -> i64;
    safe fn lore_gate_socket_keep(socket: u64) -> i64;
    safe fn lore_gate_timer_keep(timer: u64) -> i64;
    safe fn lore_gate_task_clone(this: u64) -> i64;
}
