// SPDX-License-Identifier: GPL-2.0
//! The calls of an extension that was loaded with a trace.

use crate::requests::{call, Error, Extension};
use lore_abi::trace::{TraceRecord, TraceRequest, TRACE};
use zerocopy::FromZeros;

/// Records that are asked for at once.
const BATCH: usize = 256;

impl Extension {
    /// Takes the oldest calls out of its trace, as many as there are or a few hundred, and tells how many have found no
    /// room since the load. An extension that was loaded without one has none.
    pub fn calls(&self) -> Result<(Vec<TraceRecord>, u64), Error> {
        let mut records = vec![TraceRecord::new_zeroed(); BATCH];
        let mut request = TraceRequest {
            buffer: records.as_mut_ptr() as u64,
            capacity: BATCH as u32,
            count: 0,
            lost: 0,
        };
        call::<TRACE, _>(self, &mut request).map_err(Error::Failed)?;
        records.truncate(request.count as usize);
        Ok((records, request.lost))
    }
}
