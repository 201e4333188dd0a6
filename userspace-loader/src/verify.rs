// SPDX-License-Identifier: GPL-2.0
//! The kernel's verifier, run on an image here: the same crate, the same verdict.

use crate::image::Image;
use lore_abi::feature;
use lore_abi::image::Profile;
use lore_sandbox::code::CodeLayout;
use lore_verifier::{bind, room_for, Note, Policy, Violation};
use std::borrow::Cow;
use zerocopy::IntoBytes;

/// Every feature that the verifier knows: what some kernel would accept.
pub fn all_features() -> u64 {
    feature::ALL
        .iter()
        .map(|(bit, _)| bit)
        .fold(0, |all, bit| all | bit)
}

/// Features by name, `FEAT_LSE` or `LSE`, separated by commas; `all` and `none` too.
pub fn parse_features(list: &str) -> Result<u64, String> {
    match list {
        "all" => return Ok(all_features()),
        "none" => return Ok(0),
        _ => {}
    }
    let bit_of = |name: &str| {
        let short = |name: &str| {
            name.to_ascii_lowercase()
                .trim_start_matches("feat_")
                .to_owned()
        };
        let found = feature::ALL
            .iter()
            .find(|(_, known)| short(known) == short(name));
        found.map(|(bit, _)| *bit).ok_or_else(|| {
            let known: Vec<_> = feature::ALL.iter().map(|(_, known)| *known).collect();
            format!(
                "no feature `{name}`; there are all, none, {}",
                known.join(", ")
            )
        })
    };
    list.split(',')
        .try_fold(0, |bits, name| Ok(bits | bit_of(name.trim())?))
}

/// The names of feature bits; an unknown bit by its number.
pub fn feature_names(bits: u64) -> Vec<String> {
    (0..64)
        .map(|shift| 1u64 << shift)
        .filter(|bit| bits & bit != 0)
        .map(|bit| {
            let known = feature::ALL.iter().find(|(known, _)| *known == bit);
            known.map_or_else(
                || format!("bit {}", bit.trailing_zeros()),
                |(_, n)| n.to_string(),
            )
        })
        .collect()
}

/// The code of an image, with its guards filled in for the window if it has such.
fn bound(image: &Image, window: u64) -> Result<Cow<'_, [u8]>, Violation> {
    if image.header.profile != Profile::Movk.number() {
        return Ok(Cow::Borrowed(&image.code));
    }
    let mut code = image.code.clone();
    let [targets, imports, places] =
        [&image.targets, &image.imports, &image.guards].map(|table| table.as_bytes());
    bind(&mut code, targets, imports, places, window)?;
    Ok(Cow::Owned(code))
}

/// What the kernel's verifier says of an image under a policy.
pub fn verify(image: &Image, policy: &Policy) -> Result<CodeLayout, Violation> {
    let code = bound(image, policy.window)?;
    let view = lore_verifier::Image {
        code: &code,
        labels: image.labels.as_bytes(),
        lists: image.lists.as_bytes(),
        targets: image.targets.as_bytes(),
        entries: image.entries.as_bytes(),
        imports: image.imports.as_bytes(),
        relocs: image.relocs.as_bytes(),
        guards: image.guards.as_bytes(),
        window_len: image.header.window_len,
        data_len: image.data.len() as u64,
        profile: image.header.profile,
        flags: image.header.flags,
    };
    let mut room = vec![Note::default(); room_for(view.code.len())];
    lore_verifier::verify(&view, policy, &mut room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_by_name() {
        assert_eq!(parse_features("none"), Ok(0));
        assert_eq!(
            parse_features("LSE,feat_sb"),
            Ok(feature::LSE | feature::SB)
        );
        assert_eq!(parse_features("all"), Ok(all_features()));
        assert!(parse_features("LSE,SVE")
            .unwrap_err()
            .contains("no feature `SVE`"));
        assert_eq!(
            feature_names(feature::LSE | 1 << 40),
            ["FEAT_LSE", "bit 40"]
        );
    }
}
