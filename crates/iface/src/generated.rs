// SPDX-License-Identifier: GPL-2.0
//! Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.

use crate::{Answer, Contexts, Int, Kind, Record, Signature};
use lore_abi::codes;
use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

codes! {
    /// A gate's number, as it stands in an image's import list.
    pub enum Gate {
        Log = 1, "log", "writes a line to the kernel's log";
        HeapGrow = 2, "heap_grow", "maps more pages of the heap";
        TimeNow = 3, "time_now", "reads the monotonic clock";
        Abort = 4, "abort", "ends the activation with a code and a message";
        TaskDrop = 5, "task_drop", "gives a `task` back";
        TaskCurrent = 6, "task_current", "the task that the activation interrupted or runs for";
        TaskPid = 7, "task_pid", "the task's thread number, as the initial PID namespace counts";
        TaskByPid = 8, "task_by_pid", "the task of a thread number, as the initial PID namespace counts";
        TaskParent = 9, "task_parent", "the thread that is told when this task ends, most often the one that made it; `not-found` when it has been told";
        TaskIds = 10, "task_ids", "the task's numbers";
        TaskTimes = 11, "task_times", "how long the task ran";
        TaskName = 12, "task_name", "the task's name, of at most 15 bytes, cut to the room";
        TimeWall = 13, "time_wall", "reads the wall clock";
        Random = 14, "random", "a random number that nobody can guess";
        CpuId = 15, "cpu_id", "the number of the CPU that the activation runs on";
        EventReserve = 16, "event_reserve", "begins an event of so many bytes";
        EventSubmit = 17, "event_submit", "lets the reader have the event that was begun";
        EventDiscard = 18, "event_discard", "gives up the event that was begun";
        PacketDrop = 19, "packet_drop", "gives a `packet` back";
        PacketInfo = 20, "packet_info", "what the kernel knows of the packet";
        PacketRead = 21, "packet_read", "copies bytes of the packet";
        PacketWrite = 22, "packet_write", "changes bytes of the packet";
        PacketChecksum = 23, "packet_checksum", "adds bytes up as the internet's checksums do";
        PacketResize = 24, "packet_resize", "cuts the packet off, or makes it longer by zeros";
        PacketClone = 25, "packet_clone", "another packet with the same bytes. What is changed in one is not changed in the other";
        SocketDrop = 26, "socket_drop", "gives a `socket` back";
        SocketFind = 27, "socket_find", "the socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks `not-found`";
        SocketFindAt = 28, "socket_find_at", "the socket of two ends, in the network namespace of a packet, and at its device";
        SocketOfPacket = 29, "socket_of_packet", "the socket that a packet is of: that which sends it, or that the kernel has found for it already";
        SocketInfo = 30, "socket_info", "what the kernel knows of the socket";
        SocketSend = 31, "socket_send", "sends a datagram from a socket of UDP that a program has bound, to the other of two ends";
        TimerDrop = 32, "timer_drop", "gives a `timer` back";
        TimerCreate = 33, "timer_create", "a timer that calls a function of the extension, which must be an entry of the hook `timer`, with a number";
        TimerArm = 34, "timer_arm", "has it fire once, so many nanoseconds from now, and not when it was to fire before";
        TimerCancel = 35, "timer_cancel", "has it not fire; whether it was to. A call that has begun goes on";
        PacketTransmit = 37, "packet_transmit", "sends a clone out of a device of its namespace, by the device's index";
        PacketRoute = 38, "packet_route", "sends a clone that begins with its network header as the host's own: along the route to where its header says";
        LockDrop = 40, "lock_drop", "gives a `lock` back";
        LockTake = 41, "lock_take", "takes the lock that is the 32-bit word at an address in data or heap";
        CounterAdd = 42, "counter_add", "adds to a counter";
        CounterSum = 43, "counter_sum", "what all CPUs have counted";
        TaskKeep = 44, "task_keep", "has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead";
        PacketKeep = 45, "packet_keep", "has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead";
        SocketKeep = 46, "socket_keep", "has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead";
        TimerKeep = 47, "timer_keep", "has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead";
        TaskClone = 48, "task_clone", "another handle of the same task, one's own: of a lent one that is to be kept";
    }
}

codes! {
    /// Why a gate refused; the gate's result is the negative number.
    pub enum GateError {
        BadSpan = 1, "bad-span", "an address range is not mapped in the window";
        TooLong = 2, "too-long", "a length is above the gate's limit";
        NoMemory = 3, "no-memory", "memory is short: the kernel, or the cgroup of the loader, has no page now";
        BadValue = 4, "bad-value", "an argument has no meaning";
        HeapFull = 5, "heap-full", "the heap has reached the limit that it was loaded with";
        BadHandle = 6, "bad-handle", "a handle names nothing: it was dropped, is from another activation, or was never given out";
        WrongKind = 7, "wrong-kind", "a handle names an object of another kind";
        TableFull = 8, "table-full", "an activation holds as many objects as it may";
        OnlyLent = 9, "only-lent", "an object is only lent, so it cannot be dropped or given away";
        NotFound = 10, "not-found", "there is no such object";
        Deadlock = 11, "deadlock", "the lock is held by this CPU already";
        RingFull = 12, "ring-full", "the ring of events has no room: nobody reads, or not fast enough";
        NoEvent = 13, "no-event", "an event is begun already, or none is";
        Busy = 14, "busy", "somebody uses it now, or its buffer is full: later it may be had";
    }
}

codes! {
    /// Levels of the gate `log`.
    pub enum LogLevel {
        Error = 1, "error", "something failed";
        Warn = 2, "warn", "something is odd";
        Info = 3, "info", "something happened";
        Debug = 4, "debug", "for the author";
    }
}

codes! {
    /// A kind of kernel object.
    pub enum Resource {
        Task = 1, "task", "a task, held by a reference: it may have exited meanwhile, but it stays readable";
        Packet = 3, "packet", "a packet. The one that a hook was called for is lent for the activation; a clone is the activation's own";
        Socket = 4, "socket", "a socket, held by a reference: its owner may close it meanwhile, but it stays readable. While it is held, so is its network namespace";
        Lock = 5, "lock", "a lock that is held. Dropping it lets the next one in; a cancelled activation lets go of it, and leaves what it protects as it is";
        Timer = 6, "timer", "a timer. When it is dropped it does not fire any more; to fire after the activation it is kept";
    }
}

/// What the kernel knows of a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
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

const U16: Int = Int { bits: 16, signed: false };
const U32: Int = Int { bits: 32, signed: false };
const U64: Int = Int { bits: 64, signed: false };
const LOG_LEVEL_CASES: &[&str] = &["error", "warn", "info", "debug"];
const PACKET_INFO_RECORD: Record = Record { name: "packet-info", size: size_of::<PacketInfo>(), fields: &[("len", U32), ("protocol", U32), ("device", U32), ("network_at", U32)] };
const SOCKET_ENDS_RECORD: Record = Record { name: "socket-ends", size: size_of::<SocketEnds>(), fields: &[("version", U16), ("protocol", U16), ("local_port", U16), ("remote_port", U16), ("local_high", U64), ("local_low", U64), ("remote_high", U64), ("remote_low", U64)] };
const SOCKET_INFO_RECORD: Record = Record { name: "socket-info", size: size_of::<SocketInfo>(), fields: &[("version", U16), ("protocol", U16), ("local_port", U16), ("remote_port", U16), ("state", U32), ("user", U32), ("local_high", U64), ("local_low", U64), ("remote_high", U64), ("remote_low", U64)] };
const TASK_IDS_RECORD: Record = Record { name: "task-ids", size: size_of::<TaskIds>(), fields: &[("pid", U32), ("process", U32), ("user", U32), ("group", U32)] };
const TASK_TIMES_RECORD: Record = Record { name: "task-times", size: size_of::<TaskTimes>(), fields: &[("user_ns", U64), ("system_ns", U64), ("running_ns", U64), ("started_ns", U64)] };

impl Gate {
    /// What the description says of it.
    pub const fn signature(self) -> Signature {
        match self {
            Gate::Log => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("level", Kind::Enum(LOG_LEVEL_CASES)), ("text", Kind::Text(Some(256)))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::HeapGrow => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("bytes", Kind::Number(U64, Some(4194304)))],
                answer: Answer::Number(U64),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimeNow => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Number(U64),
                fallible: false,
                never_returns: false,
                keeps: false,
            },
            Gate::Abort => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("code", Kind::Number(U64, None)), ("text", Kind::Text(Some(256)))],
                answer: Answer::Nothing,
                fallible: false,
                never_returns: true,
                keeps: false,
            },
            Gate::TaskDrop => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("task", Kind::Own(Resource::Task))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskCurrent => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Own(Resource::Task),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskPid => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Number(U32),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskByPid => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("number", Kind::Number(U32, None))],
                answer: Answer::Own(Resource::Task),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskParent => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Own(Resource::Task),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskIds => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Record(TASK_IDS_RECORD),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskTimes => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Record(TASK_TIMES_RECORD),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskName => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Text,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimeWall => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Number(U64),
                fallible: false,
                never_returns: false,
                keeps: false,
            },
            Gate::Random => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[],
                answer: Answer::Number(U64),
                fallible: false,
                never_returns: false,
                keeps: false,
            },
            Gate::CpuId => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Number(U32),
                fallible: false,
                never_returns: false,
                keeps: false,
            },
            Gate::EventReserve => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("len", Kind::Number(U64, None))],
                answer: Answer::Number(U64),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::EventSubmit => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::EventDiscard => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketDrop => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Own(Resource::Packet))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketInfo => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet))],
                answer: Answer::Record(PACKET_INFO_RECORD),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketRead => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet)), ("offset", Kind::Number(U32, None))],
                answer: Answer::Bytes,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketWrite => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet)), ("offset", Kind::Number(U32, None)), ("bytes", Kind::Bytes(Some(2048)))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketChecksum => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet)), ("offset", Kind::Number(U32, None)), ("len", Kind::Number(U32, None))],
                answer: Answer::Number(U32),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketResize => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet)), ("len", Kind::Number(U32, None))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketClone => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Packet))],
                answer: Answer::Own(Resource::Packet),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketDrop => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("socket", Kind::Own(Resource::Socket))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketFind => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("ends", Kind::Record(SOCKET_ENDS_RECORD))],
                answer: Answer::Own(Resource::Socket),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketFindAt => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Borrow(Resource::Packet)), ("ends", Kind::Record(SOCKET_ENDS_RECORD))],
                answer: Answer::Own(Resource::Socket),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketOfPacket => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Borrow(Resource::Packet))],
                answer: Answer::Own(Resource::Socket),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketInfo => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Socket))],
                answer: Answer::Record(SOCKET_INFO_RECORD),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::SocketSend => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Socket)), ("to", Kind::Record(SOCKET_ENDS_RECORD)), ("bytes", Kind::Bytes(Some(4096)))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimerDrop => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("timer", Kind::Own(Resource::Timer))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimerCreate => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("function", Kind::Number(U64, None)), ("argument", Kind::Number(U64, None))],
                answer: Answer::Own(Resource::Timer),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimerArm => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Timer)), ("delay_ns", Kind::Number(U64, Some(86400000000000)))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TimerCancel => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("self", Kind::Borrow(Resource::Timer))],
                answer: Answer::Bool,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketTransmit => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Own(Resource::Packet)), ("device", Kind::Number(U32, None))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::PacketRoute => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Own(Resource::Packet))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::LockDrop => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("lock", Kind::Own(Resource::Lock))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::LockTake => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("word", Kind::Number(U64, None))],
                answer: Answer::Own(Resource::Lock),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::CounterAdd => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("counter", Kind::Number(U32, None)), ("by", Kind::Number(U64, None))],
                answer: Answer::Nothing,
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::CounterSum => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("counter", Kind::Number(U32, None))],
                answer: Answer::Number(U64),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
            Gate::TaskKeep => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("task", Kind::Own(Resource::Task))],
                answer: Answer::Own(Resource::Task),
                fallible: true,
                never_returns: false,
                keeps: true,
            },
            Gate::PacketKeep => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("packet", Kind::Own(Resource::Packet))],
                answer: Answer::Own(Resource::Packet),
                fallible: true,
                never_returns: false,
                keeps: true,
            },
            Gate::SocketKeep => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("socket", Kind::Own(Resource::Socket))],
                answer: Answer::Own(Resource::Socket),
                fallible: true,
                never_returns: false,
                keeps: true,
            },
            Gate::TimerKeep => Signature {
                fits: Contexts::from_bits(0b0111),
                params: &[("timer", Kind::Own(Resource::Timer))],
                answer: Answer::Own(Resource::Timer),
                fallible: true,
                never_returns: false,
                keeps: true,
            },
            Gate::TaskClone => Signature {
                fits: Contexts::from_bits(0b1111),
                params: &[("self", Kind::Borrow(Resource::Task))],
                answer: Answer::Own(Resource::Task),
                fallible: true,
                never_returns: false,
                keeps: false,
            },
        }
    }
}

/// Calls a macro with every gate: its variant, its id, its symbol in the module, and the kernel's functions, the second for a
/// trace.
#[macro_export]
macro_rules! for_each_gate {
    ($callback:ident) => {
        $callback! {
            Log log lore_gate_log lore_rs_gate_log lore_rs_traced_log;
            HeapGrow heap_grow lore_gate_heap_grow lore_rs_gate_heap_grow lore_rs_traced_heap_grow;
            TimeNow time_now lore_gate_time_now lore_rs_gate_time_now lore_rs_traced_time_now;
            Abort abort lore_gate_abort lore_rs_gate_abort lore_rs_traced_abort;
            TaskDrop task_drop lore_gate_task_drop lore_rs_gate_task_drop lore_rs_traced_task_drop;
            TaskCurrent task_current lore_gate_task_current lore_rs_gate_task_current lore_rs_traced_task_current;
            TaskPid task_pid lore_gate_task_pid lore_rs_gate_task_pid lore_rs_traced_task_pid;
            TaskByPid task_by_pid lore_gate_task_by_pid lore_rs_gate_task_by_pid lore_rs_traced_task_by_pid;
            TaskParent task_parent lore_gate_task_parent lore_rs_gate_task_parent lore_rs_traced_task_parent;
            TaskIds task_ids lore_gate_task_ids lore_rs_gate_task_ids lore_rs_traced_task_ids;
            TaskTimes task_times lore_gate_task_times lore_rs_gate_task_times lore_rs_traced_task_times;
            TaskName task_name lore_gate_task_name lore_rs_gate_task_name lore_rs_traced_task_name;
            TimeWall time_wall lore_gate_time_wall lore_rs_gate_time_wall lore_rs_traced_time_wall;
            Random random lore_gate_random lore_rs_gate_random lore_rs_traced_random;
            CpuId cpu_id lore_gate_cpu_id lore_rs_gate_cpu_id lore_rs_traced_cpu_id;
            EventReserve event_reserve lore_gate_event_reserve lore_rs_gate_event_reserve lore_rs_traced_event_reserve;
            EventSubmit event_submit lore_gate_event_submit lore_rs_gate_event_submit lore_rs_traced_event_submit;
            EventDiscard event_discard lore_gate_event_discard lore_rs_gate_event_discard lore_rs_traced_event_discard;
            PacketDrop packet_drop lore_gate_packet_drop lore_rs_gate_packet_drop lore_rs_traced_packet_drop;
            PacketInfo packet_info lore_gate_packet_info lore_rs_gate_packet_info lore_rs_traced_packet_info;
            PacketRead packet_read lore_gate_packet_read lore_rs_gate_packet_read lore_rs_traced_packet_read;
            PacketWrite packet_write lore_gate_packet_write lore_rs_gate_packet_write lore_rs_traced_packet_write;
            PacketChecksum packet_checksum lore_gate_packet_checksum lore_rs_gate_packet_checksum lore_rs_traced_packet_checksum;
            PacketResize packet_resize lore_gate_packet_resize lore_rs_gate_packet_resize lore_rs_traced_packet_resize;
            PacketClone packet_clone lore_gate_packet_clone lore_rs_gate_packet_clone lore_rs_traced_packet_clone;
            SocketDrop socket_drop lore_gate_socket_drop lore_rs_gate_socket_drop lore_rs_traced_socket_drop;
            SocketFind socket_find lore_gate_socket_find lore_rs_gate_socket_find lore_rs_traced_socket_find;
            SocketFindAt socket_find_at lore_gate_socket_find_at lore_rs_gate_socket_find_at lore_rs_traced_socket_find_at;
            SocketOfPacket socket_of_packet lore_gate_socket_of_packet lore_rs_gate_socket_of_packet lore_rs_traced_socket_of_packet;
            SocketInfo socket_info lore_gate_socket_info lore_rs_gate_socket_info lore_rs_traced_socket_info;
            SocketSend socket_send lore_gate_socket_send lore_rs_gate_socket_send lore_rs_traced_socket_send;
            TimerDrop timer_drop lore_gate_timer_drop lore_rs_gate_timer_drop lore_rs_traced_timer_drop;
            TimerCreate timer_create lore_gate_timer_create lore_rs_gate_timer_create lore_rs_traced_timer_create;
            TimerArm timer_arm lore_gate_timer_arm lore_rs_gate_timer_arm lore_rs_traced_timer_arm;
            TimerCancel timer_cancel lore_gate_timer_cancel lore_rs_gate_timer_cancel lore_rs_traced_timer_cancel;
            PacketTransmit packet_transmit lore_gate_packet_transmit lore_rs_gate_packet_transmit lore_rs_traced_packet_transmit;
            PacketRoute packet_route lore_gate_packet_route lore_rs_gate_packet_route lore_rs_traced_packet_route;
            LockDrop lock_drop lore_gate_lock_drop lore_rs_gate_lock_drop lore_rs_traced_lock_drop;
            LockTake lock_take lore_gate_lock_take lore_rs_gate_lock_take lore_rs_traced_lock_take;
            CounterAdd counter_add lore_gate_counter_add lore_rs_gate_counter_add lore_rs_traced_counter_add;
            CounterSum counter_sum lore_gate_counter_sum lore_rs_gate_counter_sum lore_rs_traced_counter_sum;
            TaskKeep task_keep lore_gate_task_keep lore_rs_gate_task_keep lore_rs_traced_task_keep;
            PacketKeep packet_keep lore_gate_packet_keep lore_rs_gate_packet_keep lore_rs_traced_packet_keep;
            SocketKeep socket_keep lore_gate_socket_keep lore_rs_gate_socket_keep lore_rs_traced_socket_keep;
            TimerKeep timer_keep lore_gate_timer_keep lore_rs_gate_timer_keep lore_rs_traced_timer_keep;
            TaskClone task_clone lore_gate_task_clone lore_rs_gate_task_clone lore_rs_traced_task_clone;
        }
    };
}

/// Calls a macro with every kind of object: its variant and its module.
#[macro_export]
macro_rules! for_each_resource {
    ($callback:ident) => {
        $callback! {
            Task task;
            Packet packet;
            Socket socket;
            Lock lock;
            Timer timer;
        }
    };
}
