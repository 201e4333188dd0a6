// SPDX-License-Identifier: GPL-2.0
//! For programs that work with loaded extensions: requests, the shared window, events. `lore` is one of them.
#![deny(unsafe_code)]

pub mod requests;
