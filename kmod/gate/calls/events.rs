// SPDX-License-Identifier: GPL-2.0
//! Events: an activation has one record open at a time, which it holds like an object: what it does not submit, the
//! reader passes over, however the activation ends.

use crate::{entry::Activation, heap::Ring};
use lore_iface::GateError;

#[inline(always)]
pub(crate) fn event_reserve(activation: &Activation, len: u64) -> Result<u64, GateError> {
    let ring = activation.ring().ok_or(GateError::NotFound)?;
    if activation.record.is_some() {
        return Err(GateError::NoEvent);
    }
    match ring.reserve_at_once(len) {
        Some((record, address)) => {
            activation.record.set(record);
            Ok(address)
        }
        None => match reserve_slowly(activation, ring, len) {
            TOO_LONG => Err(GateError::TooLong),
            RING_FULL => Err(GateError::RingFull),
            address => Ok(address),
        },
    }
}

/// Errors of [`reserve_slowly`]: no addresses.
const TOO_LONG: u64 = 0;
const RING_FULL: u64 = 1;

/// Apart, with its answer in a register, so that the usual way needs no stack.
#[cold]
#[inline(never)]
fn reserve_slowly(activation: &Activation, ring: &Ring, len: u64) -> u64 {
    match ring.reserve(len) {
        Ok((record, address)) => {
            activation.record.set(record);
            address
        }
        Err(GateError::TooLong) => TOO_LONG,
        Err(_) => RING_FULL,
    }
}

#[inline(always)]
pub(crate) fn event_submit(activation: &Activation) -> Result<(), GateError> {
    let record = activation.record.take().ok_or(GateError::NoEvent)?;
    activation.ring().ok_or(GateError::NotFound)?.submit(record);
    Ok(())
}

pub(crate) fn event_discard(activation: &Activation) -> Result<(), GateError> {
    match activation.close_record() {
        true => Ok(()),
        false => Err(GateError::NoEvent),
    }
}
