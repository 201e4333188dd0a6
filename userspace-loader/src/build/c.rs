// SPDX-License-Identifier: GPL-2.0
//! C and C++ sources to objects, by clang or gcc with the flags of the contract.

use super::sdk::Sdk;
use super::{run, write_if_changed, Place, Plan, Registers};
use crate::output::{Failure, Status};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What an extension's code must be like, whatever it is for, beside the registers that it leaves alone.
const FLAGS: &[&str] = &[
    "--target=aarch64-none-elf",
    "-O2",
    "-g",
    "-ffreestanding",
    // No FP and SIMD; with the soft ABI `double` becomes calls instead of an error.
    "-mgeneral-regs-only",
    "-mabi=aapcs-soft",
    "-march=armv8-a+nofp",
    "-ffp-contract=off",
    "-fno-jump-tables",
    "-mno-outline-atomics",
    "-mno-outline",
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-asynchronous-unwind-tables",
    "-fomit-frame-pointer",
    "-fno-pic",
    "-fno-stack-protector",
    "-ffixed-x18",
];
/// The registers of the contract.
const RESERVED: &[&str] = &[
    "-ffixed-x9",
    "-ffixed-x10",
    "-ffixed-x11",
    "-ffixed-x13",
    "-ffixed-x14",
    "-ffixed-x15",
];

/// What every source is compiled with.
pub fn flags(registers: Registers) -> impl Iterator<Item = &'static str> {
    let reserved = match registers {
        Registers::Reserved => RESERVED,
        Registers::Free => &[],
    };
    FLAGS.iter().chain(reserved).copied()
}

/// More for C++: what needs a runtime is left out.
const CXX_FLAGS: &[&str] = &[
    "-fno-exceptions",
    "-fno-rtti",
    "-fno-threadsafe-statics",
    "-fno-use-cxa-atexit",
    "-nostdinc++",
];
/// How a C++ source's name ends.
const CXX_ENDINGS: &[&str] = &["cc", "cpp", "cxx"];

/// Flags that only clang knows; gcc does without them what they ask for.
const CLANG_ONLY: &[&str] = &["--target=", "-mno-outline", "-mabi=aapcs-soft"];

/// Compilers that are looked for, `LORE_CC` before them.
const COMPILERS: &[&str] = &["clang-19", "clang", "clang-20", "clang-21", "clang-22"];

/// Compiles a plan's sources.
pub fn compile(plan: &Plan, sdk: &Sdk, place: &Place) -> Result<Vec<PathBuf>, Box<Failure>> {
    let mut flags = sdk.flags();
    flags.extend(
        plan.include
            .iter()
            .map(|folder| format!("-I{}", folder.display())),
    );
    flags.extend(plan.defines.iter().map(|define| format!("-D{define}")));
    flags.extend(plan.cflags.iter().cloned());
    let objects = place.folder.join(&plan.name).join("objects");
    let job = |source: &PathBuf| job(&sdk.compiler, flags.clone(), source.clone(), &objects);
    let jobs: Vec<_> = plan.sources.iter().map(job).collect();
    run_all(&jobs, place)?;
    let made = jobs.into_iter().map(|job| job.object).collect();
    // Without code of their own, objects are finished by the compiler that knows how.
    let last = (plan.cflags.iter().rev()).find(|flag| flag.contains("lto"));
    match last.is_some_and(|flag| flag.starts_with("-flto")) {
        true => together(&sdk.compiler, &flags, made, place, &objects).map(|object| vec![object]),
        false => Ok(made),
    }
}

/// One object of those that were compiled for optimisation at link time.
fn together(
    compiler: &Compiler,
    flags: &[String],
    objects: Vec<PathBuf>,
    place: &Place,
    folder: &Path,
) -> Result<PathBuf, Box<Failure>> {
    let object = folder.join("together.lto.o");
    let mut command = Command::new(&compiler.name);
    command.args(flags.iter().filter(|flag| compiler.knows(flag)));
    command.args(["-r", "-nostdlib"]);
    // Code at last, where a relocatable output would be for a later link.
    command.arg(match compiler.is_clang() {
        true => "-fuse-ld=lld",
        false => "-flinker-output=nolto-rel",
    });
    run(command.args(objects).arg("-o").arg(&object), place.quiet)?;
    Ok(object)
}

/// A compiler, and what it says of its version.
#[derive(Clone, Debug)]
pub struct Compiler {
    /// The program.
    pub name: String,
    /// What `--version` prints.
    pub version: String,
}

/// Whether a file is one that is compiled here.
pub fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "c") || is_cxx(path)
}

fn is_cxx(path: &Path) -> bool {
    CXX_ENDINGS
        .iter()
        .any(|ending| path.extension().is_some_and(|it| it == *ending))
}

impl Compiler {
    fn is_clang(&self) -> bool {
        self.version.contains("clang")
    }

    fn knows(&self, flag: &str) -> bool {
        let clangs = CLANG_ONLY
            .iter()
            .any(|only| flag == *only || only.ends_with('=') && flag.starts_with(only));
        self.is_clang() || !clangs
    }

    /// `LORE_CC`, or the first of the usual ones that is there.
    pub fn find() -> Result<Compiler, Box<Failure>> {
        match std::env::var("LORE_CC") {
            Ok(name) => Compiler::first(&[&name]),
            Err(_) => Compiler::first(COMPILERS),
        }
    }

    /// This one if it is clang, else the first clang that is there: gcc knows no soft floating point.
    pub fn or_clang(&self) -> Result<Compiler, Box<Failure>> {
        if self.is_clang() {
            return Ok(self.clone());
        }
        Compiler::first(COMPILERS)
    }

    fn first(names: &[&str]) -> Result<Compiler, Box<Failure>> {
        let ask = |name: &&str| {
            let done = Command::new(name).arg("--version").output().ok()?;
            done.status.success().then(|| Compiler {
                name: (*name).to_owned(),
                version: String::from_utf8_lossy(&done.stdout).into_owned(),
            })
        };
        names.iter().find_map(ask).ok_or_else(|| {
            let message = format!("no C compiler: looked for {}", names.join(", "));
            Failure::new(Status::Usage, "no-tool", message)
                .help("install clang 19 or later, or name one with LORE_CC")
                .into()
        })
    }
}

/// One call of the compiler.
pub struct Job {
    command: Vec<String>,
    /// What it makes.
    pub object: PathBuf,
}

/// Compiling one source to an object in `folder`.
pub fn job(compiler: &Compiler, flags: Vec<String>, source: PathBuf, folder: &Path) -> Job {
    // Two sources of one name lie in different folders: the whole path makes the object's name.
    let name: String = source
        .to_string_lossy()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let tail = name.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    let object = folder.join(format!("{}.o", &name[tail..]));
    let mut command = vec![compiler.name.clone()];
    if is_cxx(&source) {
        command.extend(CXX_FLAGS.iter().map(|flag| flag.to_string()));
    }
    command.extend(flags.into_iter().filter(|flag| compiler.knows(flag)));
    command.extend(["-MD", "-c", "-o"].map(str::to_owned));
    command.extend([object.display().to_string(), source.display().to_string()]);
    Job { command, object }
}

impl Job {
    /// Whether the object is newer than everything that it was made of, by this very command.
    fn is_done(&self) -> bool {
        let modified = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
        let Some(made) = modified(&self.object) else {
            return false;
        };
        let command = std::fs::read_to_string(self.object.with_extension("cmd"));
        let Ok(depends) = std::fs::read_to_string(self.object.with_extension("d")) else {
            return false;
        };
        let files = depends
            .split_once(": ")
            .map_or("", |(_, files)| files)
            .replace("\\\n", " ");
        command.is_ok_and(|command| command == self.command.join("\n"))
            && !files.trim().is_empty()
            // A name with a space in it is not found in two halves, and the object made again.
            && files.split_whitespace().all(|file| modified(Path::new(file)) < Some(made))
            && files.split_whitespace().all(|file| Path::new(file).exists())
    }

    fn run(&self, quiet: bool) -> Result<(), Box<Failure>> {
        let folder = self.object.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]);
        if !quiet && std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            command.arg("-fcolor-diagnostics");
        }
        run(&mut command, quiet)?;
        write_if_changed(&self.object.with_extension("cmd"), &self.command.join("\n"))
    }
}

/// Runs what is not done, as many at a time as there are processors.
pub fn run_all(jobs: &[Job], place: &Place) -> Result<(), Box<Failure>> {
    let todo: Vec<_> = jobs.iter().filter(|job| !job.is_done()).collect();
    let width = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(todo.len());
    let next = std::sync::atomic::AtomicUsize::new(0);
    let bar = super::progress(todo.len(), place);
    let work = || loop {
        let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let Some(job) = todo.get(index) else {
            return Ok(());
        };
        job.run(place.quiet)?;
        bar.inc(1);
    };
    let result = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..width).map(|_| scope.spawn(work)).collect();
        // The scope waits for all of them; the first error is the one to tell.
        threads
            .into_iter()
            .try_for_each(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    });
    bar.finish_and_clear();
    result
}
