// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What each hook wants of a function and of the place that its attribute names.

/// How an argument is passed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    ByValue,
    ByReference,
    ByMutableReference,
}

/// A hook.
pub struct Hook {
    /// Its attribute, and the function of `lore::hook` that calls its functions.
    pub attribute: &'static str,
    /// The image's number of it.
    pub number: u32,
    /// What its function is.
    pub signature: &'static str,
    /// How the only argument is passed.
    pub argument: Passed,
    /// What the name of a place begins with; `None` if the hook has none.
    pub prefix: Option<&'static str>,
    /// An example of a place.
    pub example: &'static str,
    /// Whether a name of its own can stand in the place's stead.
    pub named: bool,
}

/// What a hook that nothing else is said of is.
const PLAIN: Hook = Hook {
    attribute: "",
    number: 0,
    signature: "",
    argument: Passed::ByValue,
    prefix: None,
    example: "",
    named: false,
};

impl Hook {
    pub const RUN: Hook = Hook {
        attribute: "run",
        number: 1,
        signature: "fn(&mut lore::Run) -> i64",
        argument: Passed::ByMutableReference,
        ..PLAIN
    };
    pub const TRACEPOINT: Hook = Hook {
        attribute: "tracepoint",
        number: 2,
        signature: "fn(&lore::Tracepoint)",
        argument: Passed::ByReference,
        prefix: Some("tracepoint"),
        example: "sched_switch",
        ..PLAIN
    };
    pub const TIMER: Hook = Hook {
        attribute: "timer",
        number: 3,
        signature: "fn(u64)",
        prefix: Some("timer"),
        example: "10ms",
        named: true,
        ..PLAIN
    };
    pub const NETFILTER: Hook = Hook {
        attribute: "netfilter",
        number: 4,
        signature: "fn(&lore::Packet) -> lore::FilterVerdict",
        argument: Passed::ByReference,
        prefix: Some("netfilter"),
        example: "ipv4/local-in",
        ..PLAIN
    };
    pub const NETDEV: Hook = Hook {
        attribute: "netdev",
        number: 5,
        signature: "fn(&lore::Packet) -> lore::DeviceVerdict",
        argument: Passed::ByReference,
        prefix: Some("netdev"),
        example: "eth0",
        ..PLAIN
    };
    pub const FUNCTION: Hook = Hook {
        attribute: "function",
        number: 6,
        signature: "fn(&lore::Call)",
        argument: Passed::ByReference,
        prefix: Some("function"),
        example: "do_unlinkat",
        ..PLAIN
    };
    pub const RETURNS: Hook = Hook {
        attribute: "returns",
        number: 7,
        signature: "fn(u64)",
        prefix: Some("function"),
        example: "do_unlinkat",
        ..PLAIN
    };
}
