// SPDX-License-Identifier: GPL-2.0
//! What extensions in C are built with: headers, the SDK's own functions, a C library, soft floating point.
//!
//! All of it is made once a machine, in the cache folder, each part when the first program needs it. The C library is
//! picolibc, from the crate that carries its sources; soft floating point is Rust's `compiler_builtins`.

use super::c::{flags, job, run_all, Compiler, Job};
use super::{crates, rust, write_if_changed, File, Place, Registers};
use crate::object::archive;
use crate::output::{Failure, Status};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

const HEADERS: &[File] =
    carried!("c/include/": "lore.h", "lore_gates.h", "lore_shared.h", "picolibc.h");
const SOURCES: &[File] = carried!("c/src/": "cxx.c", "heap.c", "memory.c", "system.c");
const FLOAT: &[File] = carried!("c/float/": "Cargo.toml", "lib.rs");

/// The crate that carries the C library.
const CRATE: (&str, &str) = ("picolibc", "=0.0.7");
/// Where in it the sources lie.
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
/// For the SDK's own sources: or clang makes calls of memcpy out of memcpy's own loop.
const OWN_FLAGS: &[&str] = &["-fno-builtin"];
/// For the C library's.
const LIBRARY_FLAGS: &[&str] = &[
    "-w",
    "-std=gnu18",
    "-fno-builtin",
    "-fno-common",
    "-D_LIBC",
    "-D_COMPILING_NEWLIB",
];

/// The SDK as it lies in the cache.
pub struct Sdk {
    /// What compiles an extension's sources.
    pub compiler: Compiler,
    /// What compiles the SDK's.
    clang: Compiler,
    place: Place,
    library: PathBuf,
}

impl Sdk {
    /// Finds the compilers and the C library's sources, and unpacks the headers.
    pub fn find(quiet: bool, registers: Registers) -> Result<Sdk, Box<Failure>> {
        let compiler = Compiler::find()?;
        let clang = compiler.or_clang()?;
        let folder = cache()?.join(format!("{:016x}", key(&clang, registers)));
        let place = Place {
            folder,
            quiet,
            registers,
        };
        for (name, text) in HEADERS {
            write_if_changed(&place.folder.join("include").join(name), text)?;
        }
        let wanted = BTreeMap::from([(CRATE.0.to_owned(), CRATE.1.to_owned())]);
        let found = crates::locate("libc", &wanted, &place).map_err(|mut failure| {
            failure.help.push(format!(
                "the C library is in the crate {}, which cargo fetches from the registry once",
                CRATE.0
            ));
            failure
        })?;
        Ok(Sdk {
            compiler,
            clang,
            library: found[CRATE.0].join(INSIDE),
            place,
        })
    }

    /// What every source of an extension is compiled with.
    pub fn flags(&self) -> Vec<String> {
        let folders = [
            self.place.folder.join("include"),
            self.library.join("libc/include"),
        ];
        let folders = folders.map(|folder| format!("-isystem{}", folder.display()));
        let fixed = flags(self.place.registers).map(str::to_owned);
        fixed.chain(folders).collect()
    }

    /// An archive of the SDK's own functions.
    pub fn own(&self) -> Result<PathBuf, Box<Failure>> {
        let folder = self.place.folder.join("src");
        for (name, text) in SOURCES {
            write_if_changed(&folder.join(name), text)?;
        }
        let sources = SOURCES.iter().map(|(name, _)| folder.join(name)).collect();
        self.archive("liblore.a", sources, OWN_FLAGS, &[])
    }

    /// An archive of the C library.
    pub fn library(&self) -> Result<PathBuf, Box<Failure>> {
        self.archive("libc.a", self.sources()?, LIBRARY_FLAGS, INCLUDES)
    }

    /// An archive with what compilers call for `float`, `double` and `long double`.
    pub fn floating_point(&self) -> Result<PathBuf, Box<Failure>> {
        let package = self.place.folder.join("float");
        for (name, text) in FLOAT {
            write_if_changed(&package.join(name), text)?;
        }
        let mut made = rust::compile(&package, &self.place)?;
        made.pop().ok_or_else(|| {
            Failure::new(Status::Usage, "cargo", "no archive of soft floating point").into()
        })
    }

    /// Compiles sources to an archive, if that has not been done.
    fn archive(
        &self,
        name: &str,
        sources: Vec<PathBuf>,
        more: &[&str],
        includes: &[&str],
    ) -> Result<PathBuf, Box<Failure>> {
        let made = self.place.folder.join(name);
        if made.exists() {
            return Ok(made);
        }
        // Several builds may want it at once, and one makes it.
        let lock = self.place.folder.join("lock");
        let _held = std::fs::File::create(&lock)
            .and_then(|file| {
                rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive)?;
                Ok(file)
            })
            .map_err(|error| Failure::io("lock", &lock, &error))?;
        if made.exists() {
            return Ok(made);
        }
        if !self.place.quiet {
            anstream::eprintln!("compiling {name}, once");
        }
        let mut flags = self.flags();
        flags.extend(more.iter().map(|flag| flag.to_string()));
        let inside = |folder: &&str| format!("-I{}", self.library.join(folder).display());
        flags.extend(includes.iter().map(inside));
        let objects = self.place.folder.join("objects");
        let job = |source| job(&self.clang, flags.clone(), source, &objects);
        let jobs: Vec<Job> = sources.into_iter().map(job).collect();
        run_all(&jobs, &self.place)?;
        let read = |job: &Job| {
            let bytes = std::fs::read(&job.object);
            let bytes = bytes.map_err(|error| Failure::io("read", &job.object, &error))?;
            let name = job.object.file_name().unwrap_or_default();
            Ok((name.to_string_lossy().into_owned(), bytes))
        };
        let members = jobs
            .iter()
            .map(read)
            .collect::<Result<Vec<_>, Box<Failure>>>()?;
        // Whole or not at all, since what is there is taken for done.
        let half = made.with_extension("half");
        std::fs::write(&half, archive::write(&members))
            .and_then(|()| std::fs::rename(&half, &made))
            .map_err(|error| Failure::io("write", &made, &error))?;
        Ok(made)
    }

    /// The C library's sources.
    fn sources(&self) -> Result<Vec<PathBuf>, Box<Failure>> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            let folder = self.library.join(folder);
            let entries =
                std::fs::read_dir(&folder).map_err(|error| Failure::io("read", &folder, &error))?;
            let is_source = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.ends_with(".c") && !PARTS.contains(&&*name)
            };
            let paths = entries.flatten().map(|entry| entry.path());
            files.extend(paths.filter(is_source));
        }
        files.sort();
        Ok(files)
    }
}

/// What everything in the cache depends on.
fn key(clang: &Compiler, registers: Registers) -> u64 {
    let mut hasher = DefaultHasher::new();
    let flags: Vec<_> = flags(registers).collect();
    (flags, OWN_FLAGS, LIBRARY_FLAGS, CRATE, FOLDERS).hash(&mut hasher);
    (HEADERS, SOURCES, FLOAT).hash(&mut hasher);
    (&clang.name, &clang.version).hash(&mut hasher);
    hasher.finish()
}

/// The folder for what is made once a machine.
fn cache() -> Result<PathBuf, Box<Failure>> {
    let from = |name: &str, inside: &str| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
        Some(Path::new(&value).join(inside))
    };
    from("LORE_CACHE", "sdk")
        .or_else(|| from("XDG_CACHE_HOME", "lore/sdk"))
        .or_else(|| from("HOME", ".cache/lore/sdk"))
        .ok_or_else(|| {
            Failure::new(Status::Usage, "no-cache", "no place for the SDK")
                .help("set LORE_CACHE to a folder")
                .into()
        })
}
