// SPDX-License-Identifier: GPL-2.0
//! `lore inspect`: what an image holds; its code with guards marked and source beside.

use super::hottest::Hottest;
use super::profile::{profile_name, profile_text};
use super::{read_image, stats::Stats};
use anstyle::{AnsiColor, Style};
use clap::Args;
use lore::elf::ImageFile;
use lore::image::extent;
use lore::image::SymbolKind;
use lore::output::{count, thousands, Answer, Failure, Output, Status};
use lore::report;
use lore::verify::feature_names;
use lore::view::{pretty, Frame, View};
use lore_abi::contract::bound_of_class;
use lore_abi::image::{frame_list, Entry, Hook, Label, FLAG_METERED};
use lore_iface::Gate;
use lore_sandbox::fuel::fuel;
use serde_json::{json, Value};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::PathBuf;

/// Show what is in an image
#[derive(Args)]
pub struct Inspect {
    /// Image file
    image: PathBuf,
    /// The code, with the rewriter's words marked
    #[arg(long)]
    asm: bool,
    /// The code with its source lines
    #[arg(long)]
    source: bool,
    /// Words by what they are for
    #[arg(long)]
    stats: bool,
    /// Guards that are left function by function and why, the hottest first: FILE is what `perf report --stdio -F sample,symbol` prints
    #[arg(long, value_name = "FILE", requires = "stats")]
    profile: Option<PathBuf>,
    /// Only the functions whose name contains this
    #[arg(long, value_name = "NAME")]
    function: Option<String>,
}

impl Inspect {
    pub fn run(self, out: &Output) -> Answer {
        let file = read_image(&self.image, out)?;
        let view = View::new(&file).map_err(|error| report::file(&self.image, &error))?;
        let code = self.asm || self.source;
        if code {
            self.check_function(&view)?;
        }
        let profile = self.profile.as_deref();
        let hottest = profile
            .map(|profile| Hottest::of(&view, profile))
            .transpose()?;
        out.show(
            || {
                let mut value = self.json(&view);
                if let Some(hottest) = &hottest {
                    value["hottest"] = hottest.json();
                }
                value
            },
            || match (code, self.stats, &hottest) {
                (true, _, _) => self.listing(&view),
                (false, true, Some(hottest)) => hottest.table(),
                (false, true, None) => Stats::of(&file).table(),
                (false, false, _) => summary(&view),
            },
        );
        Ok(Status::Done)
    }

    fn wants(&self, name: &str) -> bool {
        self.function
            .as_deref()
            .is_none_or(|part| pretty(name).contains(part))
    }

    fn check_function(&self, view: &View<'_>) -> Result<(), Box<Failure>> {
        match &self.function {
            Some(part) if !view.functions().any(|f| self.wants(&f.name)) => {
                let message = format!("no function whose name contains `{part}`");
                Err(Failure::new(Status::Usage, "no-function", message).into())
            }
            _ => Ok(()),
        }
    }

    fn json(&self, view: &View<'_>) -> Value {
        let mut value = summary_json(view);
        if self.stats {
            value["stats"] = Stats::of(view.file).json();
        }
        if self.asm || self.source {
            let wanted = |at| view.function(at).is_none_or(|f| self.wants(&f.name));
            let words = view
                .words()
                .filter(|(at, _)| wanted(*at))
                .map(|(at, word)| {
                    let frames = view.frames(at);
                    let place = &frames[0].place;
                    json!({
                        "at": at,
                        "word": word,
                        "text": view.disassemble(at, word),
                        "function": view.name(at),
                        "note": view.note(at).map(|note| note.id()),
                        "file": place.as_ref().map(|place| place.path),
                        "line": place.as_ref().map(|place| place.line),
                        "inlined": frames.windows(2).map(inlined_json).collect::<Vec<_>>(),
                    })
                });
            value["code"] = words.collect();
        }
        value
    }

    fn listing(&self, view: &View<'_>) -> String {
        let dim = Style::new().dimmed();
        let name = AnsiColor::Yellow.on_default().bold();
        let added = AnsiColor::Cyan.on_default();
        let labels: HashMap<u32, &Label> = view
            .file
            .image
            .labels
            .iter()
            .map(|label| (label.at, label))
            .collect();
        let mut text = String::new();
        let mut last = None;
        let mut wanted = self.function.is_none();
        for (at, word) in view.words() {
            if let Some(symbol) = view.function(at).filter(|symbol| symbol.at == at) {
                wanted = self.wants(&symbol.name);
                if wanted {
                    let _ = writeln!(text, "\n{name}{}{name:#}:", pretty(&symbol.name));
                }
            }
            if !wanted {
                continue;
            }
            if self.source {
                let frames = view.frames(at);
                let now = lines(&frames);
                if last.as_ref() != Some(&now) {
                    text.push_str(&source(view, &frames));
                    last = Some(now);
                }
            }
            if let Some(label) = labels.get(&at) {
                let facts = facts(label, &view.file.image.lists);
                let _ = writeln!(text, "{dim}{at:>8x}:            label{facts}{dim:#}");
            }
            let words = view.disassemble(at, word);
            let _ = match view.note(at) {
                Some(note) => {
                    let what = note.text();
                    writeln!(
                        text,
                        "{at:>8x}:  {word:08x}  {added}+ {words:<40} // {what}{added:#}"
                    )
                }
                None => writeln!(text, "{at:>8x}:  {word:08x}    {words}"),
            };
        }
        text
    }
}

/// A function that stands in line, if it is one, and the path and line of its source.
type Shown<'a> = (Option<String>, Option<(&'a str, u32)>);

/// What a listing says anew where it changes: the functions that a word belongs to, and their lines.
fn lines<'a>(frames: &[Frame<'a>]) -> Vec<Shown<'a>> {
    let line = |frame: &Frame<'a>| {
        // The outermost's name has an offset, which changes all the time.
        let name = frame.is_inlined.then(|| frame.function.clone());
        (name, frame.place.as_ref().map(|it| (it.path, it.line)))
    };
    frames.iter().map(line).collect()
}

/// The source line of a word, and by which calls it came there.
fn source(view: &View<'_>, frames: &[Frame<'_>]) -> String {
    let dim = Style::new().dimmed();
    let Some(place) = &frames[0].place else {
        return String::new();
    };
    let line = view.source_line(place).unwrap_or_default().trim_end();
    let mut text = format!("{dim}; {}:{}{dim:#}  {line}\n", place.path, place.line);
    for pair in frames.windows(2) {
        let place = match &pair[1].place {
            Some(place) => format!(" at {}:{}", place.path, place.line),
            None => String::new(),
        };
        let _ = writeln!(text, "{dim};   {} inlined{place}{dim:#}", pair[0].function);
    }
    text
}

/// A call in line and the one around it, for programs.
fn inlined_json(pair: &[Frame<'_>]) -> Value {
    let place = pair[1].place.as_ref();
    json!({
        "function": pair[0].function,
        "file": place.map(|place| place.path),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
    })
}

/// The claims of a label, as a listing shows them.
fn facts(label: &Label, lists: &[u64]) -> String {
    let mut text = String::new();
    let bound = |class| bound_of_class(class).map_or("?".to_owned(), |bound| bound.to_string());
    for register in (0..31).filter(|n| label.registers >> n & 1 == 1) {
        let _ = write!(text, " x{register}±{}", bound(label.class));
    }
    let _ = write!(text, " x14±{}", bound(label.class14));
    let list = lists.get(usize::from(label.list)).copied().unwrap_or(0);
    let codes = (0..16)
        .map(|n| (list >> (4 * n)) as u8 & 15)
        .take_while(|code| *code != 0);
    let pushed: Vec<_> = codes
        .map(|code| frame_list::register_of(code).map_or("?".to_owned(), |r| format!("x{r}")))
        .collect();
    if !pushed.is_empty() {
        let _ = write!(text, " pushed {}", pushed.join(" "));
    }
    text
}

fn hook_name(hook: u32) -> String {
    Hook::from_u32(hook).map_or_else(|| format!("hook {hook}"), |hook| hook.id().to_owned())
}

fn gate_name(gate: u32) -> String {
    Gate::from_u32(gate).map_or_else(|| format!("gate {gate}"), |gate| gate.id().to_owned())
}

fn entries(file: &ImageFile, view: &View<'_>) -> Vec<(String, String)> {
    let name = |target: u32| match file.image.targets.get(target as usize) {
        Some(at) => view
            .function(*at)
            .map_or(format!("+{at:#x}"), |f| pretty(&f.name)),
        None => format!("target {target}"),
    };
    let place = |entry: usize| {
        let mut places = file.image.places.iter();
        places.find(|place| place.entry as usize == entry)
    };
    let hook = |(i, e): (usize, &Entry)| match place(i) {
        Some(place) => (place.hook.clone(), name(e.target)),
        None => (hook_name(e.hook), name(e.target)),
    };
    file.image.entries.iter().enumerate().map(hook).collect()
}

fn summary_json(view: &View<'_>) -> Value {
    let image = &view.file.image;
    let function = |kind| {
        let named = image.symbols.iter().filter(move |s| s.kind == kind);
        named
            .map(|s| json!({ "name": pretty(&s.name), "at": s.at, "bytes": s.len }))
            .collect()
    };
    let functions: Vec<Value> = function(SymbolKind::Function);
    json!({
        "abi_version": image.header.abi_version,
        "profile": profile_name(image.header.profile),
        "window_bytes": image.header.window_len,
        "flags": image.header.flags,
        "metered": is_metered(view),
        "features": feature_names(image.header.features),
        "stack_bytes": image.header.stack_len,
        "heap_bytes": image.header.heap_max,
        "ring_bytes": image.header.ring_len,
        "code_at": view.layout.code_at,
        "code_bytes": image.code.len(),
        "region_bytes": view.layout.region_len,
        "data_bytes": image.data.len(),
        "bss_bytes": image.bss_len,
        "labels": image.labels.len(),
        "lists": image.lists.len(),
        "targets": image.targets.len(),
        "relocs": image.relocs.len(),
        "guards_to_fill": image.guards.len(),
        "entries": entries(view.file, view).iter()
            .map(|(hook, name)| json!({ "hook": hook, "function": name })).collect::<Vec<_>>(),
        "imports": image.imports.iter().map(|gate| gate_name(*gate)).collect::<Vec<_>>(),
        "functions": functions,
    })
}

fn is_metered(view: &View<'_>) -> bool {
    view.file.image.header.flags & FLAG_METERED != 0
}

fn summary(view: &View<'_>) -> String {
    let image = &view.file.image;
    let entries: Vec<_> = entries(view.file, view)
        .into_iter()
        .map(|(hook, name)| format!("{name} ({hook})"))
        .collect();
    let imports: Vec<_> = image.imports.iter().map(|gate| gate_name(*gate)).collect();
    let list = |items: Vec<String>| match items.is_empty() {
        true => "none".to_owned(),
        false => items.join(", "),
    };
    let bytes = |n: u64| format!("{} bytes", thousands(n));
    let wish = |len: u64, none: &str| match len {
        0 => none.to_owned(),
        len => bytes(len),
    };
    let functions = view.functions().count();
    let rows = [
        ("entries", list(entries)),
        ("gates", list(imports)),
        (
            "code",
            format!(
                "{} in {}, {}",
                bytes(image.code.len() as u64),
                count(functions, "function"),
                count(Stats::of(view.file).guards() as usize, "guard")
            ),
        ),
        ("region", bytes(u64::from(view.layout.region_len))),
        (
            "data",
            format!(
                "{}, and {} of zeros",
                bytes(image.data.len() as u64),
                thousands(image.bss_len)
            ),
        ),
        (
            "targets",
            format!(
                "{}, {}",
                thousands(image.targets.len() as u64),
                count(image.labels.len(), "label")
            ),
        ),
        ("guards", profile_text(image.header.profile)),
        (
            "window",
            extent(&image.header).map_or_else(
                || "of no size that there is".to_owned(),
                |window| bytes(window.size()),
            ),
        ),
        ("features", list(feature_names(image.header.features))),
        (
            "asks for",
            format!(
                "stack: {}, heap: {}, ring of events: {}",
                wish(u64::from(image.header.stack_len), "the kernel's default"),
                wish(image.header.heap_max, "the kernel's default"),
                wish(u64::from(image.header.ring_len), "none"),
            ),
        ),
        (
            "time",
            match is_metered(view) {
                true => format!(
                    "metered: {} checks of fuel at most",
                    thousands(fuel(image.code.len() as u64).at_entry)
                ),
                false => "ended by the timer".to_owned(),
            },
        ),
        ("abi", format!("version {}", image.header.abi_version)),
    ];
    rows.iter()
        .map(|(name, value)| format!("{name:<10}{value}\n"))
        .collect()
}
