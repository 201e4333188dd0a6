// SPDX-License-Identifier: GPL-2.0
//! The matrix: by which compiler at which level, and how the rewriter is asked.

use lore_abi::image::Profile;

/// What the rewriter is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// What `lore build` does.
    Plain,
    /// Facts do not outlive calls.
    Strict,
    /// It ends by itself.
    Metered,
    /// Built without the reserved registers.
    Compat,
    /// Another way of keeping accesses inside the window.
    Guard(Profile),
    /// Without any of the steps that save guards.
    Bare,
}

/// Who compiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compiler {
    Clang,
    Gcc,
    /// The crates, instead of the C libraries.
    Rustc,
}

impl Compiler {
    /// What `LORE_CC` says; rustc has none.
    pub fn program(self) -> &'static str {
        match self {
            Compiler::Clang | Compiler::Rustc => "clang-19",
            Compiler::Gcc => "aarch64-linux-gnu-gcc",
        }
    }
}

/// One column of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    pub compiler: Compiler,
    /// As the compiler is told: flags, for rustc `opt-level` and `lto`.
    pub how: &'static [&'static str],
    pub mode: Mode,
    /// In every run, not only in the long one.
    pub quick: bool,
}

const fn level(compiler: Compiler, how: &'static [&'static str], mode: Mode, quick: bool) -> Level {
    Level {
        compiler,
        how,
        mode,
        quick,
    }
}

use Compiler::{Clang, Gcc, Rustc};
use Mode::{Bare, Compat, Guard, Metered, Plain, Strict};

/// The matrix. The first of each language is what the guest runs too.
pub const LEVELS: &[Level] = &[
    level(Clang, &["-O2"], Plain, true),
    level(Clang, &["-O2"], Strict, false),
    level(Clang, &["-O2"], Metered, true),
    level(Clang, &["-O2"], Guard(Profile::Match), false),
    level(Clang, &["-O2"], Guard(Profile::Movk), false),
    level(Clang, &["-O2"], Guard(Profile::Stores), false),
    level(Clang, &["-O2"], Guard(Profile::Low), false),
    level(Clang, &["-O2"], Bare, false),
    level(Clang, &["-O2"], Compat, true),
    level(Clang, &["-O0"], Plain, true),
    level(Clang, &["-O0"], Compat, false),
    level(Clang, &["-O1"], Plain, false),
    level(Clang, &["-O1"], Compat, false),
    level(Clang, &["-O3"], Plain, false),
    level(Clang, &["-O3"], Compat, false),
    level(Clang, &["-Os"], Plain, false),
    level(Clang, &["-Os"], Compat, false),
    level(Clang, &["-Oz"], Plain, false),
    level(Clang, &["-Oz"], Compat, false),
    level(Clang, &["-O2", "-fno-omit-frame-pointer"], Plain, false),
    level(Gcc, &["-O2"], Plain, true),
    level(Gcc, &["-O2"], Compat, false),
    level(Gcc, &["-O2"], Guard(Profile::Low), false),
    level(Gcc, &["-O0"], Plain, false),
    level(Gcc, &["-O1"], Plain, false),
    level(Gcc, &["-O1"], Compat, false),
    level(Gcc, &["-O3"], Plain, false),
    level(Gcc, &["-O3"], Compat, false),
    level(Gcc, &["-Os"], Plain, false),
    level(Gcc, &["-Os"], Compat, false),
    level(Gcc, &["-Oz"], Plain, false),
    level(Rustc, &["3"], Plain, true),
    level(Rustc, &["3"], Compat, false),
    level(Rustc, &["3"], Guard(Profile::Low), false),
    level(Rustc, &["0"], Plain, false),
    level(Rustc, &["1"], Plain, false),
    level(Rustc, &["2"], Plain, false),
    level(Rustc, &["s"], Plain, false),
    level(Rustc, &["z"], Plain, false),
    level(Rustc, &["3", "fat"], Plain, false),
];

impl Level {
    /// What is compiled once for all modes lies under this name.
    pub fn folder(&self) -> String {
        let how: String = self.how.join("-").replace('-', "");
        format!("{:?}-{how}", self.compiler).to_lowercase()
    }

    /// Says what the compilers take from the environment; only before anything runs beside.
    pub fn prepare(&self) {
        std::env::set_var("LORE_CC", self.compiler.program());
        if self.compiler == Rustc {
            std::env::set_var("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.how[0]);
            std::env::set_var(
                "CARGO_PROFILE_RELEASE_LTO",
                self.how.get(1).unwrap_or(&"off"),
            );
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} {:?}", self.folder(), self.mode)
    }
}
