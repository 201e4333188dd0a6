// SPDX-License-Identifier: GPL-2.0
//! The requests of `/dev/lore` and of an extension's file, as ioctl arguments.
//!
//! `/dev/lore` takes [`InfoRequest`], [`LoadRequest`], [`OpenRequest`], [`ListRequest`] and
//! [`UnloadRequest`]. `LOAD` and `OPEN` answer with a new file descriptor, the extension's file, which
//! takes [`ShowRequest`], [`RunRequest`], [`FaultsRequest`] and [`CountersRequest`]. [`crate::attach`] has those about hooks,
//! [`crate::trace`] that about traces. An extension lives as long as a file of it
//! is open or its name holds it.
//!
//! Each request that can be refused carries a [`Refusal`], written back before the ioctl fails.

use crate::refusal::Refusal;
use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Linux' `_IOWR('L', nr, size)` (`include/uapi/asm-generic/ioctl.h`).
pub(crate) const fn iowr(nr: u32, size: usize) -> u32 {
    (3 << 30) | ((size as u32) << 16) | ((b'L' as u32) << 8) | nr
}

/// Longest name of an extension in bytes.
pub const NAME_MAX: usize = 48;

/// Bytes in user memory.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct UserSpan {
    /// First byte.
    pub addr: u64,
    /// Bytes.
    pub len: u64,
}

codes! {
    /// Spans of a [`LoadRequest`]; the number is the index in `spans`.
    pub enum SpanName {
        Code = 0, "code", "the code section";
        Data = 1, "data", "the initialised data";
        Labels = 2, "labels", "the label table";
        Lists = 3, "lists", "the frame lists";
        Targets = 4, "targets", "the declared targets";
        Entries = 5, "entries", "the entries";
        Imports = 6, "imports", "the import list";
        Relocs = 7, "relocs", "the data relocations";
        Guards = 8, "guards", "the places of guards that are filled in at load";
    }
}
/// Number of spans in a [`LoadRequest`].
pub const SPAN_COUNT: usize = 9;

/// `/dev/lore`: what this kernel offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct InfoRequest {
    /// Out: [`crate::ABI_VERSION`] of the module. The layout of this request never changes.
    pub abi_version: u32,
    /// Out: 1 if the `strict` policy is in force.
    pub strict: u32,
    /// Out: [`crate::feature`] bits of the system.
    pub features: u64,
    /// Out: most bytes of code of one image.
    pub code_max: u64,
    /// Out: bytes of the code arena, and of it in use.
    pub arena_len: u64,
    /// Out: see `arena_len`.
    pub arena_used: u64,
    /// Out: most bytes of heap of one extension.
    pub heap_max: u64,
    /// Out: longest time budget of an activation in microseconds.
    pub budget_max_us: u64,
    /// Out: most extensions, and loaded now.
    pub extensions_max: u32,
    /// Out: see `extensions_max`.
    pub extensions: u32,
    /// Out: pages of memory that windows and shadow stacks hold.
    pub pages: u64,
    /// Out: the guard profiles that may be loaded, bit n for [`crate::image::Profile`] number n.
    pub profiles: u64,
    /// Out: bytes of kernel address space from which windows are taken, and others take theirs.
    pub space: u64,
    /// Must be zero.
    pub reserved: u64,
}
const _: () = assert!(size_of::<InfoRequest>() == 96);
/// Request number of [`InfoRequest`].
pub const INFO: u32 = iowr(0, size_of::<InfoRequest>());

/// `/dev/lore`: verify and load an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct LoadRequest {
    /// [`crate::ABI_VERSION`] of the loader; the kernel looks at it first.
    pub abi_version: u32,
    /// Region offset of a word of the code that is to be a trap word, 0 for none: an activation that gets there is cancelled.
    /// No word is harmed that is a `bti c`, where indirect calls land.
    pub stop_at: u32,
    /// Of the image's [`crate::image::Header`]: [`crate::image::Profile`] number.
    pub profile: u32,
    /// Of the image's header: `FLAG_*`.
    pub flags: u32,
    /// Of the image's header.
    pub features: u64,
    /// Bytes of zeroed data behind the initialised data.
    pub bss_len: u64,
    /// Most bytes of heap; 0 takes the kernel's default.
    pub heap_max: u64,
    /// Time budget of an activation in microseconds; 0 takes the kernel's default.
    pub budget_us: u64,
    /// Bytes of data stack per activation; 0 takes the kernel's default.
    pub stack_len: u64,
    /// Bytes of the ring of events, made a power of two of at least a page; 0 for none.
    pub ring_len: u64,
    /// Of the image's header: bytes of the window, of the profile `mask`; 0 in all others.
    pub window_len: u64,
    /// Faults after which the extension is detached; 0 means 1.
    pub faults_max: u64,
    /// The image's sections, by [`SpanName`].
    pub spans: [UserSpan; SPAN_COUNT],
    /// Name that holds the extension, padded with zeros; all zero for none.
    pub name: [u8; NAME_MAX],
    /// Out: number of the extension.
    pub id: u64,
    /// Out: nanoseconds for copying, verifying, and mapping.
    pub copy_ns: u64,
    /// Out: see `copy_ns`.
    pub verify_ns: u64,
    /// Out: see `copy_ns`.
    pub map_ns: u64,
    /// Out: the extension's file.
    pub fd: i32,
    /// Records of its trace ([`crate::trace`]), made a power of two; 0 for no trace.
    pub trace: u32,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<LoadRequest>() == 80 + SPAN_COUNT * 16 + NAME_MAX + 40 + 32);
/// Request number of [`LoadRequest`].
pub const LOAD: u32 = iowr(1, size_of::<LoadRequest>());

/// `/dev/lore`: a new file of a loaded extension, by name or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OpenRequest {
    /// Name; all zero to go by `id`.
    pub name: [u8; NAME_MAX],
    /// Number, out when opened by name.
    pub id: u64,
    /// Out: the extension's file.
    pub fd: i32,
    /// Must be zero.
    pub reserved: u32,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<OpenRequest>() == NAME_MAX + 48);
/// Request number of [`OpenRequest`].
pub const OPEN: u32 = iowr(2, size_of::<OpenRequest>());

/// `/dev/lore`: gives up the name of an extension; it ends when its last file closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct UnloadRequest {
    /// Name; all zero to go by `id`.
    pub name: [u8; NAME_MAX],
    /// Number, out when named.
    pub id: u64,
    /// Must be zero.
    pub reserved: u64,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<UnloadRequest>() == NAME_MAX + 48);
/// Request number of [`UnloadRequest`].
pub const UNLOAD: u32 = iowr(3, size_of::<UnloadRequest>());

/// What is known of a loaded extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Status {
    /// Number.
    pub id: u64,
    /// Name, all zero for none.
    pub name: [u8; NAME_MAX],
    /// Bytes of code, and of its region.
    pub code_len: u64,
    /// See `code_len`.
    pub region_len: u64,
    /// Bytes of data and bss.
    pub data_len: u64,
    /// Bytes of heap now, and at most.
    pub heap_len: u64,
    /// See `heap_len`.
    pub heap_max: u64,
    /// Bytes of data stack per activation.
    pub stack_len: u64,
    /// Time budget of an activation in microseconds.
    pub budget_us: u64,
    /// Activations that returned.
    pub runs: u64,
    /// Activations that were cancelled.
    pub faults: u64,
    /// Activations that were skipped.
    pub skips: u64,
    /// Faults after which it is detached.
    pub faults_max: u64,
    /// Nanoseconds inside.
    pub time_ns: u64,
    /// 1 if it was detached after faults.
    pub detached: u32,
    /// Open files.
    pub files: u32,
    /// Declared targets.
    pub targets: u32,
    /// Entries.
    pub entries: u32,
    /// Pages of memory that its window holds, those at hand for growth among them.
    pub pages: u64,
    /// Kernel objects that activations had not dropped when they returned; they were released.
    pub leaks: u64,
    /// Events that found no room in the ring.
    pub events_lost: u64,
    /// Kernel objects that outlive activations, held now.
    pub kept: u64,
    /// Kernel objects that its activations hold at this moment.
    pub held: u64,
    /// Faults that have no record: another one of the same attachment came before the last was recorded, or memory was short.
    pub faults_unrecorded: u64,
    /// [`crate::image::Profile`] number.
    pub profile: u32,
    /// Zero.
    pub reserved: u32,
    /// Where its region begins in the code arena, the module's symbol `lore_arena`, whose address the kernel tells whom it
    /// tells addresses.
    pub region_at: u64,
    /// Bytes of its window.
    pub window_len: u64,
}
const _: () = assert!(size_of::<Status>() == 8 + NAME_MAX + 12 * 8 + 16 + 72);

/// `/dev/lore`: the loaded extensions, by ascending number, from `after` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ListRequest {
    /// Numbers up to this one are passed over.
    pub after: u64,
    /// User address of an array of [`Status`].
    pub buffer: u64,
    /// Entries of the array.
    pub capacity: u32,
    /// Out: entries written; below `capacity` means that there are no more.
    pub count: u32,
}
const _: () = assert!(size_of::<ListRequest>() == 24);
/// Request number of [`ListRequest`].
pub const LIST: u32 = iowr(4, size_of::<ListRequest>());

/// Extension's file: its [`Status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ShowRequest {
    /// Out.
    pub status: Status,
}
/// Request number of [`ShowRequest`].
pub const SHOW: u32 = iowr(16, size_of::<ShowRequest>());

/// `ended`: every activation returned.
pub const RUN_RETURNED: u32 = 0;
/// `ended`: an activation was cancelled; its fault has the number `fault`.
pub const RUN_FAULTED: u32 = 1;

/// Extension's file: run an entry of hook `run`, once or repeatedly, in this task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RunRequest {
    /// Index of the entry.
    pub entry: u32,
    /// Activations, at least 1; the input is copied once, the first fault ends the loop.
    pub repeat: u32,
    /// Given to the extension.
    pub arg: u64,
    /// Copied to the window.
    pub input: UserSpan,
    /// Room for what the extension writes.
    pub output: UserSpan,
    /// Out: bytes of output.
    pub output_len: u64,
    /// Out: result of the last activation.
    pub result: u64,
    /// Out: nanoseconds of all activations, without copies.
    pub time_ns: u64,
    /// Out: number of the fault, if `RUN_FAULTED`.
    pub fault: u64,
    /// Out: activations that were started.
    pub runs: u32,
    /// Out: `RUN_*`.
    pub ended: u32,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<RunRequest>() == 16 + 32 + 40 + 32);
/// Request number of [`RunRequest`].
pub const RUN: u32 = iowr(17, size_of::<RunRequest>());

/// Most bytes of input and of output of one [`RunRequest`], together.
pub const RUN_BUFFER_MAX: u64 = 64 << 20;

/// What an entry of hook `run` gets: x0 is the window address of this, at the head of the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RunContext {
    /// Window address of the input.
    pub input: u64,
    /// Bytes of input.
    pub input_len: u64,
    /// Window address of the output.
    pub output: u64,
    /// Room for output.
    pub output_cap: u64,
    /// Written by the extension: bytes of output. The kernel copies no more than `output_cap`.
    pub output_len: u64,
    /// `arg` of the request.
    pub arg: u64,
}
const _: () = assert!(size_of::<RunContext>() == 48);

/// Extension's file: its fault records, by ascending number, from `after` on. The oldest are
/// dropped when more than the kernel keeps have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct FaultsRequest {
    /// Numbers up to this one are passed over.
    pub after: u64,
    /// User address of an array of [`crate::fault::Fault`].
    pub buffer: u64,
    /// Entries of the array.
    pub capacity: u32,
    /// Out: entries written.
    pub count: u32,
}
const _: () = assert!(size_of::<FaultsRequest>() == 24);
/// Request number of [`FaultsRequest`].
pub const FAULTS: u32 = iowr(18, size_of::<FaultsRequest>());

/// Extension's file: where the parts of its window lie that `mmap` of the file shows, as offsets in bytes.
///
/// `mmap` wants `MAP_SHARED`, no `PROT_EXEC`, an offset of the file that is an offset in the window, and an address
/// whose low half is that of the kernel's address, `low` and the offset (the kernel finds one). A page of the heap comes to be on the first touch, up to
/// `heap_end`; a touch outside of the parts and of stacks in use raises `SIGBUS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WindowPlan {
    /// Out: initialised and zeroed data.
    pub data_at: u64,
    /// Out: see `data_at`.
    pub data_end: u64,
    /// Out: the heap, up to its limit.
    pub heap_at: u64,
    /// Out: see `heap_at`.
    pub heap_end: u64,
    /// Out: bytes of the heap that the extension was given.
    pub heap_len: u64,
    /// Out: the [`crate::ring::RingHeader`], and the first record behind it; 0 without a ring.
    pub ring_at: u64,
    /// Out: see `ring_at`.
    pub records_at: u64,
    /// Out: bytes of records, a power of two.
    pub ring_len: u64,
    /// Out: bytes of the window.
    pub window_len: u64,
    /// Out: the low half of the address at which it begins in the kernel, 0 where windows have 4 GiB.
    pub low: u64,
}
const _: () = assert!(size_of::<WindowPlan>() == 80);
/// Request number of [`WindowPlan`].
pub const WINDOW: u32 = iowr(19, size_of::<WindowPlan>());

/// Counters of an extension, in a set for each CPU.
pub const COUNTERS_MAX: u32 = 64;

/// Extension's file: its counters as each CPU has them: a set of [`COUNTERS_MAX`], CPU by CPU. An extension that imports no
/// gate of counters has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CountersRequest {
    /// User address of an array of 64-bit numbers.
    pub buffer: u64,
    /// Entries of the array.
    pub capacity: u32,
    /// Out: CPUs that have a set. Those that do not fit whole are left out.
    pub cpus: u32,
}
const _: () = assert!(size_of::<CountersRequest>() == 16);
/// Request number of [`CountersRequest`].
pub const COUNTERS: u32 = iowr(20, size_of::<CountersRequest>());
