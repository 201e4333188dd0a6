// SPDX-License-Identifier: GPL-2.0
//! Builds the programs of the corpus: as extensions in every guard scheme, and as objects for the kernel module and the user
//! process that they are compared with. `bench/run corpus` calls it and takes what it makes into the VM.
//!
//!     lore_bench_corpus build [--quick]            everything, into build/bench/corpus
//!     lore_bench_corpus keys N M uniform FILE      the input of structures alone

mod cycles;
mod ebpf;
mod keys;
mod native;
mod table;

use clap::{Parser, Subcommand};
use keys::Distribution;
use lore::build::{Place, Plan, Registers};
use lore::elf::ImageFile;
use lore::image::{Image, SymbolKind};
use lore::rewrite::{link, Input, Options};
use lore::view::View;
use lore_abi::image::Profile;
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use table::Program;

/// Keys, and operations on them.
const KEYS: u64 = 100_000;
/// In the quick run.
const KEYS_QUICK: u64 = 10_000;
/// Guard schemes, those that are modelled first, the default at their head.
const SCHEMES: &[Profile] = &[
    Profile::Uxtw,
    Profile::Low,
    Profile::Movk,
    Profile::Mask,
    Profile::Match,
    Profile::Stores,
];

/// So many of them are modelled, and are all of the quick run.
const MODELLED: usize = 2;

/// Bytes of the windows of the scheme `mask`, where every program has room.
const WINDOW_LEN: u64 = 1 << 30;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Everything, into build/bench/corpus
    Build {
        /// Few programs, small inputs, the first schemes
        #[arg(long)]
        quick: bool,
        /// Only these
        programs: Vec<String>,
    },
    /// The input of structures
    Keys {
        keys: u64,
        draws: u64,
        /// uniform or zipf
        how: String,
        file: PathBuf,
    },
}

fn made() -> PathBuf {
    PathBuf::from("build/bench/corpus")
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in build/");
    std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Bytes of the functions that ended up in an image.
fn text_len(image: &Image) -> u64 {
    let functions = image.symbols.iter();
    let functions = functions.filter(|symbol| symbol.kind == SymbolKind::Function);
    functions.map(|function| u64::from(function.len)).sum()
}

fn inputs_of(plan: &Plan, place: &Place) -> Vec<Input> {
    plan.compile(place, &Options::default())
        .unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// The image of a scheme, which the verifier accepts, in its file.
fn image(name: &str, plan: &Plan, inputs: &[Input], guard: Profile) -> (ImageFile, String) {
    let options = Options {
        guard,
        window_len: if guard == Profile::Mask {
            WINDOW_LEN
        } else {
            0
        },
        wishes: plan.wishes,
        ..Options::default()
    };
    let image = link(inputs, &options).unwrap_or_else(|error| panic!("{name} {guard}: {error}"));
    let policy = lore_verifier::Policy {
        features: image.header.features,
        strict: false,
        profiles: guard.bit(),
        window: 0,
    };
    lore::verify::verify(&image, &policy)
        .unwrap_or_else(|violation| panic!("{name} {guard} is refused: {violation:x?}"));
    let file = ImageFile {
        image,
        bytes_before: 0,
        sources: Vec::new(),
        warnings: Vec::new(),
    };
    let bytes = lore::elf::write(&file).expect("an image that can be written");
    let path = format!("images/{name}.{guard}.lore");
    write(&made().join(&path), &bytes);
    (file, path)
}

/// Builds a program in all its forms. What the guest needs to know of it, and what is known of it here.
fn build(name: &str, program: &Program, schemes: &[Profile]) -> (Value, Vec<Value>) {
    let folder = made().join("plans").join(name);
    program.write_manifest(name, &folder);
    let place = |registers| Place {
        folder: made().join(match registers {
            Registers::Reserved => "reserved",
            Registers::Free => "free",
        }),
        quiet: true,
        registers,
    };
    let reserved = place(Registers::Reserved);
    let plan = Plan::of(std::slice::from_ref(&folder), &reserved)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let free = inputs_of(&plan, &place(Registers::Free));
    native::object(name, &free, &made().join("native"));
    if program.float {
        native::process(name, &plan, &made().join("user-float"));
    }
    for peer in &program.ebpf {
        ebpf::object(name, peer, &plan, &made().join("ebpf"));
    }
    let inputs = inputs_of(&plan, &reserved);
    let mut images = Vec::new();
    let mut records = Vec::new();
    for &guard in schemes {
        let (file, path) = image(name, &plan, &inputs, guard);
        let image = &file.image;
        if guard == Profile::default() {
            let before = lore::growth::bytes_before(&free, image);
            records.push(json!({ "program": name, "peer": "native", "text_bytes": before }));
        }
        if SCHEMES[..MODELLED].contains(&guard) {
            let view = View::new(&file).expect("an image that was just made");
            let (native, guarded) = (cycles::of_objects(&free), cycles::of_image(&view, image));
            let peers = (name, guard);
            records.extend(cycles::records(peers, &program.hot, &native, &guarded));
        }
        let mut words = BTreeMap::new();
        for note in &image.notes {
            *words.entry(note.kind.id()).or_insert(0u64) += 1;
        }
        records.push(json!({
            "program": name, "peer": guard.to_string(), "text_bytes": text_len(image), "words_by_kind": words,
        }));
        images.push(json!({ "scheme": guard.to_string(), "file": path }));
    }
    let guest = json!({
        "name": name,
        "operations": program.operations,
        "aside": program.aside,
        "inputs": inputs_for_the_guest(name, program, &reserved),
        "images": images,
        "float": program.float,
        "ebpf": program.ebpf,
    });
    (guest, records)
}

/// The inputs that a program runs on, each a file that is there then.
fn inputs_for_the_guest(name: &str, program: &Program, place: &Place) -> Value {
    if program.keys {
        let all = Distribution::ALL.map(Distribution::name);
        return all
            .map(|how| json!({ "keys": how, "file": format!("keys-{how}.bin") }))
            .to_vec()
            .into();
    }
    // Without crates there are none.
    let places = std::fs::read(place.folder.join(name).join("crates/places.json"));
    let places = places.map(|text| serde_json::from_slice(&text).expect("JSON"));
    let file = format!("{name}.in");
    write(
        &made().join(&file),
        &program.input(&places.unwrap_or_default()),
    );
    json!([{ "file": file }])
}

fn write_keys(keys: u64, draws: u64) {
    for how in Distribution::ALL {
        let path = made().join(format!("keys-{}.bin", how.name()));
        write(&path, &keys::file(keys, draws, how));
    }
}

fn build_all(quick: bool, names: &[String]) {
    let keys = if quick { KEYS_QUICK } else { KEYS };
    let schemes = if quick { &SCHEMES[..MODELLED] } else { SCHEMES };
    write_keys(keys, keys);
    let wanted = |name: &String, program: &Program| match names.is_empty() {
        true => !quick || program.quick,
        false => names.contains(name),
    };
    let programs = table::read().into_iter();
    let programs: Vec<_> = programs.filter(|(name, it)| wanted(name, it)).collect();
    let mut guests = Vec::new();
    let mut records = Vec::new();
    for (name, program) in &programs {
        let (guest, known) = build(name, program, schemes);
        guests.push(guest);
        records.extend(known);
    }
    let list: String = programs
        .iter()
        .map(|(name, _)| format!("PROGRAM({name})\n"))
        .collect();
    write(&made().join("native/programs.h"), list.as_bytes());
    let plan = json!({ "programs": &guests });
    write(&made().join("plan.json"), plan.to_string().as_bytes());
    let inputs = guests
        .iter()
        .flat_map(|guest| guest["inputs"].as_array().into_iter().flatten());
    let files: BTreeSet<_> = inputs.filter_map(|input| input["file"].as_str()).collect();
    let files: String = files.into_iter().map(|file| format!("{file}\n")).collect();
    write(&made().join("inputs"), files.as_bytes());
    let lines: String = records.iter().map(|it| format!("{it}\n")).collect();
    write(&made().join("host.jsonl"), lines.as_bytes());
}

fn main() {
    match Arguments::parse().what {
        What::Build { quick, programs } => build_all(quick, &programs),
        What::Keys {
            keys,
            draws,
            how,
            file,
        } => {
            let how = Distribution::ALL.into_iter().find(|it| it.name() == how);
            let how = how.expect("uniform or zipf");
            write(&file, &keys::file(keys, draws, how));
        }
    }
}
