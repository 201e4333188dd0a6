// SPDX-License-Identifier: GPL-2.0
//! The table of libraries, which the bench's corpus takes some from.

pub mod table;
