// SPDX-License-Identifier: GPL-2.0
//! The module under test, from inside the guest.

mod faults;
mod hostile;
mod lifetime;
mod limits;
mod races;
mod runs;
