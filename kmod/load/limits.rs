// SPDX-License-Identifier: GPL-2.0
//! The numbers of a load request, within the module's limits.

use super::{refused_by, DATA_MAX};
use crate::{lore::Lore, refused::Refused, sys};
use kernel::prelude::*;
use lore_abi::{
    image::{Profile, FLAGS},
    refusal::Reason,
    request::{LoadRequest, NAME_MAX},
    ring::RING_MAX,
    rule::Rule,
    trace::TRACE_MAX,
};
use lore_sandbox::window::{self, Extent};
use lore_verifier::Violation;

/// The numbers of a request, within the module's limits.
pub(super) struct Limits {
    pub(super) name: [u8; NAME_MAX],
    pub(super) profile: Profile,
    pub(super) bss_len: u64,
    /// The window that the image is for.
    pub(super) extent: Extent,
    pub(super) heap_max: u64,
    /// Nobody asked for a heap of that size.
    pub(super) heap_may_shrink: bool,
    /// 0 for what is usual.
    pub(super) stack_len: u64,
    pub(super) ring_len: u64,
    pub(super) budget_us: u64,
    pub(super) faults_max: u64,
    pub(super) stop_at: u32,
    pub(super) trace: u32,
}

fn or_default(asked: u64, default: u64) -> u64 {
    if asked == 0 {
        default
    } else {
        asked
    }
}

pub(super) fn within(asked: u64, limit: u64) -> Result<u64, Refused> {
    if asked > limit {
        Err(Refused::beyond(Reason::TooLarge, asked, limit))
    } else {
        Ok(asked)
    }
}

/// PRO-7, before a window is taken: what the verifier proves is then about the window that was.
fn extent(profile: Profile, window_len: u64) -> Result<Extent, Refused> {
    let refuse = || {
        refused_by(Violation {
            at: 0,
            word: u32::try_from(window_len).unwrap_or(u32::MAX),
            rule: Rule::WindowLen,
        })
    };
    Extent::of(profile, window_len).ok_or_else(refuse)
}

impl Limits {
    pub(super) fn of(lore: &Lore, request: &LoadRequest) -> Result<Limits, Refused> {
        // Whether the policy allows the profile is the verifier's to say.
        let profile = Profile::from_u32(request.profile).filter(|_| request.flags & !FLAGS == 0);
        let profile = profile.ok_or_else(|| {
            let asked = u64::from(request.profile) << 32 | u64::from(request.flags);
            let known = Profile::ALL.last().map_or(0, |last| last.number());
            Refused::beyond(Reason::Profile, asked, u64::from(known) << 32)
        })?;
        let extent = extent(profile, request.window_len)?;
        if !is_name(&request.name) {
            return Err(Refused::because(Reason::BadName));
        }
        let params = &lore.params;
        let heap_default = params.heap_default.min(params.heap_max);
        let budget_default = params.budget_default_us.min(params.budget_max_us);
        Ok(Limits {
            name: request.name,
            profile,
            bss_len: within(request.bss_len, DATA_MAX)?,
            extent,
            heap_max: within(or_default(request.heap_max, heap_default), params.heap_max)?,
            heap_may_shrink: request.heap_max == 0 && !extent.has_bands(),
            stack_len: within(request.stack_len, window::STACK_MAX)?,
            ring_len: within(request.ring_len, RING_MAX)?,
            budget_us: within(
                or_default(request.budget_us, budget_default),
                params.budget_max_us,
            )?,
            faults_max: or_default(request.faults_max, 1),
            stop_at: request.stop_at,
            // Lossless: at most TRACE_MAX.
            trace: within(request.trace.into(), TRACE_MAX.into())? as u32,
        })
    }
}

/// Refuses what is surely too much, before the kernel kills others to make room for it.
pub(super) fn check_memory(request: &LoadRequest) -> Result<(), Refused> {
    let sections = request
        .spans
        .iter()
        .fold(request.bss_len, |sum, span| sum.saturating_add(span.len));
    let available = sys::memory_available();
    // Data is there twice for a moment.
    let asked = sections.saturating_mul(2);
    if asked > available {
        return Err(Refused::beyond(Reason::NoMemory, asked, available));
    }
    Ok(())
}

/// Whether a name is empty, or made of the characters that names are made of, padded with zeros.
fn is_name(name: &[u8; NAME_MAX]) -> bool {
    let len = name.iter().position(|b| *b == 0).unwrap_or(NAME_MAX);
    name.iter().enumerate().all(|(i, b)| match b {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' => i < len,
        0 => i >= len,
        _ => false,
    })
}
