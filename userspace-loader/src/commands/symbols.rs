// SPDX-License-Identifier: GPL-2.0
//! `lore symbols`: where the functions of loaded extensions lie, for profilers.
//!
//! To profilers an extension's code is a part of the module's text without names. The kernel tells where a region lies in
//! the arena, which is no address; the arena's own address is in `/proc/kallsyms`, for those whom the kernel shows
//! addresses (`kptr_restrict`, CAP_SYSLOG). Nobody learns one here that could not have read it there.

use super::extension::{device, failure, name_of};
use super::memory;
use clap::Args;
use lore::image::SymbolKind;
use lore::output::{Answer, Failure, Output, Status};
use lore::view;
use lore_abi::request;
use serde_json::json;

const KALLSYMS: &str = "/proc/kallsyms";

/// List the functions of all loaded extensions by address, as /proc/kallsyms does
///
/// For perf, which then counts samples by function: `(cat /proc/kallsyms; lore symbols) >symbols`, then
/// `perf report --kallsyms symbols`. Functions are named EXTENSION:FUNCTION; of an extension whose image file is not at
/// hand the code has one name.
#[derive(Args)]
pub struct Symbols {}

/// A range of an extension's code.
struct Named {
    address: u64,
    len: u64,
    name: String,
}

impl Symbols {
    pub fn run(self, out: &Output) -> Answer {
        let all = device()?
            .list()
            .map_err(|error| failure("cannot list", error, None))?;
        let arena = arena()?;
        let mut symbols: Vec<Named> = all.iter().flat_map(|of| functions(of, arena)).collect();
        symbols.sort_by_key(|symbol| symbol.address);
        out.show(
            || {
                let one = |s: &Named| json!({ "address": s.address, "len": s.len, "name": s.name });
                json!(symbols.iter().map(one).collect::<Vec<_>>())
            },
            || {
                let line = |s: &Named| format!("{:016x} t {}\t[lore]\n", s.address, s.name);
                symbols.iter().map(line).collect()
            },
        );
        Ok(Status::Done)
    }
}

/// The address of the arena, as the kernel shows it to the caller.
fn arena() -> Result<u64, Box<Failure>> {
    let text = std::fs::read_to_string(KALLSYMS)
        .map_err(|error| Failure::io("read", KALLSYMS.as_ref(), &error))?;
    let address = text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let (address, _) = (words.next()?, words.next()?);
        (words.next()? == "lore_arena" && words.next()? == "[lore]").then_some(address)
    });
    let address = address.and_then(|address| u64::from_str_radix(address, 16).ok());
    address.filter(|address| *address != 0).ok_or_else(|| {
        let message = "the kernel does not show where its code lies";
        let failure = Failure::new(Status::NoDevice, "hidden", message);
        failure
            .help("run it as root, and see kernel.kptr_restrict")
            .into()
    })
}

/// The functions of an extension.
fn functions(of: &request::Status, arena: u64) -> Vec<Named> {
    let who = match name_of(&of.name) {
        name if name.is_empty() => format!("#{}", of.id),
        name => name,
    };
    let region = arena.wrapping_add(of.region_at);
    let Some(file) = memory::recall(of) else {
        return vec![Named {
            address: region,
            len: of.region_len,
            name: format!("{who}:code"),
        }];
    };
    let symbols = file.image.symbols.iter();
    let functions = symbols.filter(|symbol| symbol.kind == SymbolKind::Function);
    functions
        .map(|symbol| Named {
            address: region.wrapping_add(symbol.at.into()),
            len: symbol.len.into(),
            name: format!("{who}:{}", one_word(&view::pretty(&symbol.name))),
        })
        .collect()
}

/// A name without blanks and whatever else is none of a line: an image may hold anything.
pub fn one_word(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() { c } else { '_' };
    name.chars().map(plain).take(400).collect()
}
