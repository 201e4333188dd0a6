// SPDX-License-Identifier: GPL-2.0
//! IMG, PRO, ENT, IMP, REL: what the kernel computes from an image, before any word is looked at.

use crate::tables::{u32_at, LABEL_LEN};
use crate::{Image, Policy, Violation};
use lore_abi::image::{Hook, Profile, FLAG_BIASED, FLAG_METERED};
use lore_abi::rule::Rule;
use lore_iface::Gate;
use lore_sandbox::code::{plan, CodeLayout, Demand, Oversize};
use lore_sandbox::window::Extent;

/// A refusal of entry `index` of a table; for a table as a whole, of its kind.
const fn refuse(index: u32, value: u32, rule: Rule) -> Violation {
    Violation {
        at: index,
        word: value,
        rule,
    }
}

/// Everything but words, labels and targets.
pub fn check(image: &Image<'_>, policy: &Policy) -> Result<(CodeLayout, Profile), Violation> {
    let profile = profile_is_allowed(image, policy)?;
    tables_are_whole(image)?;
    let layout = layout_of(image.code, image.targets, image.imports)?;
    guards_are_of_movk(image, profile)?;
    window_has_a_size(image, profile)?;
    entries_are_targets(image)?;
    imports_are_gates(image)?;
    relocs_are_in_data(image)?;
    Ok((layout, profile))
}

/// PRO-1, PRO-3, PRO-4. The image is of a profile that this verifier proves and the policy allows, and has no unknown flags. It
/// has no biased base where x9 is fuel, or where a register's low half is no offset.
///
/// Otherwise code that was written for other guards would be taken for safe by this contract's names, whoever may load
/// reads all of the kernel by naming a profile, or fuel is the base of an access.
fn profile_is_allowed(image: &Image<'_>, policy: &Policy) -> Result<Profile, Violation> {
    let Some(profile) = Profile::from_u32(image.profile) else {
        return Err(refuse(0, image.profile, Rule::Profile));
    };
    if policy.profiles & profile.bit() == 0 {
        return Err(refuse(0, image.profile, Rule::ProfileForbidden));
    }
    let may_be_biased = profile != Profile::Mask && image.flags & FLAG_METERED == 0;
    let known = FLAG_METERED | if may_be_biased { FLAG_BIASED } else { 0 };
    if image.flags & !known != 0 {
        return Err(refuse(0, image.flags, Rule::UnknownFlags));
    }
    Ok(profile)
}

/// IMG-1, IMG-2. Code is whole words, tables are whole entries.
///
/// Otherwise the last bytes are counted by one reader and left out by another.
fn tables_are_whole(image: &Image<'_>) -> Result<(), Violation> {
    if image.code.len() & 3 != 0 {
        return Err(refuse(0, 0, Rule::PartialWord));
    }
    // In the order of `request::SpanName`, whose number is the refusal's `at`.
    let tables = [
        (2, image.labels.len().checked_rem(LABEL_LEN)),
        (3, image.lists.len().checked_rem(8)),
        (4, image.targets.len().checked_rem(4)),
        (5, image.entries.len().checked_rem(8)),
        (6, image.imports.len().checked_rem(4)),
        (7, image.relocs.len().checked_rem(4)),
        (8, image.guards.len().checked_rem(4)),
    ];
    for (span, rest) in tables {
        if rest != Some(0) {
            return Err(refuse(span, 0, Rule::PartialEntry));
        }
    }
    Ok(())
}

/// IMG-3. The counts fit a region; the answer is its layout.
///
/// Otherwise offsets wrap, and a branch target means another word here than in the arena.
pub fn layout_of(code: &[u8], targets: &[u8], imports: &[u8]) -> Result<CodeLayout, Violation> {
    // Lossless: lengths in memory, and this is a 64-bit kernel; `try_from` for hosts that are not.
    let count = |bytes: &[u8], size: u64| {
        u64::try_from(bytes.len())
            .ok()
            .and_then(|len| len.checked_div(size))
            .unwrap_or(u64::MAX)
    };
    let demand = Demand {
        targets: count(targets, 4),
        imports: count(imports, 4),
        code_len: count(code, 1),
    };
    // The span that is too large, by `request::SpanName`.
    plan(demand).map_err(|oversize| match oversize {
        Oversize::Code => refuse(0, 0, Rule::TooLarge),
        Oversize::Targets => refuse(4, 0, Rule::TooLarge),
        Oversize::Imports => refuse(6, 0, Rule::TooLarge),
    })
}

/// PRO-7. The window of the profile `mask` is a power of two from 64 KiB to 4 GiB; others do not say.
///
/// Otherwise a mask lets bits through that lead out of the window.
fn window_has_a_size(image: &Image<'_>, profile: Profile) -> Result<(), Violation> {
    let len = image.window_len;
    if Extent::of(profile, len).is_some() {
        return Ok(());
    }
    // For people: sizes that do not fit are all one.
    let said = u32::try_from(len).unwrap_or(u32::MAX);
    Err(refuse(0, said, Rule::WindowLen))
}

/// PRO-5. Only images of the profile `movk` have guards that are filled in.
///
/// Otherwise a table that nothing reads says what nobody checks.
fn guards_are_of_movk(image: &Image<'_>, profile: Profile) -> Result<(), Violation> {
    if image.guards.is_empty() || profile == Profile::Movk {
        Ok(())
    } else {
        Err(refuse(0, 0, Rule::GuardOrder))
    }
}

/// The `u32`s of a table with their places.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    (0..u32::MAX).map_while(|index| Some((index, u32_at(bytes, index)?)))
}

/// ENT-1, ENT-2. An entry is of a known hook and starts at a declared target.
///
/// Otherwise the kernel starts an activation in the middle of a function.
fn entries_are_targets(image: &Image<'_>) -> Result<(), Violation> {
    for index in 0..u32::MAX {
        let first = index.saturating_mul(2);
        let (Some(hook), Some(target)) = (
            u32_at(image.entries, first),
            u32_at(image.entries, first.saturating_add(1)),
        ) else {
            break;
        };
        if Hook::from_u32(hook).is_none() {
            return Err(refuse(index, hook, Rule::EntryHook));
        }
        if u32_at(image.targets, target).is_none() {
            return Err(refuse(index, target, Rule::EntryTarget));
        }
    }
    Ok(())
}

/// IMP-1. An import names a gate that this kernel has.
///
/// Otherwise its slot would hold a branch to nowhere.
fn imports_are_gates(image: &Image<'_>) -> Result<(), Violation> {
    for (index, gate) in numbers(image.imports) {
        if Gate::from_u32(gate).is_none() {
            return Err(refuse(index, gate, Rule::ImportGate));
        }
    }
    Ok(())
}

/// REL-1, REL-2. Relocations are 8 bytes each inside the initialised data, ascending without overlap.
///
/// Otherwise the kernel adds the window's base to bytes behind the data, or twice to one place.
fn relocs_are_in_data(image: &Image<'_>) -> Result<(), Violation> {
    let mut least = 0u64;
    for (index, at) in numbers(image.relocs) {
        let start = u64::from(at);
        let end = start.saturating_add(8);
        if start < least {
            return Err(refuse(index, at, Rule::RelocOrder));
        }
        if end > image.data_len {
            return Err(refuse(index, at, Rule::RelocPlace));
        }
        least = end;
    }
    Ok(())
}
