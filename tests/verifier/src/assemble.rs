// SPDX-License-Identifier: GPL-2.0
//! Assembling, with a cache by content: a second run of the tests starts no assembler.

use crate::case::Case;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::Command;

const FLAGS: &[&str] = &[
    "--target=aarch64-none-elf",
    "-march=armv9.4-a+memtag+lse128+rcpc3+the+ls64+profile+hbc+mops+tme+gcs+sme+sve+fp16",
    "-c",
];

/// Where objects are kept.
fn cache() -> PathBuf {
    let base = std::env::var_os("LORE_CACHE")
        .map(PathBuf::from)
        .unwrap_or_else(|| {
            let home = std::env::var_os("HOME")
                .map(PathBuf::from)
                .unwrap_or_else(std::env::temp_dir);
            home.join(".cache/lore")
        });
    let folder = base.join("corpus");
    std::fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}"));
    folder
}

/// The assembler: `LORE_CLANG`, or the newest clang that is there.
fn clang() -> String {
    if let Ok(clang) = std::env::var("LORE_CLANG") {
        return clang;
    }
    for name in ["clang-19", "clang-20", "clang-21", "clang-22", "clang"] {
        if Command::new(name).arg("--version").output().is_ok() {
            return name.to_owned();
        }
    }
    panic!("no clang found; set LORE_CLANG");
}

/// The objects of all cases, in order.
pub fn all(cases: &[Case]) -> Vec<Vec<u8>> {
    let cache = cache();
    let paths: Vec<PathBuf> = cases
        .iter()
        .map(|case| {
            let mut hasher = DefaultHasher::new();
            (FLAGS, &case.source).hash(&mut hasher);
            cache.join(format!("{:016x}.o", hasher.finish()))
        })
        .collect();
    let missing: Vec<usize> = (0..cases.len()).filter(|&i| !paths[i].exists()).collect();
    if !missing.is_empty() {
        let clang = clang();
        let next = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    while let Some(&i) =
                        missing.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                    {
                        one(&clang, &cases[i], &paths[i]);
                    }
                });
            }
        });
    }
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap_or_else(|e| panic!("{path:?}: {e}")))
        .collect()
}

/// Assembles one case; the object appears under its name only when it is whole.
fn one(clang: &str, case: &Case, object: &std::path::Path) {
    let maker = (std::process::id(), std::thread::current().id());
    let half = object.with_extension(format!("{maker:?}.half"));
    let output = Command::new(clang)
        .args(FLAGS)
        .arg("-o")
        .arg(&half)
        .arg(&case.path)
        .output();
    let output = output.unwrap_or_else(|e| panic!("{clang}: {e}"));
    if !output.status.success() {
        panic!(
            "{}:\n{}",
            case.path.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    std::fs::rename(&half, object).unwrap_or_else(|e| panic!("{object:?}: {e}"));
}
