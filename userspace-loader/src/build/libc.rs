// SPDX-License-Identifier: GPL-2.0
//! The C library: picolibc's own sources, which the crate `picolibc` carries, compiled with the flags of the contract.
//!
//! It is made once a machine, in the cache folder, when the first program needs a function of it. Memory, standard
//! streams and the end of a program are the SDK's (`sdk/c/src`). Soft floating point is Rust's `compiler_builtins`.

use super::c::{job, run_all, Compiler, FLAGS, SDK_HEADERS};
use super::{crates, rust, write_if_changed, Place};
use crate::output::{Failure, Status};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The crate that carries the sources.
const CRATE: (&str, &str) = ("picolibc", "=0.0.7");
/// Where in it they lie.
const INSIDE: &str = "third_party/picolibc";
/// Folders whose sources are compiled.
const FOLDERS: &[&str] = &[
    "libc/ctype",
    "libc/errno",
    "libc/locale",
    "libc/misc",
    "libc/search",
    "libc/stdio",
    "libc/stdlib",
    "libc/string",
    "libc/time",
    "libm/common",
    "libm/fenv",
    "libm/ld",
    "libm/math",
];
/// Folders that sources include from.
const INCLUDES: &[&str] = &[
    "libc/locale",
    "libc/stdio",
    "libc/stdlib",
    "libm/common",
    "libm/math",
];
/// Sources that others include, and which are nothing alone.
const PARTS: &[&str] = &[
    "conv_flt.c",
    "ultoa_invert.c",
    "vfprintf_char.c",
    "vfprintf_float.c",
    "vfprintf_int.c",
    "vfprintf_n.c",
    "vfprintf_str.c",
];
/// Flags beside those of every extension.
const MORE_FLAGS: &[&str] = &[
    "-w",
    "-std=gnu18",
    "-fno-builtin",
    "-fno-common",
    "-D_LIBC",
    "-D_COMPILING_NEWLIB",
];
/// The package of soft floating point.
const FLOAT: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        include_str!("../../../sdk/c/float/Cargo.toml"),
    ),
    ("lib.rs", include_str!("../../../sdk/c/float/lib.rs")),
];

/// Where the library's parts are.
pub struct Libc {
    /// What compiles it.
    pub compiler: Compiler,
    sdk: PathBuf,
    sources: PathBuf,
}

impl Libc {
    /// Finds the compiler, the SDK's headers and the library's sources.
    pub fn find(place: &Place) -> Result<Libc, Box<Failure>> {
        let compiler = Compiler::find()?;
        let sdk = place.folder.join("sdk").join("include");
        write_headers(&sdk)?;
        let wanted = BTreeMap::from([(CRATE.0.to_owned(), CRATE.1.to_owned())]);
        let mut found = crates::locate("sdk", &wanted, place).map_err(|mut failure| {
            failure.help.push(format!(
                "the C library is in the crate {}, which cargo fetches from the registry once",
                CRATE.0
            ));
            failure
        })?;
        let sources = found.remove(CRATE.0).unwrap_or_default().join(INSIDE);
        Ok(Libc {
            compiler,
            sdk,
            sources,
        })
    }

    /// What every source of an extension is compiled with.
    pub fn flags(&self) -> Vec<String> {
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| flag.to_string()).collect();
        for folder in [&self.sdk, &self.sources.join("libc/include")] {
            flags.push(format!("-isystem{}", folder.display()));
        }
        flags
    }

    /// The library's objects.
    pub fn library(&self, place: &Place) -> Result<Vec<PathBuf>, Box<Failure>> {
        let home = cache()?.join(format!("{:016x}", self.key()));
        std::fs::create_dir_all(&home).map_err(|error| Failure::io("make", &home, &error))?;
        // Several builds may want it at once, and one makes it.
        let lock = home.join("lock");
        let held = std::fs::File::create(&lock)
            .and_then(|file| {
                rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive)?;
                Ok(file)
            })
            .map_err(|error| Failure::io("lock", &lock, &error))?;
        let include = home.join("include");
        write_headers(&include)?;
        let mut flags: Vec<String> = FLAGS
            .iter()
            .chain(MORE_FLAGS)
            .map(|flag| flag.to_string())
            .collect();
        for folder in [&include, &self.sources.join("libc/include")] {
            flags.push(format!("-isystem{}", folder.display()));
        }
        let inside = |folder: &&str| format!("-I{}", self.sources.join(folder).display());
        flags.extend(INCLUDES.iter().map(inside));
        let mut jobs = Vec::new();
        for source in self.files()? {
            jobs.push(job(&self.compiler, flags.clone(), source, &home));
        }
        let done = home.join("done");
        if !done.exists() {
            if !place.quiet {
                anstream::eprintln!("compiling the C library, once");
            }
            run_all(&jobs, place)?;
            write_if_changed(&done, "")?;
        }
        drop(held);
        Ok(jobs.into_iter().map(|job| job.object).collect())
    }

    /// An archive with what compilers call for `float`, `double` and `long double`.
    pub fn floating_point(&self, place: &Place) -> Result<Vec<PathBuf>, Box<Failure>> {
        let package = place.folder.join("sdk").join("float");
        for (name, text) in FLOAT {
            write_if_changed(&package.join(name), text)?;
        }
        rust::compile(&package, place)
    }

    /// What the objects depend on.
    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (CRATE, FLAGS, MORE_FLAGS, FOLDERS, SDK_HEADERS).hash(&mut hasher);
        (&self.compiler.name, &self.compiler.version, &self.sources).hash(&mut hasher);
        hasher.finish()
    }

    fn files(&self) -> Result<Vec<PathBuf>, Box<Failure>> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            let folder = self.sources.join(folder);
            let entries =
                std::fs::read_dir(&folder).map_err(|error| Failure::io("read", &folder, &error))?;
            let is_source = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.ends_with(".c") && !PARTS.contains(&&*name)
            };
            files.extend(
                entries
                    .flatten()
                    .map(|entry| entry.path())
                    .filter(is_source),
            );
        }
        files.sort();
        Ok(files)
    }
}

/// Writes the SDK's headers, and takes away what another version of the SDK had: it would hide the library's.
fn write_headers(folder: &Path) -> Result<(), Box<Failure>> {
    for (name, text) in SDK_HEADERS {
        write_if_changed(&folder.join(name), text)?;
    }
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::io("read", folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let known = |&&(name, _): &&(&str, &str)| path.file_name().is_some_and(|it| it == name);
        if SDK_HEADERS.iter().find(known).is_none() {
            std::fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
        }
    }
    Ok(())
}

/// The folder for what is made once a machine.
fn cache() -> Result<PathBuf, Box<Failure>> {
    let from = |name: &str, inside: &str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
        Some(Path::new(&value).join(inside))
    };
    from("LORE_CACHE", "libc")
        .or_else(|| from("XDG_CACHE_HOME", "lore/libc"))
        .or_else(|| from("HOME", ".cache/lore/libc"))
        .ok_or_else(|| {
            let message = "no place for the C library";
            Failure::new(Status::Usage, "no-cache", message)
                .help("set LORE_CACHE to a folder")
                .into()
        })
}
