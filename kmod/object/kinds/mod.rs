// SPDX-License-Identifier: GPL-2.0
//! The kinds of kernel objects, one per file. Each type gives back what it holds when it is dropped, without sleeping.

pub(crate) mod lock;
pub(crate) mod packet;
pub(crate) mod socket;
pub(crate) mod task;
pub(crate) mod timer;
