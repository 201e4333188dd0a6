// SPDX-License-Identifier: GPL-2.0
//! Cycles of hot loops as llvm-mca models them: a loop's words in their order, once an iteration, without branches and
//! caches. A loop of the image is compared with the same loop of the native object: the functions that the table calls hot
//! have as many innermost loops in both, or they are left out and counted.

use lore::image::{Image, SymbolKind};
use lore::object::{SymbolPlace, SymbolType};
use lore::rewrite::Input;
use lore::view::View;
use lore_abi::image::Profile;
use serde_json::{json, Value};
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::RangeInclusive;
use std::process::{Command, Stdio};

/// The models; others that llvm-mca takes stand for another CPU than their name says.
const CPUS: &[&str] = &["neoverse-n1", "neoverse-n2", "neoverse-v1", "neoverse-v2"];
const ITERATIONS: u32 = 100;
/// Larger loops have many ways through them, so that their words in a row mean nothing.
const WORDS_MAX: usize = 120;

type Functions = BTreeMap<String, Vec<u32>>;

/// Functions of relocatable objects, by name.
pub fn of_objects(inputs: &[Input]) -> Functions {
    let mut functions = Functions::new();
    for input in inputs {
        for object in lore::growth::objects(input) {
            let symbols = object.symbols.iter();
            for symbol in symbols.filter(|symbol| symbol.kind == SymbolType::Function) {
                let SymbolPlace::Section(section) = symbol.place else {
                    continue;
                };
                let bytes = object.sections[section as usize].bytes;
                let from = symbol.value as usize;
                let Some(bytes) = bytes.get(from..from + symbol.size as usize) else {
                    continue;
                };
                let words = bytes.chunks_exact(4);
                let words = words.map(|word| u32::from_le_bytes(word.try_into().expect("four")));
                // The first of a name, as for the linker.
                functions
                    .entry(symbol.name.to_owned())
                    .or_insert_with(|| words.collect());
            }
        }
    }
    functions
}

/// Functions of an image, by name.
pub fn of_image(view: &View, image: &Image) -> Functions {
    let functions = image.symbols.iter();
    let functions = functions.filter(|symbol| symbol.kind == SymbolKind::Function);
    let words = |at: u32, len: u32| (at..at + len).step_by(4).filter_map(|at| view.word(at));
    functions
        .map(|symbol| (symbol.name.clone(), words(symbol.at, symbol.len).collect()))
        .collect()
}

/// Where a direct branch at `at` goes, in words.
fn target(word: u32, at: usize) -> Option<isize> {
    let field =
        |bits: u32, from: u32| ((word << (32 - bits - from)) as i32 >> (32 - bits)) as isize;
    let distance = if word & 0xfc00_0000 == 0x1400_0000 {
        field(26, 0)
    } else if word & 0xff00_0010 == 0x5400_0000 || word & 0x7e00_0000 == 0x3400_0000 {
        field(19, 5)
    } else if word & 0x7e00_0000 == 0x3600_0000 {
        field(14, 5)
    } else {
        return None;
    };
    Some(at as isize + distance)
}

fn calls(word: u32) -> bool {
    word & 0xfc00_0000 == 0x9400_0000 || word & 0xffff_fc1f == 0xd63f_0000
}

/// Loops without another one inside and without calls: the first word, and the last that goes back to it.
fn innermost(words: &[u32]) -> Vec<RangeInclusive<usize>> {
    let mut ends = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        match target(*word, at) {
            Some(head) if head >= 0 && head as usize <= at => ends.insert(head as usize, at),
            _ => None,
        };
    }
    let has_none_inside = |head: usize, end: usize| ends.range(head..=end).count() == 1;
    ends.iter()
        .filter(|(head, end)| has_none_inside(**head, **end))
        .filter(|(head, end)| !words[**head..=**end].iter().any(|word| calls(*word)))
        .map(|(head, end)| *head..=*end)
        .filter(|range| range.clone().count() <= WORDS_MAX)
        .collect()
}

/// What a tool answers to a text.
fn piped(command: &mut Command, text: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{command:?}: {}", done.status);
    String::from_utf8(done.stdout).expect("text")
}

/// Cycles of so many iterations of each loop.
fn modelled(cpu: &str, regions: &str) -> Vec<u64> {
    let mut model = Command::new("llvm-mca-22");
    model.arg("--mtriple=aarch64").arg(format!("--mcpu={cpu}"));
    let report = piped(model.arg(format!("--iterations={ITERATIONS}")), regions);
    let lines = report.lines();
    let cycles = lines.filter_map(|line| line.strip_prefix("Total Cycles:"));
    cycles
        .map(|cycles| cycles.trim().parse().expect("a number"))
        .collect()
}

/// Loops as text for the model, each a region of its own.
fn regions(loops: &[&[u32]]) -> String {
    let bytes: String = loops
        .iter()
        .flat_map(|words| words.iter())
        .flat_map(|word| word.to_le_bytes())
        .map(|byte| format!("{byte:#04x} "))
        .collect();
    let disassemble = ["--disassemble", "--triple=aarch64"];
    let text = piped(Command::new("llvm-mc-22").args(disassemble), &bytes);
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.contains(".text"));
    let mut regions = String::new();
    for words in loops {
        regions += "# LLVM-MCA-BEGIN\n";
        for _ in *words {
            regions += lines.next().expect("a line for each word");
            regions.push('\n');
        }
        regions += "# LLVM-MCA-END\n";
    }
    regions
}

/// A loop in both peers.
struct Pair<'a> {
    function: &'a str,
    number: usize,
    native: &'a [u32],
    guarded: &'a [u32],
}

/// A record for each loop of the hot functions of a program in a scheme, and each model, and one for each function whose loops do
/// not pair.
pub fn records(
    (program, scheme): (&str, Profile),
    hot: &[String],
    native: &Functions,
    image: &Functions,
) -> Vec<Value> {
    let mut records = Vec::new();
    let mut pairs = Vec::new();
    for function in hot {
        let before = native.get(function).map_or(&[][..], Vec::as_slice);
        let after = image.get(function).map_or(&[][..], Vec::as_slice);
        let (loops, guarded) = (innermost(before), innermost(after));
        if loops.is_empty() || loops.len() != guarded.len() {
            records.push(json!({
                "program": program, "peer": scheme.to_string(), "function": function, "loops_unlike": [loops.len(), guarded.len()],
            }));
            continue;
        }
        let both = loops.into_iter().zip(guarded).enumerate();
        pairs.extend(both.map(|(number, (native, guarded))| Pair {
            function,
            number,
            native: &before[native],
            guarded: &after[guarded],
        }));
    }
    if pairs.is_empty() {
        return records;
    }
    let loops: Vec<&[u32]> = pairs
        .iter()
        .flat_map(|pair| [pair.native, pair.guarded])
        .collect();
    let regions = regions(&loops);
    for cpu in CPUS {
        let cycles = modelled(cpu, &regions);
        assert_eq!(cycles.len(), loops.len(), "llvm-mca-22 models every loop");
        for (pair, cycles) in pairs.iter().zip(cycles.chunks(2)) {
            records.push(json!({
                "program": program, "peer": scheme.to_string(), "function": pair.function, "loop": pair.number, "cpu": cpu,
                "words": [pair.native.len(), pair.guarded.len()],
                "cycles_native": cycles[0], "cycles": cycles[1], "iterations": ITERATIONS,
            }));
        }
    }
    records
}
