// SPDX-License-Identifier: GPL-2.0
//! Binding an image of the profile `movk` to its window: the upper half of the window's base goes into its guards. This comes
//! before the verifier, which judges what comes out of it and nothing else.

use crate::rules::image::layout_of;
use crate::tables::u32_at;
use crate::Violation;
use lore_abi::rule::Rule;

/// `movk x0, #0, lsl #32`.
const MIDDLE: u32 = 0xf2c0_0000;
/// `movk x0, #0, lsl #48`.
const TOP: u32 = 0xf2e0_0000;

/// The pair that puts the upper half of `window` into register `d`.
#[inline(always)]
pub const fn pair(window: u64, d: u32) -> [u32; 2] {
    // Lossless: 16 bits each.
    let middle = (window >> 32) as u32 & 0xffff;
    let top = (window >> 48) as u32;
    [MIDDLE | middle << 5 | d, TOP | top << 5 | d]
}

/// Fills the guards of an image in for the window that begins at `window`. `targets` and `imports` say where code begins.
///
/// The places are claims: each must name a pair that is still to be filled in. What they leave out stays as it is, and
/// makes no fact.
pub fn bind(
    code: &mut [u8],
    targets: &[u8],
    imports: &[u8],
    places: &[u8],
    window: u64,
) -> Result<(), Violation> {
    let code_at = layout_of(code, targets, imports)?.code_at;
    let mut least = 0u32;
    for bytes in places.chunks_exact(4) {
        let at = bytes
            .first_chunk::<4>()
            .map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes));
        let from = at.wrapping_sub(code_at);
        let word = u32_at(code, from >> 2).unwrap_or(0);
        let refuse = |rule| Violation { at, word, rule };
        place_is_in_order(at, least).map_err(refuse)?;
        let slot = place_is_open(code, at, from, word).map_err(refuse)?;
        let [middle, top] = pair(window, word & 31);
        let filled = u64::from(top) << 32 | u64::from(middle);
        *slot = filled.to_le_bytes();
        least = at.saturating_add(8);
    }
    Ok(())
}

/// PRO-5. The places of guards are ascending, and no two overlap.
///
/// Otherwise a word is filled in twice.
fn place_is_in_order(at: u32, least: u32) -> Result<(), Rule> {
    if at < least {
        Err(Rule::GuardOrder)
    } else {
        Ok(())
    }
}

/// PRO-6. A place of a guard is a pair in the code that is still to be filled in. The answer is its bytes.
///
/// Otherwise the table changes words that nobody meant for guards.
fn place_is_open(code: &mut [u8], at: u32, from: u32, word: u32) -> Result<&mut [u8; 8], Rule> {
    let slot = usize::try_from(from)
        .ok()
        .filter(|_| at & 3 == 0)
        .and_then(|from| code.get_mut(from..)?.first_chunk_mut::<8>())
        .ok_or(Rule::GuardPlace)?;
    let [middle, top] = pair(0, word & 31);
    let open = u64::from(top) << 32 | u64::from(middle);
    if u64::from_le_bytes(*slot) == open {
        Ok(slot)
    } else {
        Err(Rule::GuardPlace)
    }
}
