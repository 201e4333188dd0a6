// SPDX-License-Identifier: GPL-2.0
//! Counters of the extension.

use crate::entry::Activation;
use lore_iface::GateError;

pub(crate) fn counter_add(activation: &Activation, counter: u32, by: u64) -> Result<(), GateError> {
    let counters = &activation.extension().counters;
    let added = counters.add(activation.cpu(), counter, by);
    added.ok_or(GateError::BadValue)
}

pub(crate) fn counter_sum(activation: &Activation, counter: u32) -> Result<u64, GateError> {
    let sum = activation.extension().counters.sum(counter);
    sum.ok_or(GateError::BadValue)
}
