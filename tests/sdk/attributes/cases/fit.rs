// Every hook, every kind of answer, and names that the attributes might have used themselves.
#![forbid(unsafe_code)]

use lore::{Call, DeviceVerdict, FilterVerdict, GateError, Packet, Run, Timer, Tracepoint};

#[lore::run]
fn entry(run: &mut Run) -> i64 {
    run.arg() as i64
}

#[lore::run]
fn record(_: &mut Run<'_>) {}

#[lore::run]
fn run<'a>(_: &'a mut lore::Run<'_>) -> Result<i64, GateError> {
    Timer::new(&TICK, 1).map(|_| 0)
}

#[lore::run]
fn called(_: &mut Run) -> Result<(), GateError> {
    Ok(())
}

#[lore::tracepoint("sched_switch")]
pub fn tracepoint(of: &Tracepoint) {
    let [_a, _b, ..] = **of;
}

#[lore::timer("10ms")]
fn timer(_: u64) {}

#[lore::timer(TICK)]
fn tick(_: u64) -> Result<(), GateError> {
    Err(GateError::Busy)
}

#[lore::netfilter("ipv4/local-in:-5")]
fn netfilter(_: &Packet) -> FilterVerdict {
    FilterVerdict::Drop
}

#[lore::netdev("eth0")]
fn netdev(packet: &Packet) -> Result<DeviceVerdict, GateError> {
    Ok(DeviceVerdict::Redirect(packet.info()?.device))
}

#[lore::function("do_unlinkat")]
fn function(of: &Call) {
    assert_eq!(of.len(), 8);
}

#[lore::returns("do_unlinkat")]
fn returns(_: u64) {}

fn main() {}
