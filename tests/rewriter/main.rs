// SPDX-License-Identifier: GPL-2.0
//! Tests of the rewriter: what it makes verifies, computes what the source says, and looks as it did.

mod freely;
mod golden;
mod large;
mod process;
mod random;
mod sqlite;
mod tools;
mod vendor;

use lore::image::Image;
use lore::rewrite::{link, Input, Options, Step, Without};
use lore_abi::image::{Hook, Profile};
use std::path::PathBuf;

const LEVELS: [&str; 6] = ["-O0", "-O1", "-O2", "-O3", "-Os", "-Oz"];
const GCC_LEVELS: [&str; 6] = ["gcc-O0", "gcc-O1", "gcc-O2", "gcc-O3", "gcc-Os", "gcc-Oz"];
const PROGRAMS: [&str; 9] = [
    "lists", "calls", "frames", "data", "numbers", "strings", "trees", "pointers", "words",
];

/// Windows of the profile `mask`: what `run.c` uses of one of 4 GiB.
const MASKED_LEN: u64 = 1 << 30;

/// How an image is linked.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Plain,
    Strict,
    /// Without one step that saves guards.
    Without(Profile, Step),
    /// Without any.
    Bare(Profile),
    Metered(Profile),
    Guard(Profile),
    Compat(Profile),
    CompatMetered,
}

impl Mode {
    fn is_compat(self) -> bool {
        matches!(self, Mode::Compat(_) | Mode::CompatMetered)
    }

    fn without(self) -> Without {
        match self {
            Mode::Bare(_) => Step::ALL.into_iter().collect(),
            Mode::Without(_, step) => [step].into_iter().collect(),
            _ => Without::default(),
        }
    }

    fn guard(self) -> Profile {
        match self {
            Mode::Guard(profile) | Mode::Metered(profile) | Mode::Compat(profile) => profile,
            Mode::Without(profile, _) | Mode::Bare(profile) => profile,
            _ => Profile::Uxtw,
        }
    }
}

fn options(mode: Mode) -> Options {
    Options {
        entries: vec![("run".into(), Hook::Run)],
        strict: mode == Mode::Strict,
        metered: matches!(mode, Mode::Metered(_) | Mode::CompatMetered),
        compat: mode.is_compat(),
        guard: mode.guard(),
        window_len: match mode.guard() {
            Profile::Mask => MASKED_LEN,
            _ => 0,
        },
        without: mode.without(),
        ..Options::default()
    }
}

/// The policy that an image asks for: only the features that its header names, and it must not name too few.
fn policy(image: &Image, strict: bool) -> lore_verifier::Policy {
    lore_verifier::Policy {
        features: image.header.features,
        strict,
        profiles: 1 << image.header.profile,
        window: 0,
    }
}

/// Checks that the verifier accepts an image.
fn verified(name: &str, image: &Image, strict: bool) {
    if let Err(violation) = lore::verify::verify(image, &policy(image, strict)) {
        panic!(
            "{name}: {violation:x?}\n{}",
            golden::around(image, violation.at)
        );
    }
}

/// Links, and checks that the verifier accepts the result.
fn linked(name: &str, inputs: &[Input], options: &Options) -> Image {
    let image = link(inputs, options).unwrap_or_else(|error| panic!("{name}: {error}"));
    verified(name, &image, options.strict);
    image
}

fn program(name: &str) -> PathBuf {
    tools::folder().join(format!("programs/{name}.c"))
}

fn check(name: &str, level: &str, more: &[&str], mode: Mode, expected: &[u8]) {
    let input = program(name);
    let compile = match mode.is_compat() {
        true => tools::compile_freely,
        false => tools::compile,
    };
    let inputs = [
        compile(&input, level, more),
        compile(&program("memory"), "-O2", &["-fno-builtin"]),
    ];
    let label = format!("{name}{level}{}-{mode:?}", more.concat(),);
    let image = linked(&label, &inputs, &options(mode));
    let got = tools::execute(&label, &image, &input);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(text(&got), text(expected), "{label}");
}

#[test]
fn programs_compute_what_they_compute_natively() {
    for name in PROGRAMS {
        let source = program(name);
        let expected = tools::natively(std::slice::from_ref(&source), &[], name, &source);
        for level in LEVELS {
            check(
                name,
                level,
                &["-fomit-frame-pointer"],
                Mode::Plain,
                &expected,
            );
        }
        for level in GCC_LEVELS {
            check(name, level, &[], Mode::Plain, &expected);
        }
        check(
            name,
            "-O2",
            &["-fno-omit-frame-pointer"],
            Mode::Plain,
            &expected,
        );
        check(
            name,
            "-O2",
            &["-fomit-frame-pointer"],
            Mode::Strict,
            &expected,
        );
        for level in ["-O0", "-O2", "gcc-O2"] {
            check(name, level, &[], Mode::Metered(Profile::Uxtw), &expected);
        }
        check(
            name,
            "-O2",
            &["-fno-omit-frame-pointer", "-march=armv8.1-a+nofp"],
            Mode::Plain,
            &expected,
        );
        check(
            name,
            "-O2",
            &["-fno-function-sections", "-fcommon"],
            Mode::Plain,
            &expected,
        );
    }
}

/// The same programs in each guard profile.
#[test]
fn programs_compute_the_same_in_every_profile() {
    for name in PROGRAMS {
        let source = program(name);
        let label = format!("{name}.profiles");
        let expected = tools::natively(std::slice::from_ref(&source), &[], &label, &source);
        for &profile in Profile::ALL.iter().filter(|p| !STEPPED.contains(p)) {
            for level in ["-O0", "-O2", "-Oz", "gcc-O0", "gcc-O2"] {
                check(name, level, &[], Mode::Guard(profile), &expected);
            }
        }
        // At address 0 also what other tests have of the profile that they are about.
        let low = Profile::Low;
        for level in LEVELS.into_iter().chain(GCC_LEVELS) {
            check(name, level, &[], Mode::Guard(low), &expected);
        }
        for level in ["-O2", "gcc-O2"] {
            for mode in [Mode::Metered(low), Mode::Compat(low)] {
                check(name, level, &[], mode, &expected);
            }
        }
    }
}

/// The profiles that have every step between them: `low` alone has `narrow`, and does much else by it.
const STEPPED: [Profile; 2] = [Profile::Uxtw, Profile::Low];

/// What saves guards changes nothing else: with each step left out, and without any, programs compute the same.
#[test]
fn every_step_does_something_and_changes_no_meaning() {
    for name in PROGRAMS {
        let source = program(name);
        let expected = tools::natively(std::slice::from_ref(&source), &[], name, &source);
        for profile in STEPPED {
            let modes = [Mode::Guard(profile), Mode::Bare(profile)].into_iter();
            let without = Step::ALL.map(|step| Mode::Without(profile, step));
            for mode in modes.chain(without) {
                check(name, "-O2", &["-fomit-frame-pointer"], mode, &expected);
            }
        }
    }
    // Each of them has something to do in one program at least.
    let mut steps = Step::ALL.to_vec();
    for name in PROGRAMS {
        let inputs = [
            tools::compile(&program(name), "-O2", &["-fomit-frame-pointer"]),
            tools::compile(&program("memory"), "-O2", &["-fno-builtin"]),
        ];
        let code = |mode| linked(name, &inputs, &options(mode)).code;
        for profile in STEPPED {
            let with_all = code(Mode::Guard(profile));
            steps.retain(|&step| code(Mode::Without(profile, step)) == with_all);
        }
    }
    assert_eq!(steps, [], "these do nothing");
}

/// Programs that are compiled as a whole, the compiler's own helpers among them.
#[test]
fn programs_optimised_at_link_time_compute_the_same() {
    for name in PROGRAMS {
        let source = program(name);
        let label = format!("{name}.lto");
        let expected = tools::natively(std::slice::from_ref(&source), &[], &label, &source);
        for level in ["-O2", "-Oz", "gcc-O2", "gcc-Os"] {
            let helpers: &[&str] = &["-fno-builtin"];
            let sources = [(source.clone(), &[][..]), (program("memory"), helpers)];
            let label = format!("{name}{level}.lto");
            let inputs = [tools::compile_together(&sources, level)];
            let image = linked(&label, &inputs, &options(Mode::Plain));
            let got = tools::execute(&label, &image, &source);
            assert_eq!(
                String::from_utf8_lossy(&got),
                String::from_utf8_lossy(&expected),
                "{label}"
            );
        }
    }
}

/// Flags of those who have not heard of `-fno-jump-tables` either.
const TABLES: &str = "-fjump-tables";

/// Compilers make tables of these switches, and the rewriter compares of the tables.
#[test]
fn jump_tables_lead_where_they_lead_natively() {
    let source = program("switches");
    let expected = tools::natively(std::slice::from_ref(&source), &[], "switches", &source);
    for level in LEVELS.into_iter().chain(GCC_LEVELS) {
        for mode in [
            Mode::Plain,
            Mode::Metered(Profile::Uxtw),
            Mode::Compat(Profile::Uxtw),
            Mode::Guard(Profile::Low),
            Mode::CompatMetered,
        ] {
            check("switches", level, &[TABLES], mode, &expected);
        }
        for more in ["-fno-function-sections", "-fpic"] {
            check("switches", level, &[TABLES, more], Mode::Plain, &expected);
        }
    }
}

/// The same programs, compiled without a word about registers.
#[test]
fn programs_that_use_all_registers_compute_the_same() {
    for name in PROGRAMS {
        let source = program(name);
        let expected = tools::natively(
            std::slice::from_ref(&source),
            &[],
            &format!("{name}.compat"),
            &source,
        );
        for level in LEVELS.into_iter().chain(GCC_LEVELS) {
            check(name, level, &[], Mode::Compat(Profile::Uxtw), &expected);
        }
        for level in ["-O0", "-O2", "gcc-O2"] {
            check(name, level, &[], Mode::CompatMetered, &expected);
        }
    }
}
