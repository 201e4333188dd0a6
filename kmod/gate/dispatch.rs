// SPDX-License-Identifier: GPL-2.0
//! From registers to typed, checked arguments, one function per gate. Generated from wit/: `UPDATE=1 cargo test -p
//! lore_interface` writes it anew.
//!
//! Checks go from left to right; a handle that the callee takes is taken last, when nothing can be refused any more.
//!
//! Each function comes twice: `LASTING` is whether a handle may be of an object that outlives the activation. The usual
//! one is tried first, so that it need not know of those.

use super::{args, calls};
use crate::{entry::Activation, object::{kinds, Objects}};
use lore_iface::{ABORT_TEXT_MAX, Gate, GateError, HEAP_GROW_BYTES_MAX, LOG_TEXT_MAX, LogLevel, PACKET_WRITE_BYTES_MAX, SOCKET_SEND_BYTES_MAX, SocketEnds, TIMER_ARM_DELAY_NS_MAX};

type Registers = [u64; 7];
type Answer = Result<u64, GateError>;

/// Whether a gate's first argument may be a handle of an object that outlives activations.
pub(crate) const fn may_last(gate: Gate) -> bool {
    matches!(gate, Gate::TaskDrop | Gate::TaskPid | Gate::TaskParent | Gate::TaskIds | Gate::TaskTimes | Gate::TaskName | Gate::PacketDrop | Gate::PacketInfo | Gate::PacketRead | Gate::PacketWrite | Gate::PacketChecksum | Gate::PacketResize | Gate::PacketClone | Gate::SocketDrop | Gate::SocketFindAt | Gate::SocketOfPacket | Gate::SocketInfo | Gate::SocketSend | Gate::TimerDrop | Gate::TimerArm | Gate::TimerCancel | Gate::PacketTransmit | Gate::PacketRoute | Gate::TaskKeep | Gate::PacketKeep | Gate::SocketKeep | Gate::TimerKeep | Gate::TaskClone)
}

/// Gate 1: writes a line to the kernel's log.
#[inline(always)]
pub(crate) fn log<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let level = args::code(x[0], LogLevel::from_u32)?;
    let text = args::span(activation, x[1], x[2], LOG_TEXT_MAX)?;
    calls::system::log(activation, level, text)?;
    Ok(0)
}

/// Gate 2: maps more pages of the heap.
#[inline(always)]
pub(crate) fn heap_grow<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let bytes = args::at_most(x[0] as u64, HEAP_GROW_BYTES_MAX)?;
    calls::system::heap_grow(activation, bytes)
}

/// Gate 3: reads the monotonic clock.
#[inline(always)]
pub(crate) fn time_now<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    Ok(calls::system::time_now(activation))
}

/// Gate 4: ends the activation with a code and a message.
#[inline(always)]
pub(crate) fn abort<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let code = x[0];
    let text = args::span(activation, x[1], x[2], ABORT_TEXT_MAX).ok();
    calls::system::abort(activation, code, text);
    Ok(0)
}

/// Gate 5: gives a `task` back.
#[inline(always)]
pub(crate) fn task_drop<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    args::give_back::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    Ok(0)
}

/// Gate 6: the task that the activation interrupted or runs for.
#[inline(always)]
pub(crate) fn task_current<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    _x: Registers,
) -> Answer {
    let place = objects.place()?;
    let new = calls::task::current(activation)?;
    Ok(objects.put(place, new))
}

/// Gate 7: the task's thread number, as the initial PID namespace counts.
#[inline(always)]
pub(crate) fn task_pid<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    Ok(u64::from(calls::task::pid(activation, &this)?))
}

/// Gate 8: the task of a thread number, as the initial PID namespace counts.
#[inline(always)]
pub(crate) fn task_by_pid<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let number = x[0] as u32;
    let place = objects.place()?;
    let new = calls::task::by_pid(activation, number)?;
    Ok(objects.put(place, new))
}

/// Gate 9: the thread that is told when this task ends, most often the one that made it; `not-found` when it has been told.
#[inline(always)]
pub(crate) fn task_parent<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    let place = objects.place()?;
    let new = calls::task::parent(activation, &this)?;
    drop(this);
    Ok(objects.put(place, new))
}

/// Gate 10: the task's numbers.
#[inline(always)]
pub(crate) fn task_ids<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    let room = x[1];
    let record = calls::task::ids(activation, &this)?;
    args::answer_record(activation, room, &record)
}

/// Gate 11: how long the task ran.
#[inline(always)]
pub(crate) fn task_times<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    let room = x[1];
    let record = calls::task::times(activation, &this)?;
    args::answer_record(activation, room, &record)
}

/// Gate 12: the task's name, of at most 15 bytes, cut to the room.
#[inline(always)]
pub(crate) fn task_name<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    let room = args::span(activation, x[1], x[2], u64::MAX)?;
    Ok(u64::from(calls::task::name(activation, &this, room)?))
}

/// Gate 13: reads the wall clock.
#[inline(always)]
pub(crate) fn time_wall<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    Ok(calls::system::time_wall(activation))
}

/// Gate 14: a random number that nobody can guess.
#[inline(always)]
pub(crate) fn random<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    Ok(calls::system::random(activation))
}

/// Gate 15: the number of the CPU that the activation runs on.
#[inline(always)]
pub(crate) fn cpu_id<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    Ok(u64::from(calls::system::cpu_id(activation)))
}

/// Gate 16: begins an event of so many bytes.
#[inline(always)]
pub(crate) fn event_reserve<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let len = x[0];
    calls::events::event_reserve(activation, len)
}

/// Gate 17: lets the reader have the event that was begun.
#[inline(always)]
pub(crate) fn event_submit<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    calls::events::event_submit(activation)?;
    Ok(0)
}

/// Gate 18: gives up the event that was begun.
#[inline(always)]
pub(crate) fn event_discard<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    _x: Registers,
) -> Answer {
    calls::events::event_discard(activation)?;
    Ok(0)
}

/// Gate 19: gives a `packet` back.
#[inline(always)]
pub(crate) fn packet_drop<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    args::give_back::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    Ok(0)
}

/// Gate 20: what the kernel knows of the packet.
#[inline(always)]
pub(crate) fn packet_info<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let room = x[1];
    let record = calls::packet::info(activation, &this)?;
    args::answer_record(activation, room, &record)
}

/// Gate 21: copies bytes of the packet.
#[inline(always)]
pub(crate) fn packet_read<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let offset = x[1] as u32;
    let room = args::span(activation, x[2], x[3], u64::MAX)?;
    Ok(u64::from(calls::packet::read(activation, &this, offset, room)?))
}

/// Gate 22: changes bytes of the packet.
#[inline(always)]
pub(crate) fn packet_write<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let offset = x[1] as u32;
    let bytes = args::span(activation, x[2], x[3], PACKET_WRITE_BYTES_MAX)?;
    calls::packet::write(activation, &this, offset, bytes)?;
    Ok(0)
}

/// Gate 23: adds bytes up as the internet's checksums do.
#[inline(always)]
pub(crate) fn packet_checksum<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let offset = x[1] as u32;
    let len = x[2] as u32;
    Ok(u64::from(calls::packet::checksum(activation, &this, offset, len)?))
}

/// Gate 24: cuts the packet off, or makes it longer by zeros.
#[inline(always)]
pub(crate) fn packet_resize<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let len = x[1] as u32;
    calls::packet::resize(activation, &this, len)?;
    Ok(0)
}

/// Gate 25: another packet with the same bytes. What is changed in one is not changed in the other.
#[inline(always)]
pub(crate) fn packet_clone<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let place = objects.place()?;
    let new = calls::packet::clone(activation, &this)?;
    drop(this);
    Ok(objects.put(place, new))
}

/// Gate 26: gives a `socket` back.
#[inline(always)]
pub(crate) fn socket_drop<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    args::give_back::<kinds::socket::Socket, LASTING>(activation, objects, x[0])?;
    Ok(0)
}

/// Gate 27: the socket of two ends, in the network namespace of the caller of the hook `run`; at other hooks `not-found`.
#[inline(always)]
pub(crate) fn socket_find<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let ends = args::record::<SocketEnds>(activation, x[0])?;
    let place = objects.place()?;
    let new = calls::socket::find(activation, ends)?;
    Ok(objects.put(place, new))
}

/// Gate 28: the socket of two ends, in the network namespace of a packet, and at its device.
#[inline(always)]
pub(crate) fn socket_find_at<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let packet = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let ends = args::record::<SocketEnds>(activation, x[1])?;
    let place = objects.place()?;
    let new = calls::socket::find_at(activation, &packet, ends)?;
    drop(packet);
    Ok(objects.put(place, new))
}

/// Gate 29: the socket that a packet is of: that which sends it, or that the kernel has found for it already.
#[inline(always)]
pub(crate) fn socket_of_packet<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let packet = args::borrow::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    let place = objects.place()?;
    let new = calls::socket::of_packet(activation, &packet)?;
    drop(packet);
    Ok(objects.put(place, new))
}

/// Gate 30: what the kernel knows of the socket.
#[inline(always)]
pub(crate) fn socket_info<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::socket::Socket, LASTING>(activation, objects, x[0])?;
    let room = x[1];
    let record = calls::socket::info(activation, &this)?;
    args::answer_record(activation, room, &record)
}

/// Gate 31: sends a datagram from a socket of UDP that a program has bound, to the other of two ends.
#[inline(always)]
pub(crate) fn socket_send<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::socket::Socket, LASTING>(activation, objects, x[0])?;
    let to = args::record::<SocketEnds>(activation, x[1])?;
    let bytes = args::span(activation, x[2], x[3], SOCKET_SEND_BYTES_MAX)?;
    calls::socket::send(activation, &this, to, bytes)?;
    Ok(0)
}

/// Gate 32: gives a `timer` back.
#[inline(always)]
pub(crate) fn timer_drop<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    args::give_back::<kinds::timer::Timer, LASTING>(activation, objects, x[0])?;
    Ok(0)
}

/// Gate 33: a timer that calls a function of the extension, which must be an entry of the hook `timer`, with a number.
#[inline(always)]
pub(crate) fn timer_create<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let function = x[0];
    let argument = x[1];
    let place = objects.place()?;
    let new = calls::timer::create(activation, function, argument)?;
    Ok(objects.put(place, new))
}

/// Gate 34: has it fire once, so many nanoseconds from now, and not when it was to fire before.
#[inline(always)]
pub(crate) fn timer_arm<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::timer::Timer, LASTING>(activation, objects, x[0])?;
    let delay_ns = args::at_most(x[1] as u64, TIMER_ARM_DELAY_NS_MAX)?;
    calls::timer::arm(activation, &this, delay_ns)?;
    Ok(0)
}

/// Gate 35: has it not fire; whether it was to. A call that has begun goes on.
#[inline(always)]
pub(crate) fn timer_cancel<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::timer::Timer, LASTING>(activation, objects, x[0])?;
    Ok(u64::from(calls::timer::cancel(activation, &this)?))
}

/// Gate 37: sends a clone out of a device of its namespace, by the device's index.
#[inline(always)]
pub(crate) fn packet_transmit<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let device = x[1] as u32;
    let packet = args::own::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    calls::packet::transmit(activation, packet, device)?;
    Ok(0)
}

/// Gate 38: sends a clone that begins with its network header as the host's own: along the route to where its header says.
#[inline(always)]
pub(crate) fn packet_route<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let packet = args::own::<kinds::packet::Packet, LASTING>(activation, objects, x[0])?;
    calls::packet::route(activation, packet)?;
    Ok(0)
}

/// Gate 40: gives a `lock` back.
#[inline(always)]
pub(crate) fn lock_drop<const LASTING: bool>(
    _activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    drop(objects.take::<kinds::lock::Lock>(x[0])?);
    Ok(0)
}

/// Gate 41: takes the lock that is the 32-bit word at an address in data or heap.
#[inline(always)]
pub(crate) fn lock_take<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let word = x[0];
    let place = objects.place()?;
    let new = calls::lock::take(activation, word)?;
    Ok(objects.put(place, new))
}

/// Gate 42: adds to a counter.
#[inline(always)]
pub(crate) fn counter_add<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let counter = x[0] as u32;
    let by = x[1];
    calls::counters::counter_add(activation, counter, by)?;
    Ok(0)
}

/// Gate 43: what all CPUs have counted.
#[inline(always)]
pub(crate) fn counter_sum<const LASTING: bool>(
    activation: &Activation,
    _objects: &mut Objects,
    x: Registers,
) -> Answer {
    let counter = x[0] as u32;
    calls::counters::counter_sum(activation, counter)
}

/// Gate 44: has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead.
#[inline(always)]
pub(crate) fn task_keep<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    activation.extension().lasting.keep::<kinds::task::Task>(objects, x[0])
}

/// Gate 45: has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead.
#[inline(always)]
pub(crate) fn packet_keep<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    activation.extension().lasting.keep::<kinds::packet::Packet>(objects, x[0])
}

/// Gate 46: has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead.
#[inline(always)]
pub(crate) fn socket_keep<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    activation.extension().lasting.keep::<kinds::socket::Socket>(objects, x[0])
}

/// Gate 47: has it outlive the activation: every activation of the extension may use the new handle, until it is dropped or the extension ends. The old handle is dead.
#[inline(always)]
pub(crate) fn timer_keep<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    activation.extension().lasting.keep::<kinds::timer::Timer>(objects, x[0])
}

/// Gate 48: another handle of the same task, one's own: of a lent one that is to be kept.
#[inline(always)]
pub(crate) fn task_clone<const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    x: Registers,
) -> Answer {
    let this = args::borrow::<kinds::task::Task, LASTING>(activation, objects, x[0])?;
    let place = objects.place()?;
    let new = calls::task::clone(activation, &this)?;
    drop(this);
    Ok(objects.put(place, new))
}
