// What the compiler sees, by the types of lore::hook.

#[lore::run]
fn answers_text(_: &mut lore::Run) -> &'static str {
    ""
}

#[lore::netfilter]
fn replies(_: &lore::Packet) -> lore::DeviceVerdict {
    lore::DeviceVerdict::Reply
}

#[lore::netdev]
fn numbers(_: &lore::Packet) -> u64 {
    0
}

#[lore::timer]
fn nobody_asks(_: u64) -> bool {
    true
}

#[lore::tracepoint("sched_switch")]
fn other_context(_: &lore::Call) {}

fn main() {}
