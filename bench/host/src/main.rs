// SPDX-License-Identifier: GPL-2.0
//! What the rewriter and the verifier do to the SQLite amalgamation, on this machine: growth of its text, time to
//! rewrite and link, throughput of the verifier on one core.
//!
//! Times are the least of several in one run. Growth compares each function that ended up in the image with the same
//! function from the same compiler by the same command, but for the `-ffixed-` flags.

use goblin::elf::Elf;
use lore::build::{Place, Plan};
use lore::image::{Image, NoteKind, SymbolKind};
use lore::rewrite::{link, Options, Step};
use lore::verify::verify;
use lore_verifier::Policy;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The least time of several.
fn least<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let one = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..times).map(one).min().expect("at least one")
}

/// Sizes of an object's functions by name.
fn functions(object: &[u8]) -> HashMap<String, u64> {
    let elf = Elf::parse(object).expect("the compiler writes ELF");
    let functions = elf
        .syms
        .iter()
        .filter(|symbol| symbol.is_function() && symbol.st_size > 0);
    functions
        .filter_map(|symbol| {
            Some((
                elf.strtab.get_at(symbol.st_name)?.to_owned(),
                symbol.st_size,
            ))
        })
        .collect()
}

/// The same objects from compilers that may use every register.
fn plain_objects(objects: &Path, into: &Path) -> HashMap<String, u64> {
    std::fs::create_dir_all(into).expect("a folder");
    let mut all = HashMap::new();
    for entry in std::fs::read_dir(objects).expect("objects") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "cmd") {
            continue;
        }
        let command = std::fs::read_to_string(&path).expect("the command");
        let mut words: Vec<String> = command
            .lines()
            .filter(|w| !w.starts_with("-ffixed-"))
            .map(str::to_owned)
            .collect();
        let place = words.iter().position(|word| word == "-o").expect("-o") + 1;
        let object: PathBuf = into.join(path.with_extension("o").file_name().expect("a name"));
        words[place] = object.display().to_string();
        let status = Command::new(&words[0])
            .args(&words[1..])
            .status()
            .expect("the compiler runs");
        assert!(status.success(), "{words:?}");
        all.extend(functions(&std::fs::read(&object).expect("the object")));
    }
    all
}

/// Bytes of the functions that the image and the plain objects share, before and after.
fn growth(image: &Image, plain: &HashMap<String, u64>) -> (u64, u64, usize) {
    let (mut before, mut after, mut shared) = (0, 0, 0);
    for symbol in image
        .symbols
        .iter()
        .filter(|symbol| symbol.kind == SymbolKind::Function)
    {
        if let Some(len) = plain.get(&symbol.name) {
            before += len;
            after += u64::from(symbol.len);
            shared += 1;
        }
    }
    (before, after, shared)
}

fn main() {
    let folder = PathBuf::from("build/bench");
    let place = Place {
        folder: folder.clone(),
        quiet: false,
        ..Place::default()
    };
    let plan = Plan::of(&["examples/sqlite".into()], &place).unwrap_or_else(|e| panic!("{e:?}"));
    let inputs = plan
        .compile(&place, &Options::default())
        .unwrap_or_else(|e| panic!("{e:?}"));
    let options = Options::default();
    let image = link(&inputs, &options).unwrap_or_else(|error| panic!("{error}"));
    let rewrite = least(3, || link(&inputs, &options));

    let policy = Policy {
        features: 0,
        strict: options.strict,
        profiles: options.guard.bit(),
        window: 0,
    };
    verify(&image, &policy).unwrap_or_else(|violation| panic!("{violation:?}"));
    let verified = least(50, || verify(&image, &policy));

    let plain = plain_objects(&folder.join("sqlite/objects"), &folder.join("sqlite/plain"));
    let (before, after, shared) = growth(&image, &plain);
    let percent =
        |(before, after, _): (u64, u64, usize)| (after as f64 / before as f64 - 1.0) * 100.0;
    let without = |steps: &[Step]| {
        let options = Options {
            without: steps.iter().copied().collect(),
            ..Options::default()
        };
        let image = link(&inputs, &options).unwrap_or_else(|error| panic!("{error}"));
        percent(growth(&image, &plain))
    };
    let mut savings: BTreeMap<String, f64> = Step::ALL
        .iter()
        .map(|&step| (format!("{step:?}").to_lowercase(), without(&[step])))
        .collect();
    savings.insert("all of them".into(), without(&Step::ALL));
    let mut notes = BTreeMap::new();
    for note in &image.notes {
        *notes.entry(note.kind.id()).or_insert(0u64) += 1;
    }
    let guards = image
        .notes
        .iter()
        .filter(|note| note.kind == NoteKind::Guard)
        .count();
    let report = json!({
        "program": "SQLite amalgamation, clang -O2",
        "functions": shared,
        "text_bytes_without_reserved_registers": before,
        "text_bytes_rewritten": after,
        "text_growth_percent": percent((before, after, shared)),
        "text_growth_percent_without_a_step": savings,
        "data_guards": guards,
        "words_by_kind": notes,
        "labels": image.labels.len(),
        "rewrite_and_link_seconds": rewrite.as_secs_f64(),
        "verify_seconds": verified.as_secs_f64(),
        "verify_mib_per_second": image.code.len() as f64 / verified.as_secs_f64() / (1 << 20) as f64,
    });
    println!("{}", serde_json::to_string_pretty(&report).expect("JSON"));
}
