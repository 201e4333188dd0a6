// SPDX-License-Identifier: GPL-2.0
//! For programs that work with loaded extensions: requests, the shared window, events. `lore` is one of them.
//!
//! ```no_run
//! use lore_client::{requests::{Device, Who}, window::Access};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (extension, _) = Device::open()?.extension(&Who::Name("latency".into()))?;
//! let window = extension.map(Access::ReadWrite)?;
//! let mut events = window.events()?;
//! loop {
//!     while let Some(event) = events.next_event()? {
//!         println!("{} bytes", event.bytes().len());
//!     }
//!     extension.wait(None)?;
//! }
//! # }
//! ```
#![deny(unsafe_code)]

pub mod counters;
pub mod events;
pub mod requests;
pub mod trace;
#[expect(unsafe_code, reason = "maps memory and gives out references to it")]
pub mod window;

pub use lore_shared as shared;
