// SPDX-License-Identifier: GPL-2.0
//! Sources that crates of the registry carry: cargo fetches and checks them, this finds them.

use super::{run, rust, write_if_changed, Place};
use crate::output::{Failure, Status};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Folders of the named crates, each with its version requirement.
pub fn locate(
    name: &str,
    crates: &BTreeMap<String, String>,
    place: &Place,
) -> Result<BTreeMap<String, PathBuf>, Box<Failure>> {
    if crates.is_empty() {
        return Ok(BTreeMap::new());
    }
    // A package of its own: it depends on the crates, so cargo resolves and fetches them.
    let folder = place.folder.join(name).join("crates");
    let mut manifest = "[package]\nname = \"sources\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n\
                        [workspace]\n\n[dependencies]\n"
        .to_owned();
    for (name, version) in crates {
        let quote = |text: &str| Value::from(text).to_string();
        manifest.push_str(&format!("{name} = {}\n", quote(version)));
    }
    let known = folder.join("places.json");
    let stale = std::fs::read_to_string(folder.join("Cargo.toml"))
        .ok()
        .as_ref()
        != Some(&manifest);
    if !stale {
        if let Some(places) = remembered(&known) {
            return Ok(places);
        }
    }
    write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
    write_if_changed(&folder.join("src/lib.rs"), "")?;
    let metadata = |network: &[&str], quiet| {
        let mut cargo = rust::cargo()?;
        cargo
            .args(["metadata", "--format-version", "1", "--quiet"])
            .args(network);
        cargo.arg("--manifest-path").arg(folder.join("Cargo.toml"));
        run(&mut cargo, quiet)
    };
    // What is there already needs no network, and without one cargo would rather fail than look.
    let found = metadata(&["--offline"], true).or_else(|_| metadata(&[], place.quiet))?;
    let metadata: Value = serde_json::from_str(&found).map_err(|error| {
        let message = format!("cargo metadata: {error}");
        Failure::new(Status::Usage, "cargo", message)
    })?;
    let places = places(&metadata, crates)?;
    let text = serde_json::to_string(&places).unwrap_or_default();
    write_if_changed(&known, &text)?;
    Ok(places)
}

/// What an earlier build found, if it is still there.
fn remembered(file: &std::path::Path) -> Option<BTreeMap<String, PathBuf>> {
    let text = std::fs::read_to_string(file).ok()?;
    let places: BTreeMap<String, PathBuf> = serde_json::from_str(&text).ok()?;
    places
        .values()
        .all(|place| place.is_dir())
        .then_some(places)
}

fn places(
    metadata: &Value,
    crates: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, PathBuf>, Box<Failure>> {
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let place_of = |name: &String| {
        let package = packages
            .iter()
            .find(|package| package["name"] == name.as_str());
        let manifest = package.and_then(|package| package["manifest_path"].as_str());
        manifest
            .and_then(|path| PathBuf::from(path).parent().map(PathBuf::from))
            .ok_or_else(|| {
                let message = format!("cargo does not say where the crate {name} is");
                Box::new(Failure::new(Status::Usage, "cargo", message))
            })
    };
    crates
        .keys()
        .map(|name| Ok((name.clone(), place_of(name)?)))
        .collect()
}
