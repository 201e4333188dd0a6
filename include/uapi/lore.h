/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The requests of /dev/lore and of an extension's file. Generated from crates/abi, whose pages say
 * more: `UPDATE=1 cargo test -p lore_abi_header` writes it anew.
 */
#ifndef _UAPI_LORE_H
#define _UAPI_LORE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define LORE_ABI_VERSION 1

/* Why a request was refused */
enum lore_reason_code {
	LORE_REASON_ABI_VERSION = 1, /* kernel and loader have different ABI versions */
	LORE_REASON_PERMISSION = 2, /* the caller lacks CAP_SYS_ADMIN and CAP_BPF */
	LORE_REASON_RESERVED = 3, /* a flag or reserved field is not zero */
	LORE_REASON_BAD_SPAN = 4, /* a span of the request is misaligned, too long, or not readable */
	LORE_REASON_VERIFIER = 5, /* the verifier refused the image */
	LORE_REASON_TOO_LARGE = 6, /* a size is above the kernel's limit */
	LORE_REASON_NO_CODE_ROOM = 7, /* the code arena has no free region of that size */
	LORE_REASON_NO_WINDOW = 8, /* no window of kernel address space is to be had */
	LORE_REASON_NO_MEMORY = 9, /* the kernel is out of memory */
	LORE_REASON_TOO_MANY = 10, /* the limit of loaded extensions is reached */
	LORE_REASON_BAD_NAME = 11, /* the name is empty, too long, or has characters outside [A-Za-z0-9_.-] */
	LORE_REASON_NAME_TAKEN = 12, /* an extension of that name is loaded */
	LORE_REASON_NO_SUCH_EXTENSION = 13, /* no extension of that name or number is loaded */
	LORE_REASON_NO_SUCH_ENTRY = 14, /* the image has no such entry */
	LORE_REASON_NO_SUCH_REQUEST = 15, /* the request number is not known */
	LORE_REASON_DETACHED = 16, /* the extension was detached after a fault */
	LORE_REASON_BUSY = 17, /* an activation of the same level runs on this CPU, or all buffers are taken */
	LORE_REASON_PROFILE = 18, /* the image's guard profile or mode is not supported here */
	LORE_REASON_INTERRUPTED = 19, /* a signal arrived */
	LORE_REASON_UNKNOWN_HOOK = 20, /* there is no hook of that kind */
	LORE_REASON_BAD_HOOK = 21, /* the hook's name does not have the form of its kind */
	LORE_REASON_NO_SUCH_PLACE = 22, /* the kernel has no tracepoint, function or device of that name */
	LORE_REASON_GATE_UNFIT = 23, /* the image imports a gate that cannot be called from this hook */
	LORE_REASON_NO_SUCH_ATTACHMENT = 24, /* no attachment has that number */
	LORE_REASON_HOOK_PERMISSION = 25, /* the caller lacks the capability that the hook needs */
	LORE_REASON_HOOK_REFUSED = 26, /* the kernel does not let anything be attached there */
	LORE_REASON_WINDOW_FULL = 27, /* data, stacks, heap and ring do not fit in the window together */
};

/* Why the verifier refused a word */
enum lore_rule_code {
	LORE_RULE_INS_1 = 1, /* the word is no instruction of the table for this CPU */
	LORE_RULE_INS_2 = 2, /* the instruction belongs to a feature that this system lacks */
	LORE_RULE_INS_3 = 3, /* the operands make the instruction constrained unpredictable */
	LORE_RULE_INS_4 = 4, /* an address is made or a literal loaded relative to PC */
	LORE_RULE_REG_1 = 10, /* x15, the window's base, is written */
	LORE_RULE_REG_2 = 11, /* x13, the shadow stack pointer, is named by other than a push or pop */
	LORE_RULE_REG_3 = 12, /* x18, the platform register, is read or written */
	LORE_RULE_REG_4 = 13, /* SP, the kernel's stack pointer, is named */
	LORE_RULE_REG_5 = 14, /* x30, the link, is read by other than push, ret and table sequence */
	LORE_RULE_REG_6 = 15, /* x30, the link, is written by other than bl, pop and table sequence */
	LORE_RULE_REG_7 = 16, /* x9, the biased base, is written by other than add or sub of x15 and an immediate */
	LORE_RULE_MEM_1 = 20, /* no fact about the base covers the reach of the access */
	LORE_RULE_MEM_2 = 21, /* a register offset is neither [x15, wN, uxtw] in a window of 4 GiB (or x9, if that is the biased base) nor by an index that is surely small */
	LORE_RULE_CTL_1 = 30, /* the branch leaves the image's code */
	LORE_RULE_CTL_2 = 31, /* the branch goes to a word that has no label */
	LORE_RULE_CTL_3 = 32, /* the call goes neither to the image's code nor to a gate slot */
	LORE_RULE_CTL_4 = 33, /* an indirect branch stands outside the table sequence */
	LORE_RULE_CTL_5 = 34, /* the table sequence is incomplete or names another table, mask or register */
	LORE_RULE_CTL_6 = 35, /* the word after b is neither a label nor the trap word */
	LORE_RULE_FRM_1 = 40, /* x13 is the base of an access that is no push or pop */
	LORE_RULE_FRM_2 = 41, /* a saved register is written while it is not pushed */
	LORE_RULE_FRM_3 = 42, /* a register is pushed that is on the frame list already */
	LORE_RULE_FRM_4 = 43, /* a pop does not take the top of the frame list into the registers pushed there */
	LORE_RULE_FRM_5 = 44, /* ret with registers still pushed */
	LORE_RULE_FRM_6 = 45, /* a call while x30 is not pushed */
	LORE_RULE_FRM_7 = 46, /* the frame list here is not the one that the label names */
	LORE_RULE_FRM_8 = 47, /* bl to a label whose frame list is not empty */
	LORE_RULE_STK_1 = 50, /* x14 may be farther than 1 KiB from the window at a call or return */
	LORE_RULE_STK_2 = 51, /* x14 may be farther from the window than the label claims */
	LORE_RULE_LBL_1 = 60, /* the labels are not strictly ascending */
	LORE_RULE_LBL_2 = 61, /* a label is misaligned or outside the code */
	LORE_RULE_LBL_3 = 62, /* a label claims a fact about x13, x14, x15, x18, x30 or x31 */
	LORE_RULE_LBL_4 = 63, /* a label has an unknown bound class */
	LORE_RULE_LBL_5 = 64, /* a label names a frame list that the image does not have */
	LORE_RULE_LBL_6 = 65, /* a label lies inside a table sequence */
	LORE_RULE_LBL_7 = 66, /* a fact that the label claims is not established here */
	LORE_RULE_TGT_1 = 70, /* the declared targets are not strictly ascending */
	LORE_RULE_TGT_2 = 71, /* a declared target is misaligned or outside the code */
	LORE_RULE_TGT_3 = 72, /* a declared target has no label, or one with facts, a frame, or another x14 bound than 1 KiB */
	LORE_RULE_TGT_4 = 73, /* a declared target does not begin with bti c */
	LORE_RULE_ENT_1 = 80, /* an entry names an unknown hook */
	LORE_RULE_ENT_2 = 81, /* an entry names a declared target that the image does not have */
	LORE_RULE_IMP_1 = 90, /* an import names an unknown gate */
	LORE_RULE_REL_1 = 100, /* data relocations overlap or are not ascending */
	LORE_RULE_REL_2 = 101, /* a data relocation lies outside the initialised data */
	LORE_RULE_LST_1 = 110, /* a frame list has a gap, an unknown register or one register twice */
	LORE_RULE_LST_2 = 111, /* the first frame list is missing or not empty */
	LORE_RULE_IMG_1 = 120, /* the code's length is no multiple of four */
	LORE_RULE_IMG_2 = 121, /* a table's length is no multiple of its entries' size */
	LORE_RULE_IMG_3 = 122, /* code, targets or imports are above the format's limits */
	LORE_RULE_PRO_1 = 130, /* the guard profile is not known */
	LORE_RULE_PRO_3 = 132, /* the image has flags that are unknown or exclude one another */
	LORE_RULE_PRO_4 = 133, /* the policy does not allow the guard profile */
	LORE_RULE_PRO_5 = 134, /* the places of guards are not ascending, overlap, or belong to another profile */
	LORE_RULE_PRO_6 = 135, /* a place of a guard holds no pair of movk that is still to be filled in */
	LORE_RULE_PRO_7 = 136, /* the size of the window is none that the guard profile has */
	LORE_RULE_MTR_1 = 140, /* x9, the fuel of a metered image, is written by other than a check */
	LORE_RULE_MTR_2 = 141, /* the charge of a check is not followed by its branch to a trap word */
	LORE_RULE_MTR_3 = 142, /* no check of fuel before a backward branch, call, table sequence or ret */
	LORE_RULE_MTR_4 = 143, /* a label lies inside a check or between it and what it stands before */
	LORE_RULE_MTR_5 = 144, /* the code of a metered image is above the limit */
};

/* What ended an activation */
enum lore_fault_code {
	LORE_FAULT_MEMORY = 1, /* an access to an address of the window that is not mapped */
	LORE_FAULT_TRAP = 2, /* a trap word was reached (an unreachable place, or the end of the code) */
	LORE_FAULT_SHADOW_STACK = 3, /* the shadow stack ended (recursion too deep) */
	LORE_FAULT_WILD_CALL = 4, /* an indirect call through a value that is no function of the extension */
	LORE_FAULT_TIME = 5, /* the time budget was used up */
	LORE_FAULT_ABORT = 6, /* the extension called abort */
	LORE_FAULT_REQUEST = 7, /* the extension was unloaded or the caller was killed */
	LORE_FAULT_DATA_STACK = 8, /* the data stack ended (recursion too deep, or frames too large) */
};

/* Gates, as an image imports them */
enum lore_gate_code {
	LORE_GATE_LOG = 1, /* writes a line to the kernel's log */
	LORE_GATE_HEAP_GROW = 2, /* maps more pages of the heap */
	LORE_GATE_TIME_NOW = 3, /* reads the monotonic clock */
	LORE_GATE_ABORT = 4, /* ends the activation with a code and a message */
	LORE_GATE_TASK_DROP = 5, /* gives a `task` back */
	LORE_GATE_TASK_CURRENT = 6, /* the task that the activation interrupted or runs for */
	LORE_GATE_TASK_PID = 7, /* the task's thread number, as the initial PID namespace counts */
	LORE_GATE_TASK_BY_PID = 8, /* the task of a thread number, as the initial PID namespace counts */
	LORE_GATE_TASK_PARENT = 9, /* the thread that is told when this task ends, most often the one that made it; `not-found` when it has been told */
	LORE_GATE_TASK_IDS = 10, /* the task's numbers */
	LORE_GATE_TASK_TIMES = 11, /* how long the task ran */
	LORE_GATE_TASK_NAME = 12, /* the task's name, of at most 15 bytes, cut to the room */
	LORE_GATE_TIME_WALL = 13, /* reads the wall clock */
	LORE_GATE_RANDOM = 14, /* a random number that nobody can guess */
	LORE_GATE_CPU_ID = 15, /* the number of the CPU that the activation runs on */
	LORE_GATE_EVENT_RESERVE = 16, /* begins an event of so many bytes */
	LORE_GATE_EVENT_SUBMIT = 17, /* lets the reader have the event that was begun */
	LORE_GATE_EVENT_DISCARD = 18, /* gives up the event that was begun */
	LORE_GATE_PACKET_DROP = 19, /* gives a `packet` back */
	LORE_GATE_PACKET_INFO = 20, /* what the kernel knows of the packet */
	LORE_GATE_PACKET_READ = 21, /* copies bytes of the packet */
	LORE_GATE_PACKET_WRITE = 22, /* changes bytes of the packet */
	LORE_GATE_PACKET_CHECKSUM = 23, /* adds bytes up as the internet's checksums do */
	LORE_GATE_PACKET_RESIZE = 24, /* cuts the packet off, or makes it longer by zeros */
	LORE_GATE_PACKET_CLONE = 25, /* another packet with the same bytes. What is changed in one is not changed in the other */
	LORE_GATE_SOCKET_DROP = 26, /* gives a `socket` back */
	LORE_GATE_SOCKET_FIND = 27, /* the socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks `not-found` */
	LORE_GATE_SOCKET_FIND_AT = 28, /* the socket of two ends, in the network namespace of a packet, and at its device */
	LORE_GATE_SOCKET_OF_PACKET = 29, /* the socket that a packet is of: that which sends it, or that the kernel has found for it already */
	LORE_GATE_SOCKET_INFO = 30, /* what the kernel knows of the socket */
	LORE_GATE_SOCKET_SEND = 31, /* sends a datagram from a socket of UDP that a program has bound, to the other of two ends */
	LORE_GATE_TIMER_DROP = 32, /* gives a `timer` back */
	LORE_GATE_TIMER_CREATE = 33, /* a timer that calls a function of the extension, which must be an entry of the hook `timer`, with a number */
	LORE_GATE_TIMER_ARM = 34, /* has it fire once, so many nanoseconds from now, and not when it was to fire before */
	LORE_GATE_TIMER_CANCEL = 35, /* has it not fire; whether it was to. A call that has begun goes on */
	LORE_GATE_PACKET_TRANSMIT = 37, /* sends a clone out of a device of its namespace, by the device's index */
	LORE_GATE_PACKET_ROUTE = 38, /* sends a clone that begins with its network header as the host's own: along the route to where its header says */
	LORE_GATE_LOCK_DROP = 40, /* gives a `lock` back */
	LORE_GATE_LOCK_TAKE = 41, /* takes the lock that is the 32-bit word at an address in data or heap */
	LORE_GATE_COUNTER_ADD = 42, /* adds to a counter */
	LORE_GATE_COUNTER_SUM = 43, /* what all CPUs have counted */
	LORE_GATE_TASK_KEEP = 44, /* has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead */
	LORE_GATE_PACKET_KEEP = 45, /* has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead */
	LORE_GATE_SOCKET_KEEP = 46, /* has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead */
	LORE_GATE_TIMER_KEEP = 47, /* has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead */
	LORE_GATE_TASK_CLONE = 48, /* another handle of the same task, one's own: of a lent one that is to be kept */
};

/* How an image keeps its accesses inside the window */
enum lore_profile_code {
	LORE_PROFILE_UXTW = 0, /* a guard puts the upper half of a pointer right */
	LORE_PROFILE_MATCH = 1, /* as uxtw, and a pointer whose upper half is wrong traps before its guard */
	LORE_PROFILE_STORES = 2, /* as uxtw, but loads have no guards: they may read anything in the kernel */
	LORE_PROFILE_MOVK = 3, /* the upper half is moved into the pointer in place, as constants that are filled in at load */
	LORE_PROFILE_MASK = 4, /* a pointer is cut down to the size of its window, a power of two, and put inside by an addition */
	LORE_PROFILE_LOW = 5, /* the window begins at address 0 while the code runs, so whatever has 32 bits is an address of it */
};

/* Where an entry can be attached */
enum lore_hook_code {
	LORE_HOOK_RUN = 1, /* called by the run request with a context buffer */
	LORE_HOOK_TRACEPOINT = 2, /* called with the arguments of a tracepoint, kernel pointers left out */
	LORE_HOOK_TIMER = 3, /* called again and again with the number of periods that have passed */
	LORE_HOOK_NETFILTER = 4, /* called for each packet at a point of the network stack, to pass or drop it */
	LORE_HOOK_NETDEV = 5, /* called for each packet that comes in by a network device */
	LORE_HOOK_FUNCTION = 6, /* called with the arguments of a kernel function, kernel pointers left out */
	LORE_HOOK_RETURN = 7, /* called with the result of a kernel function, unless it is a kernel pointer */
};

/* Whether an attachment is in force */
enum lore_attachment_code {
	LORE_ATTACHMENT_LIVE = 0, /* the hook calls the extension */
	LORE_ATTACHMENT_FAULTS = 1, /* the extension had as many faults as it may */
	LORE_ATTACHMENT_DEVICE_GONE = 2, /* the network device was taken away */
	LORE_ATTACHMENT_NAMESPACE_GONE = 3, /* the network namespace ended */
};

/* What becomes of a packet */
enum lore_verdict_code {
	LORE_VERDICT_PASS = 0, /* the packet goes its way */
	LORE_VERDICT_DROP = 1, /* the packet is thrown away */
	LORE_VERDICT_REPLY = 2, /* netdev only: the packet, as it is now, is sent out of the device it came in by */
	LORE_VERDICT_REDIRECT = 3, /* netdev only: the packet is sent out of the device whose index is the result's upper half */
};

/* Spans of a load request */
enum lore_span_code {
	LORE_SPAN_CODE = 0, /* the code section */
	LORE_SPAN_DATA = 1, /* the initialised data */
	LORE_SPAN_LABELS = 2, /* the label table */
	LORE_SPAN_LISTS = 3, /* the frame lists */
	LORE_SPAN_TARGETS = 4, /* the declared targets */
	LORE_SPAN_ENTRIES = 5, /* the entries */
	LORE_SPAN_IMPORTS = 6, /* the import list */
	LORE_SPAN_RELOCS = 7, /* the data relocations */
	LORE_SPAN_GUARDS = 8, /* the places of guards that are filled in at load */
};

/* Features that open instructions, as bits */
#define LORE_FEAT_LSE (1ULL << 0)
#define LORE_FEAT_LRCPC (1ULL << 1)
#define LORE_FEAT_LRCPC2 (1ULL << 2)
#define LORE_FEAT_FLAGM (1ULL << 3)
#define LORE_FEAT_CRC32 (1ULL << 4)
#define LORE_FEAT_CSSC (1ULL << 5)
#define LORE_FEAT_SB (1ULL << 6)

/* Longest name of a hook in bytes, a zero behind it included. */
#define LORE_HOOK_NAME_MAX 128

/* `entry` of an `AttachRequest`: the first of the hook's kind. */
#define LORE_ENTRY_FIRST 4294967295

/* `warnings`: the hook can run with interrupts masked, the image is not metered: it is skipped there, and counted. */
#define LORE_WARN_MASKED (1 << 0)

/* Longest message of `abort` that a record keeps, in bytes. */
#define LORE_TEXT_MAX 256

/* Most call sites that a record's backtrace holds. */
#define LORE_BACKTRACE_MAX 32

/* `flags`: `address` holds a window offset. */
#define LORE_HAS_ADDRESS (1 << 0)

/* `flags`: `registers` holds the general registers (none are given for a fault in a gate). */
#define LORE_HAS_REGISTERS (1 << 1)

/* `flags`: the access was a store. */
#define LORE_IS_STORE (1 << 2)

/* `flags`: it happened in gate number `gate`. */
#define LORE_IN_GATE (1 << 3)

/* `flags`: the backtrace was longer than `BACKTRACE_MAX`. */
#define LORE_CUT (1 << 4)

/* Image flag: metered code (x9 is fuel). */
#define LORE_FLAG_METERED (1 << 0)

/* Image flag: x9 is the biased base, which accesses by half a register may go by. Not with `FLAG_METERED`, nor in the profile
 * `mask`. */
#define LORE_FLAG_BIASED (1 << 1)

/* All flags there are. */
#define LORE_FLAGS (LORE_FLAG_METERED | LORE_FLAG_BIASED)

/* Longest name of an extension in bytes. */
#define LORE_NAME_MAX 48

/* Number of spans in a `LoadRequest`. */
#define LORE_SPAN_COUNT 9

/* `ended`: every activation returned. */
#define LORE_RUN_RETURNED 0

/* `ended`: an activation was cancelled; its fault has the number `fault`. */
#define LORE_RUN_FAULTED 1

/* Most bytes of input and of output of one `RunRequest`, together. */
#define LORE_RUN_BUFFER_MAX (64 << 20)

/* Counters of an extension, in a set for each CPU. */
#define LORE_COUNTERS_MAX 64

/* Bytes of a record's header. */
#define LORE_RING_HEADER_LEN 8

/* Header: bytes of the record behind it. */
#define LORE_RING_LEN_MASK 1073741823

/* Header: no event; filling at the end of the ring, or given up by the extension. */
#define LORE_RING_SKIP 1073741824

/* Header: the record is complete. */
#define LORE_RING_DONE 2147483648

/* Most bytes of one record, and at most a quarter of the ring. */
#define LORE_RING_RECORD_MAX (64 << 10)

/* Most bytes of a ring. */
#define LORE_RING_MAX (64 << 20)

/* Most records of a trace. */
#define LORE_TRACE_MAX (64 << 10)

/* Most bytes of an excerpt; a record of any gate fits. */
#define LORE_EXCERPT_MAX 64

/* Excerpts of one call. */
#define LORE_EXCERPTS 2

/* What a refused request leaves in its `refusal` field. All zero: not refused. */
struct lore_refusal {
	/* `Reason` number, 0 for none. */
	__u32 reason;
	/* `rule::Rule` number when the reason is the verifier, else 0. */
	__u32 rule;
	/* Region offset of the word (verifier), or the number of the bad span (`request::SpanName`). */
	__u32 at;
	/* The word at fault (verifier). */
	__u32 word;
	/* The value that was asked for (sizes, versions, counts). */
	__u64 asked;
	/* The limit that it met. */
	__u64 limit;
};

/* Extension's file: attach an entry to a hook. */
struct lore_attach_request {
	/* The hook's name, padded with zeros: `tracepoint/NAME` and the like. */
	__u8 hook[LORE_HOOK_NAME_MAX];
	/* Index of the entry, or `ENTRY_FIRST`. */
	__u32 entry;
	/* Out: `WARN_*`. */
	__u32 warnings;
	/* Out: number of the attachment. */
	__u64 id;
	/* Out. */
	struct lore_refusal refusal;
};

/* What is known of an attachment. */
struct lore_attachment_status {
	/* Number. */
	__u64 id;
	/* Number of the extension. */
	__u64 extension;
	/* Name of the extension, all zero for none. */
	__u8 name[LORE_NAME_MAX];
	/* The hook's name. */
	__u8 hook[LORE_HOOK_NAME_MAX];
	/* `image::Hook` number. */
	__u32 kind;
	/* Index of the entry. */
	__u32 entry;
	/* `AttachmentState` number. */
	__u32 state;
	/* `WARN_*`. */
	__u32 warnings;
	/* Activations that returned. */
	__u64 runs;
	/* Activations that were cancelled. */
	__u64 cancellations;
	/* Calls of the hook at which none was started: another one of the same level ran on the CPU, or interrupts were
	 * masked and the image is not metered. */
	__u64 skips;
	/* Nanoseconds inside, of cancelled activations too. */
	__u64 time_ns;
	/* Kernel objects that its activations hold at this moment. */
	__u64 held;
};

/* `/dev/lore`: the attachments, by ascending number, from `after` on. */
struct lore_attachments_request {
	/* Numbers up to this one are passed over. */
	__u64 after;
	/* User address of an array of `AttachmentStatus`. */
	__u64 buffer;
	/* Entries of the array. */
	__u32 capacity;
	/* Out: entries written; below `capacity` means that there are no more. */
	__u32 count;
};

/* Extension's file: its counters as each CPU has them: a set of `COUNTERS_MAX`, CPU by CPU. An extension that imports no
 * gate of counters has none. */
struct lore_counters_request {
	/* User address of an array of 64-bit numbers. */
	__u64 buffer;
	/* Entries of the array. */
	__u32 capacity;
	/* Out: CPUs that have a set. Those that do not fit whole are left out. */
	__u32 cpus;
};

/* `/dev/lore`: end one attachment, or all of an extension. */
struct lore_detach_request {
	/* Number of the attachment; 0 for all of an extension. */
	__u64 attachment;
	/* The extension's name; all zero to go by `id`. */
	__u8 name[LORE_NAME_MAX];
	/* The extension's number. */
	__u64 id;
	/* Out: attachments that were ended by this request or before. */
	__u32 count;
	/* Must be zero. */
	__u32 reserved;
	/* Out. */
	struct lore_refusal refusal;
};

/* A place where the kernel may start an activation. */
struct lore_entry {
	/* `Hook` number. */
	__u32 hook;
	/* Index of the declared target. */
	__u32 target;
};

/* The first bytes of memory that a gate was given. */
struct lore_excerpt {
	/* Used bytes of `bytes`. */
	__u32 len;
	/* 1 if memory was read: 0 if there is none in the signature, or none is mapped there. */
	__u32 read;
	/* They were read before the call where the gate reads, and behind it where it writes. */
	__u8 bytes[LORE_EXCERPT_MAX];
};

/* One fault, as it is kept per extension and read with `request::FaultsRequest`. */
struct lore_fault {
	/* Counts the faults of the extension from 1. */
	__u64 number;
	/* Monotonic clock, nanoseconds. */
	__u64 time_ns;
	/* `FaultKind` number. */
	__u32 kind;
	/* `HAS_*`, `IS_*`, `IN_GATE`, `CUT`. */
	__u32 flags;
	/* Region offset of the word; for a fault in a gate, of the `bl` that called it. */
	__u32 at;
	/* The word there. */
	__u32 word;
	/* Window offset of the access, if `HAS_ADDRESS`. */
	__u64 address;
	/* Number of the gate (`lore_iface::Gate`), if `IN_GATE`. */
	__u32 gate;
	/* Index of the entry that was running. */
	__u32 entry;
	/* Code of `abort`. */
	__u64 code;
	/* x0 to x30, with x13, x15, x18 and x30 zero, if `HAS_REGISTERS`. */
	__u64 registers[31];
	/* CPU number. */
	__u32 cpu;
	/* Used entries of `backtrace`. */
	__u32 depth;
	/* Region offsets of the call words that were open, innermost first. */
	__u32 backtrace[LORE_BACKTRACE_MAX];
	/* Used bytes of `text`. */
	__u32 text_len;
	/* Zero. */
	__u32 reserved;
	/* Message of `abort`. */
	__u8 text[LORE_TEXT_MAX];
};

/* Extension's file: its fault records, by ascending number, from `after` on. The oldest are
 * dropped when more than the kernel keeps have come. */
struct lore_faults_request {
	/* Numbers up to this one are passed over. */
	__u64 after;
	/* User address of an array of `fault::Fault`. */
	__u64 buffer;
	/* Entries of the array. */
	__u32 capacity;
	/* Out: entries written. */
	__u32 count;
};

/* What a file says beside its sections. All of it travels in the load request. */
struct lore_header {
	/* `MAGIC`. */
	__u32 magic;
	/* `ABI_VERSION` of the writer. */
	__u32 abi_version;
	/* `Profile` number. */
	__u32 profile;
	/* `FLAG_*`. */
	__u32 flags;
	/* `feature` bits that the code needs; informs messages, the verifier looks at words. */
	__u64 features;
	/* Bytes of data stack that an activation needs; 0 leaves it to the kernel. */
	__u32 stack_len;
	/* Bytes of the ring of events (`ring`); 0 for none. */
	__u32 ring_len;
	/* Most bytes of heap that it needs; 0 leaves it to the kernel. */
	__u64 heap_max;
	/* Bytes of the window, of the profile `mask`; 0 in all others. */
	__u64 window_len;
};

/* `/dev/lore`: what this kernel offers. */
struct lore_info_request {
	/* Out: `ABI_VERSION` of the module. The layout of this request never changes. */
	__u32 abi_version;
	/* Out: 1 if the `strict` policy is in force. */
	__u32 strict;
	/* Out: `feature` bits of the system. */
	__u64 features;
	/* Out: most bytes of code of one image. */
	__u64 code_max;
	/* Out: bytes of the code arena, and of it in use. */
	__u64 arena_len;
	/* Out: see `arena_len`. */
	__u64 arena_used;
	/* Out: most bytes of heap of one extension. */
	__u64 heap_max;
	/* Out: longest time budget of an activation in microseconds. */
	__u64 budget_max_us;
	/* Out: most extensions, and loaded now. */
	__u32 extensions_max;
	/* Out: see `extensions_max`. */
	__u32 extensions;
	/* Out: pages of memory that windows and shadow stacks hold. */
	__u64 pages;
	/* Out: the guard profiles that may be loaded, bit n for `image::Profile` number n. */
	__u64 profiles;
	/* Out: bytes of kernel address space from which windows are taken, and others take theirs. */
	__u64 space;
	/* Must be zero. */
	__u64 reserved;
};

/* A word that direct branches may go to, and what is known there. */
struct lore_label {
	/* Region offset of the word. */
	__u32 at;
	/* Bit n: xN holds a window address within the bound of `class`. Never 13, 14, 15, 18, 30, 31. */
	__u32 registers;
	/* Bound class of `registers` (`contract::bound_of_class`). */
	__u8 class_;
	/* Bound class of x14; `contract::BOUND_CLASS_STACK` where control may come from afar. */
	__u8 class14;
	/* Index of the frame list in `section::LISTS`. */
	__u16 list;
};

/* `/dev/lore`: the loaded extensions, by ascending number, from `after` on. */
struct lore_list_request {
	/* Numbers up to this one are passed over. */
	__u64 after;
	/* User address of an array of `Status`. */
	__u64 buffer;
	/* Entries of the array. */
	__u32 capacity;
	/* Out: entries written; below `capacity` means that there are no more. */
	__u32 count;
};

/* Bytes in user memory. */
struct lore_user_span {
	/* First byte. */
	__u64 addr;
	/* Bytes. */
	__u64 len;
};

/* `/dev/lore`: verify and load an image. */
struct lore_load_request {
	/* `ABI_VERSION` of the loader; the kernel looks at it first. */
	__u32 abi_version;
	/* Region offset of a word of the code that is to be a trap word, 0 for none: an activation that gets there is cancelled.
	 * No word is harmed that is a `bti c`, where indirect calls land. */
	__u32 stop_at;
	/* Of the image's `image::Header`: `image::Profile` number. */
	__u32 profile;
	/* Of the image's header: `FLAG_*`. */
	__u32 flags;
	/* Of the image's header. */
	__u64 features;
	/* Bytes of zeroed data behind the initialised data. */
	__u64 bss_len;
	/* Most bytes of heap; 0 takes the kernel's default. */
	__u64 heap_max;
	/* Time budget of an activation in microseconds; 0 takes the kernel's default. */
	__u64 budget_us;
	/* Bytes of data stack per activation; 0 takes the kernel's default. */
	__u64 stack_len;
	/* Bytes of the ring of events, made a power of two of at least a page; 0 for none. */
	__u64 ring_len;
	/* Of the image's header: bytes of the window, of the profile `mask`; 0 in all others. */
	__u64 window_len;
	/* Faults after which the extension is detached; 0 means 1. */
	__u64 faults_max;
	/* The image's sections, by `SpanName`. */
	struct lore_user_span spans[LORE_SPAN_COUNT];
	/* Name that holds the extension, padded with zeros; all zero for none. */
	__u8 name[LORE_NAME_MAX];
	/* Out: number of the extension. */
	__u64 id;
	/* Out: nanoseconds for copying, verifying, and mapping. */
	__u64 copy_ns;
	/* Out: see `copy_ns`. */
	__u64 verify_ns;
	/* Out: see `copy_ns`. */
	__u64 map_ns;
	/* Out: the extension's file. */
	__s32 fd;
	/* Records of its trace (`trace`), made a power of two; 0 for no trace. */
	__u32 trace;
	/* Out. */
	struct lore_refusal refusal;
};

/* `/dev/lore`: a new file of a loaded extension, by name or number. */
struct lore_open_request {
	/* Name; all zero to go by `id`. */
	__u8 name[LORE_NAME_MAX];
	/* Number, out when opened by name. */
	__u64 id;
	/* Out: the extension's file. */
	__s32 fd;
	/* Must be zero. */
	__u32 reserved;
	/* Out. */
	struct lore_refusal refusal;
};

/* What stands before the records. */
struct lore_ring_header {
	/* Position of the reader, which alone writes it. */
	__u64 consumer;
	/* So that each side writes to cache lines of its own. */
	__u64 apart[15];
	/* Events that found no room, as the kernel counts them. */
	__u64 lost;
};

/* What an entry of hook `run` gets: x0 is the window address of this, at the head of the buffer. */
struct lore_run_context {
	/* Window address of the input. */
	__u64 input;
	/* Bytes of input. */
	__u64 input_len;
	/* Window address of the output. */
	__u64 output;
	/* Room for output. */
	__u64 output_cap;
	/* Written by the extension: bytes of output. The kernel copies no more than `output_cap`. */
	__u64 output_len;
	/* `arg` of the request. */
	__u64 arg;
};

/* Extension's file: run an entry of hook `run`, once or repeatedly, in this task. */
struct lore_run_request {
	/* Index of the entry. */
	__u32 entry;
	/* Activations, at least 1; the input is copied once, the first fault ends the loop. */
	__u32 repeat;
	/* Given to the extension. */
	__u64 arg;
	/* Copied to the window. */
	struct lore_user_span input;
	/* Room for what the extension writes. */
	struct lore_user_span output;
	/* Out: bytes of output. */
	__u64 output_len;
	/* Out: result of the last activation. */
	__u64 result;
	/* Out: nanoseconds of all activations, without copies. */
	__u64 time_ns;
	/* Out: number of the fault, if `RUN_FAULTED`. */
	__u64 fault;
	/* Out: activations that were started. */
	__u32 runs;
	/* Out: `RUN_*`. */
	__u32 ended;
	/* Out. */
	struct lore_refusal refusal;
};

/* What is known of a loaded extension. */
struct lore_status {
	/* Number. */
	__u64 id;
	/* Name, all zero for none. */
	__u8 name[LORE_NAME_MAX];
	/* Bytes of code, and of its region. */
	__u64 code_len;
	/* See `code_len`. */
	__u64 region_len;
	/* Bytes of data and bss. */
	__u64 data_len;
	/* Bytes of heap now, and at most. */
	__u64 heap_len;
	/* See `heap_len`. */
	__u64 heap_max;
	/* Bytes of data stack per activation. */
	__u64 stack_len;
	/* Time budget of an activation in microseconds. */
	__u64 budget_us;
	/* Activations that returned. */
	__u64 runs;
	/* Activations that were cancelled. */
	__u64 faults;
	/* Activations that were skipped. */
	__u64 skips;
	/* Faults after which it is detached. */
	__u64 faults_max;
	/* Nanoseconds inside. */
	__u64 time_ns;
	/* 1 if it was detached after faults. */
	__u32 detached;
	/* Open files. */
	__u32 files;
	/* Declared targets. */
	__u32 targets;
	/* Entries. */
	__u32 entries;
	/* Pages of memory that its window holds, those at hand for growth among them. */
	__u64 pages;
	/* Kernel objects that activations had not dropped when they returned; they were released. */
	__u64 leaks;
	/* Events that found no room in the ring. */
	__u64 events_lost;
	/* Kernel objects that outlive activations, held now. */
	__u64 kept;
	/* Kernel objects that its activations hold at this moment. */
	__u64 held;
	/* Faults that have no record: another one of the same attachment came before the last was recorded, or memory was short. */
	__u64 faults_unrecorded;
	/* `image::Profile` number. */
	__u32 profile;
	/* Zero. */
	__u32 reserved;
	/* Where its region begins in the code arena, the module's symbol `lore_arena`, whose address the kernel tells whom it
	 * tells addresses. */
	__u64 region_at;
	/* Bytes of its window. */
	__u64 window_len;
};

/* Extension's file: its `Status`. */
struct lore_show_request {
	/* Out. */
	struct lore_status status;
};

/* One call. */
struct lore_trace_record {
	/* Monotonic clock when it was called, nanoseconds. */
	__u64 time_ns;
	/* Number of the gate (`lore_iface::Gate`). */
	__u32 gate;
	/* `image::Hook` of the entry that was running. */
	__u32 hook;
	/* CPU number. */
	__u32 cpu;
	/* `fault::FaultKind` if the activation ended with the call, so that nobody saw its result; else 0. */
	__u32 ended;
	/* x0 to x6 at the call; 0 for those that the gate does not look at. */
	__u64 args[7];
	/* x0 behind it. */
	__u64 result;
	/* Memory that arguments name, in their order, and behind those what it wrote. */
	struct lore_excerpt excerpts[LORE_EXCERPTS];
};

/* Extension's file: takes the oldest records out of its trace. Those of calls that are under way, and all behind them, stay. */
struct lore_trace_request {
	/* User address of an array of `TraceRecord`. */
	__u64 buffer;
	/* Entries of the array. */
	__u32 capacity;
	/* Out: entries written. */
	__u32 count;
	/* Out: calls that found no room since the load. */
	__u64 lost;
};

/* `/dev/lore`: gives up the name of an extension; it ends when its last file closes. */
struct lore_unload_request {
	/* Name; all zero to go by `id`. */
	__u8 name[LORE_NAME_MAX];
	/* Number, out when named. */
	__u64 id;
	/* Must be zero. */
	__u64 reserved;
	/* Out. */
	struct lore_refusal refusal;
};

/* Extension's file: where the parts of its window lie that `mmap` of the file shows, as offsets in bytes.
 * 
 * `mmap` wants `MAP_SHARED`, no `PROT_EXEC`, an offset of the file that is an offset in the window, and an address
 * whose low half is that of the kernel's address, `low` and the offset (the kernel finds one). A page of the heap comes to be on the first touch, up to
 * `heap_end`; a touch outside of the parts and of stacks in use raises `SIGBUS`. */
struct lore_window_plan {
	/* Out: initialised and zeroed data. */
	__u64 data_at;
	/* Out: see `data_at`. */
	__u64 data_end;
	/* Out: the heap, up to its limit. */
	__u64 heap_at;
	/* Out: see `heap_at`. */
	__u64 heap_end;
	/* Out: bytes of the heap that the extension was given. */
	__u64 heap_len;
	/* Out: the `ring::RingHeader`, and the first record behind it; 0 without a ring. */
	__u64 ring_at;
	/* Out: see `ring_at`. */
	__u64 records_at;
	/* Out: bytes of records, a power of two. */
	__u64 ring_len;
	/* Out: bytes of the window. */
	__u64 window_len;
	/* Out: the low half of the address at which it begins in the kernel, 0 where windows have 4 GiB. */
	__u64 low;
};





























/* Requests; the C library's ioctl() takes the address of the struct */
#define LORE_INFO _IOWR('L', 0, struct lore_info_request)
#define LORE_LOAD _IOWR('L', 1, struct lore_load_request)
#define LORE_OPEN _IOWR('L', 2, struct lore_open_request)
#define LORE_UNLOAD _IOWR('L', 3, struct lore_unload_request)
#define LORE_LIST _IOWR('L', 4, struct lore_list_request)
#define LORE_SHOW _IOWR('L', 16, struct lore_show_request)
#define LORE_RUN _IOWR('L', 17, struct lore_run_request)
#define LORE_FAULTS _IOWR('L', 18, struct lore_faults_request)
#define LORE_ATTACH _IOWR('L', 24, struct lore_attach_request)
#define LORE_DETACH _IOWR('L', 5, struct lore_detach_request)
#define LORE_ATTACHMENTS _IOWR('L', 6, struct lore_attachments_request)
#define LORE_WINDOW _IOWR('L', 19, struct lore_window_plan)
#define LORE_COUNTERS _IOWR('L', 20, struct lore_counters_request)
#define LORE_TRACE _IOWR('L', 21, struct lore_trace_request)

#endif /* _UAPI_LORE_H */
