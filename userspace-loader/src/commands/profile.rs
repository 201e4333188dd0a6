// SPDX-License-Identifier: GPL-2.0
//! Guard profiles, as people name them.

use lore_abi::image::Profile;
use lore_abi::request::InfoRequest;

/// A guard profile by its name.
pub fn parse_profile(name: &str) -> Result<Profile, String> {
    let found = Profile::ALL.iter().find(|profile| profile.id() == name);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = Profile::ALL.iter().map(|profile| profile.id()).collect();
        format!("no guard profile `{name}`; there are {}", known.join(", "))
    })
}

/// The name of the guard profile of a number.
pub fn profile_name(number: u32) -> String {
    Profile::from_u32(number).map_or_else(
        || format!("profile {number}"),
        |profile| profile.id().to_owned(),
    )
}

/// The name of the guard profile of a number, and what it does.
pub fn profile_text(number: u32) -> String {
    Profile::from_u32(number).map_or_else(
        || profile_name(number),
        |profile| format!("{profile}: {}", profile.text()),
    )
}

/// The guard profiles that a kernel takes, those that this version knows.
pub fn profile_names(info: &InfoRequest) -> Vec<&'static str> {
    let allowed = |profile: &&Profile| info.profiles & u64::from(profile.bit()) != 0;
    let all = Profile::ALL.iter().filter(allowed);
    all.map(|profile| profile.id()).collect()
}
