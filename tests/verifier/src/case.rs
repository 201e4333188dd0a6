// SPDX-License-Identifier: GPL-2.0
//! The form of a case file.
//!
//! ```text
//! // reject: MEM-1 @ 0x4                 or `// accept`; offset in .text, or `@ #2`: entry 2 of a table
//! // why: the fact is about x4, the store uses x3
//! // label: loop x1,x2:8 x14:4096 [x29,x30]
//! // target: f                           also a label without claims, unless it has one
//! // entry: f                            hook `run`; the target is declared, too
//! // import: log                         gate slots are the symbols gate0, gate1, ...
//! // features: none                      or a list of names like FEAT_LSE; default all
//! // strict
//! // data: 64      // reloc: 8      // profile: match      // flags: 1
//! // guard: f+4                      place of a guard that is filled in, for `// window: 0xffff800000000000`
//! // window-len: 0x10000             of the profile mask
//! // allowed: uxtw match             guard profiles of the policy; default all
//! ```
//!
//! For malformed tables: `raw-label: at=4 registers=0x2000 class=1 class14=8 list=0`, `raw-list: 0x11`,
//! `raw-target: 3`, `raw-guard: 3`, `raw-entry: 9 0`, `raw-import: 77`, `tail: code 2` (that many zero bytes behind a table), and
//! `as-written` (labels and targets are not sorted). Raw places are offsets in `.text` too.
//!
//! Symbols that the case does not define: `table` (offset 0 of the region), `gateN`, `end` (behind the code).

use crate::object::{Object, Reloc};
use crate::Built;
use lore_abi::contract::{bound_of_class, BOUND_CLASS_MAX, BOUND_CLASS_STACK};
use lore_abi::feature;
use lore_abi::image::{frame_list::code_of, Profile};
use lore_iface::Gate;
use lore_sandbox::code::{plan, CodeLayout, Demand};
use std::path::{Path, PathBuf};

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The image may run.
    Accept,
    /// It is refused by `rule`, at an offset in `.text` or at a table's entry.
    Reject {
        /// Rule id.
        rule: String,
        /// Offset or number.
        at: u32,
        /// Whether `at` is an offset in `.text`.
        in_text: bool,
    },
}

/// A case as written.
#[derive(Clone, Debug)]
pub struct Case {
    /// File.
    pub path: PathBuf,
    /// Whole text.
    pub source: String,
    /// First line.
    pub verdict: Verdict,
    directives: Vec<(String, String)>,
}

struct Label {
    at: i64,
    registers: u32,
    class: u8,
    class14: u8,
    list: u16,
}

fn number(text: &str) -> i64 {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let value = match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    sign * value.unwrap_or_else(|e| panic!("{text:?}: {e}")) as i64
}

fn register(text: &str) -> u8 {
    text.trim()
        .strip_prefix('x')
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| panic!("{text:?} is no register"))
}

/// The number of a guard profile, which may be given as such.
fn profile(text: &str) -> u32 {
    let known = Profile::ALL.iter().find(|profile| profile.id() == text);
    known.map_or_else(|| number(text) as u32, |profile| profile.number())
}

fn class(bound: &str) -> u8 {
    let bound = number(bound);
    (0..=BOUND_CLASS_MAX)
        .find(|&class| bound_of_class(class).map(i64::from) == Some(bound))
        .unwrap_or_else(|| panic!("{bound} is no bound of a class"))
}

impl Case {
    /// Reads a case file; panics with its name when it has not the form of one.
    pub fn read(path: &Path) -> Case {
        let source = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let comments: Vec<&str> = source
            .lines()
            .map_while(|line| line.strip_prefix("// "))
            .collect();
        let verdict = comments
            .first()
            .map_or_else(|| panic!("{path:?}: no verdict"), |line| verdict(line));
        assert!(
            comments
                .get(1)
                .is_some_and(|line| line.starts_with("why: ")),
            "{path:?}: line 2 says no why"
        );
        let directives = comments[2..]
            .iter()
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                (name.trim().to_owned(), value.trim().to_owned())
            })
            .collect();
        Case {
            path: path.to_owned(),
            verdict,
            directives,
            source,
        }
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.directives
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Links the object to an image.
    pub fn build(&self, object: &Object) -> Built {
        let known = [
            "label",
            "target",
            "entry",
            "import",
            "features",
            "strict",
            "data",
            "reloc",
            "profile",
            "allowed",
            "guard",
            "raw-guard",
            "window",
            "window-len",
            "flags",
            "raw-label",
            "raw-list",
            "raw-target",
            "raw-entry",
            "raw-import",
            "tail",
            "as-written",
        ];
        for (name, _) in &self.directives {
            assert!(
                known.contains(&name.as_str()),
                "{:?}: directive {name:?}",
                self.path
            );
        }
        let mut built = Built {
            code: object.text.clone(),
            features: u64::MAX,
            ..Built::default()
        };
        let place = |text: &str| -> i64 {
            let (symbol, add) = text
                .split_once('+')
                .map_or((text, 0), |(s, a)| (s, number(a)));
            match object.symbols.get(symbol.trim()) {
                Some(&at) => at as i64 + add,
                None => panic!("{:?}: no symbol {symbol:?}", self.path),
            }
        };
        let mut lists = vec![0u64];
        let mut labels: Vec<Label> = self
            .values("label")
            .map(|text| label(text, &place, &mut lists))
            .collect();
        let mut targets: Vec<i64> = self.values("target").map(place).collect();
        for entry in self.values("entry").map(place) {
            if !targets.contains(&entry) {
                targets.push(entry);
            }
        }
        let sorted = self.values("as-written").next().is_none();
        if sorted {
            targets.sort_unstable();
        }
        for &target in &targets {
            if !labels.iter().any(|label| label.at == target) {
                labels.push(Label {
                    at: target,
                    registers: 0,
                    class: 0,
                    class14: BOUND_CLASS_STACK,
                    list: 0,
                });
            }
        }
        labels.extend(self.values("raw-label").map(raw_label));
        if sorted {
            labels.sort_by_key(|label| label.at);
        }
        for entry in self.values("entry").map(place) {
            let index = targets
                .iter()
                .position(|&target| target == entry)
                .expect("declared above");
            built.entries.extend(1u32.to_le_bytes());
            built.entries.extend((index as u32).to_le_bytes());
        }
        targets.extend(self.values("raw-target").map(number));
        if let Some(raw) = self.values("raw-list").next() {
            // The first raw list takes the place of the tables' own.
            lists = raw
                .split_whitespace()
                .map(|list| number(list) as u64)
                .collect();
        }
        self.raw_tables(&mut built);
        for import in self.values("import") {
            let gate = Gate::ALL.iter().find(|gate| gate.id() == import);
            built.imports.extend(
                gate.unwrap_or_else(|| panic!("{import}"))
                    .number()
                    .to_le_bytes(),
            );
        }
        built
            .lists
            .splice(0..0, lists.iter().flat_map(|list| list.to_le_bytes()));

        // The layout depends on the counts only; a case that is too large for one has no code to link.
        let demand = Demand {
            targets: targets.len() as u64 + (built.targets.len() / 4) as u64,
            imports: (built.imports.len() / 4) as u64,
            code_len: built.code.len() as u64,
        };
        if let Ok(layout) = plan(demand) {
            let shift = |at: i64| (at + i64::from(layout.code_at)) as u32;
            built
                .targets
                .splice(0..0, targets.iter().flat_map(|&at| shift(at).to_le_bytes()));
            let bytes: Vec<u8> = labels
                .iter()
                .flat_map(|label| label.bytes(shift(label.at)))
                .collect();
            built.labels.splice(0..0, bytes);
            let guards = self.values("guard").map(place);
            let guards = guards.chain(self.values("raw-guard").map(number));
            let guards: Vec<u8> = guards.flat_map(|at| shift(at).to_le_bytes()).collect();
            built.guards.splice(0..0, guards);
            for reloc in &object.relocs {
                self.link(&mut built.code, reloc, &layout);
            }
        }
        built
    }

    /// Everything that is written as it stands.
    fn raw_tables(&self, built: &mut Built) {
        for entry in self.values("raw-entry").flat_map(str::split_whitespace) {
            built.entries.extend((number(entry) as u32).to_le_bytes());
        }
        for import in self.values("raw-import") {
            built.imports.extend((number(import) as u32).to_le_bytes());
        }
        for reloc in self.values("reloc").flat_map(str::split_whitespace) {
            built.relocs.extend((number(reloc) as u32).to_le_bytes());
        }
        let one = |name: &str| {
            self.directives
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| number(value))
        };
        built.data_len = one("data").unwrap_or(0) as u64;
        built.profile = self.values("profile").next().map_or(0, profile);
        built.profiles = self.values("allowed").next().map_or(u32::MAX, |names| {
            names
                .split_whitespace()
                .fold(0, |set, name| set | 1 << profile(name))
        });
        built.window_len = one("window-len").unwrap_or(0) as u64;
        built.window = one("window").unwrap_or(0) as u64;
        built.flags = one("flags").unwrap_or(0) as u32;
        built.strict = self.values("strict").next().is_some();
        for names in self.values("features") {
            built.features = names
                .split([',', ' '])
                .filter(|name| !name.is_empty() && *name != "none")
                .fold(0, |set, name| {
                    let bit = feature::ALL.iter().find(|(_, text)| *text == name);
                    set | bit.unwrap_or_else(|| panic!("no feature {name:?}")).0
                });
        }
        for tail in self.values("tail") {
            let (table, len) = tail.split_once(' ').expect("tail: table length");
            let bytes = match table {
                "code" => &mut built.code,
                "labels" => &mut built.labels,
                "lists" => &mut built.lists,
                "targets" => &mut built.targets,
                "entries" => &mut built.entries,
                "imports" => &mut built.imports,
                "relocs" => &mut built.relocs,
                "guards" => &mut built.guards,
                _ => panic!("no table {table:?}"),
            };
            bytes.resize(bytes.len() + number(len) as usize, 0);
        }
    }

    /// Applies a relocation against one of the symbols that the harness knows.
    fn link(&self, code: &mut [u8], reloc: &Reloc, layout: &CodeLayout) {
        let symbol = match reloc.symbol.as_str() {
            "table" => 0,
            "end" => i64::from(layout.code_end),
            name => match name.strip_prefix("gate").and_then(|n| n.parse().ok()) {
                Some(index) => i64::from(layout.gate_slot(index)),
                None => panic!("{:?}: undefined symbol {name:?}", self.path),
            },
        };
        let here = i64::from(layout.code_at) + reloc.at as i64;
        let to = symbol + reloc.addend;
        let field =
            |value: i64, bits: u32, shift: u32| ((value & ((1 << bits) - 1)) as u32) << shift;
        let bits = match reloc.kind {
            275 | 276 => {
                let pages = (to >> 12) - (here >> 12);
                field(pages, 2, 29) | field(pages >> 2, 19, 5)
            }
            279 => field((to - here) >> 2, 14, 5),
            280 => field((to - here) >> 2, 19, 5),
            282 | 283 => field((to - here) >> 2, 26, 0),
            kind => panic!("{:?}: relocation {kind}", self.path),
        };
        let at = reloc.at as usize;
        let word = u32::from_le_bytes(code[at..at + 4].try_into().expect("four bytes"));
        code[at..at + 4].copy_from_slice(&(word | bits).to_le_bytes());
    }
}

fn verdict(line: &str) -> Verdict {
    if line == "accept" {
        return Verdict::Accept;
    }
    let parts = line
        .strip_prefix("reject: ")
        .and_then(|rest| rest.split_once(" @ "));
    let (rule, at) = parts.unwrap_or_else(|| panic!("{line:?} is no verdict"));
    match at.strip_prefix('#') {
        Some(entry) => Verdict::Reject {
            rule: rule.to_owned(),
            at: number(entry) as u32,
            in_text: false,
        },
        None => Verdict::Reject {
            rule: rule.to_owned(),
            at: number(at) as u32,
            in_text: true,
        },
    }
}

/// `NAME [xN,xN:BOUND] [x14:BOUND] [[xN,xN]]`.
fn label(text: &str, place: &dyn Fn(&str) -> i64, lists: &mut Vec<u64>) -> Label {
    let mut parts = text.split_whitespace();
    let at = place(parts.next().expect("a label has a name"));
    let mut label = Label {
        at,
        registers: 0,
        class: 0,
        class14: BOUND_CLASS_STACK,
        list: 0,
    };
    for part in parts {
        if let Some(list) = part.strip_prefix('[') {
            let list = list.strip_suffix(']').expect("a list ends");
            let codes = list
                .split(',')
                .map(|r| code_of(register(r)).expect("a saved register"));
            let bits = codes
                .enumerate()
                .fold(0, |bits, (i, code)| bits | u64::from(code) << (4 * i));
            let index = lists.iter().position(|&l| l == bits).unwrap_or_else(|| {
                lists.push(bits);
                lists.len() - 1
            });
            label.list = index as u16;
        } else if let Some(bound) = part.strip_prefix("x14:") {
            label.class14 = class(bound);
        } else {
            let (registers, bound) = part.split_once(':').expect("registers:bound");
            label.class = class(bound);
            label.registers = registers
                .split(',')
                .fold(0, |mask, r| mask | 1 << register(r));
        }
    }
    label
}

/// `at=N registers=N class=N class14=N list=N`, each 0 when missing.
fn raw_label(text: &str) -> Label {
    let get = |name: &str| {
        let value = text
            .split_whitespace()
            .find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        value.map_or(0, number)
    };
    Label {
        at: get("at"),
        registers: get("registers") as u32,
        class: get("class") as u8,
        class14: get("class14") as u8,
        list: get("list") as u16,
    }
}

impl Label {
    fn bytes(&self, at: u32) -> Vec<u8> {
        let mut bytes = at.to_le_bytes().to_vec();
        bytes.extend(self.registers.to_le_bytes());
        bytes.extend([self.class, self.class14]);
        bytes.extend(self.list.to_le_bytes());
        bytes
    }
}
