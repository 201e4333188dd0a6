// What an attribute sees by itself.

#[lore::run("sched_switch")]
fn no_place_there(_: &mut lore::Run) {}

#[lore::tracepoint("tracepoint/sched_switch")]
fn twice(_: &lore::Tracepoint) {}

#[lore::tracepoint("sched switch")]
fn no_name(_: &lore::Tracepoint) {}

#[lore::tracepoint(sched_switch)]
fn no_string(_: &lore::Tracepoint) {}

#[lore::timer(10)]
fn no_period(_: u64) {}

#[lore::run]
fn nothing() -> i64 {
    0
}

#[lore::run]
fn two(_: &mut lore::Run, _: u64) {}

#[lore::run]
fn shared(_: &lore::Run) {}

#[lore::netfilter]
fn by_value(_: lore::Packet) -> lore::FilterVerdict {
    lore::FilterVerdict::Pass
}

#[lore::timer]
fn by_reference(_: &u64) {}

#[lore::timer]
fn many<T>(_: T) {}

#[lore::timer]
async fn waits(_: u64) {}

#[lore::timer]
unsafe fn asks(_: u64) {}

#[lore::timer]
extern "C" fn calls(_: u64) {}

#[lore::timer]
struct NoFunction;

fn main() {}
