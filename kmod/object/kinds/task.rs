// SPDX-License-Identifier: GPL-2.0
//! A task, by a counted reference.

pub(crate) use crate::sys::task::Task;
