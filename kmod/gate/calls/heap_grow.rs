// SPDX-License-Identifier: GPL-2.0
//! `heap_grow(bytes)`: maps more pages behind the heap. Result: address of the first new byte.

use crate::entry::Activation;
use lore_abi::{
    gate::{GateError, HEAP_GROW_MAX},
    image::Hook,
};

pub(crate) fn call(activation: &Activation, args: [u64; 3]) -> Result<u64, GateError> {
    let [bytes, ..] = args;
    if bytes > HEAP_GROW_MAX {
        return Err(GateError::TooLong);
    }
    let calm = activation.hook() == Some(Hook::Run);
    activation.extension().window.grow(bytes, calm)
}
