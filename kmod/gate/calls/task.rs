// SPDX-License-Identifier: GPL-2.0
//! Tasks: threads of programs and of the kernel.

use crate::{entry::Activation, gate::args, object::kinds::task::Task};
use lore_iface::{GateError, TaskIds, TaskTimes};
use lore_sandbox::span::WindowSpan;

pub(crate) fn current(_activation: &Activation) -> Result<Task, GateError> {
    Task::current().ok_or(GateError::NotFound)
}

pub(crate) fn by_pid(_activation: &Activation, number: u32) -> Result<Task, GateError> {
    Task::by_pid(number).ok_or(GateError::NotFound)
}

pub(crate) fn parent(_activation: &Activation, this: &Task) -> Result<Task, GateError> {
    this.parent().ok_or(GateError::NotFound)
}

pub(crate) fn clone(_activation: &Activation, this: &Task) -> Result<Task, GateError> {
    Ok(this.again())
}

pub(crate) fn pid(_activation: &Activation, this: &Task) -> Result<u32, GateError> {
    Ok(this.pid())
}

pub(crate) fn ids(_activation: &Activation, this: &Task) -> Result<TaskIds, GateError> {
    Ok(this.ids())
}

pub(crate) fn times(_activation: &Activation, this: &Task) -> Result<TaskTimes, GateError> {
    Ok(this.times())
}

/// Bytes written to the room.
pub(crate) fn name(
    activation: &Activation,
    this: &Task,
    room: WindowSpan,
) -> Result<u32, GateError> {
    let name = this.name();
    let len = name
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(name.len());
    args::fill(activation, room, name.get(..len).unwrap_or(&[]))
}
