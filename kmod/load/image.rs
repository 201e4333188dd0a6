// SPDX-License-Identifier: GPL-2.0
//! The private copy of an image: the only read of user memory.

use super::DATA_MAX;
use crate::{lore::Lore, refused::Refused, sys::user};
use kernel::{alloc::flags::GFP_KERNEL_ACCOUNT, prelude::*};
use lore_abi::{
    image::{Entry, Label, Profile},
    refusal::Reason,
    request::{LoadRequest, SpanName, SPAN_COUNT},
};
use lore_sandbox::code;

/// Most entries: more than there are hooks to attach them to.
const ENTRIES_MAX: u64 = 4096;

/// The private copy of an image. Every number in it is a claim.
pub(super) struct Image {
    pub(super) spans: [KVVec<u8>; SPAN_COUNT],
    pub(super) profile: Profile,
    pub(super) flags: u32,
}

/// Size of an element of a span, and the most bytes of it.
fn span_limit(lore: &Lore, span: SpanName) -> (u64, u64) {
    let code_max = code::CODE_MAX.min(lore.params.arena_len);
    match span {
        SpanName::Code => (4, code_max),
        SpanName::Data => (1, DATA_MAX),
        SpanName::Labels => (
            size_of::<Label>() as u64,
            code_max / 4 * size_of::<Label>() as u64,
        ),
        SpanName::Lists => (8, 8 << 16),
        SpanName::Targets => (4, code::TARGETS_MAX * 4),
        SpanName::Entries => (
            size_of::<Entry>() as u64,
            ENTRIES_MAX * size_of::<Entry>() as u64,
        ),
        SpanName::Imports => (4, code::IMPORTS_MAX * 4),
        SpanName::Relocs => (4, DATA_MAX / 8 * 4),
        SpanName::Guards => (4, code_max / 8 * 4),
    }
}

impl Image {
    /// Copies the spans in: the only read of them.
    pub(super) fn copy_in(
        lore: &Lore,
        request: &LoadRequest,
        profile: Profile,
    ) -> Result<Image, Refused> {
        let mut spans: [KVVec<u8>; SPAN_COUNT] = core::array::from_fn(|_| KVVec::new());
        for (&name, to) in SpanName::ALL.iter().zip(&mut spans) {
            let Some(span) = request.spans.get(name.number() as usize) else {
                continue;
            };
            let refuse = |mut refused: Refused| {
                refused.refusal.at = name.number();
                refused
            };
            let (unit, limit) = span_limit(lore, name);
            if span.len > limit {
                return Err(refuse(Refused::beyond(Reason::TooLarge, span.len, limit)));
            }
            if span.len % unit != 0 {
                return Err(refuse(Refused::beyond(Reason::BadSpan, span.len, unit)));
            }
            // Lossless: `limit` is far below 2^63.
            to.resize(span.len as usize, 0, GFP_KERNEL_ACCOUNT)?;
            if user::read_bytes(span.addr as usize, to).is_err() {
                return Err(refuse(Refused::beyond(
                    Reason::BadSpan,
                    span.addr,
                    span.len,
                )));
            }
        }
        Ok(Image {
            spans,
            profile,
            flags: request.flags,
        })
    }

    pub(super) fn span(&self, name: SpanName) -> &[u8] {
        self.spans
            .get(name.number() as usize)
            .map_or(&[], |span| span)
    }

    pub(super) fn take(&mut self, name: SpanName) -> KVVec<u8> {
        self.spans
            .get_mut(name.number() as usize)
            .map_or(KVVec::new(), core::mem::take)
    }
}

/// The `u32`s of a span.
pub(super) fn numbers(span: &[u8]) -> Result<KVec<u32>, Refused> {
    let mut numbers = KVec::with_capacity(span.len() / 4, GFP_KERNEL)?;
    for bytes in span.chunks_exact(4) {
        numbers.push(
            u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            GFP_KERNEL,
        )?;
    }
    Ok(numbers)
}
