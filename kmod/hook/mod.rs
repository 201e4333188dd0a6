// SPDX-License-Identifier: GPL-2.0
//! Where extensions are attached, one file per kind.

pub(crate) mod run;
