// SPDX-License-Identifier: GPL-2.0
//! A fault record: what the activation did, where it stood, and how it came there.

use super::frames::{backtrace, calls, frames_json, place_json};
use super::snippet;
use super::wild::wild;
use crate::elf::ImageFile;
use crate::image::extent;
use crate::view::{Place, View};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin};
use lore_abi::contract::{REG_BASE, REG_LINK, REG_PLATFORM, REG_SHADOW, REG_STACK};
use lore_abi::fault::{Fault, FaultKind, CUT, HAS_ADDRESS, HAS_REGISTERS, IN_GATE, IS_STORE};
use lore_iface::Gate;
use lore_sandbox::window::{Buffers, Extent, PAGE_MIN};
use serde_json::{json, Value};
use std::path::Path;

/// The fault as a compiler would report an error. Without the image's file, names are missing.
pub fn fault(name: &str, file: Option<&ImageFile>, fault: &Fault) -> Vec<Group<'static>> {
    let kind = FaultKind::from_u32(fault.kind);
    let id = kind.map_or("unknown", FaultKind::id);
    let title = format!("{name} was cancelled: {}", headline(fault));
    let mut group = Group::with_title(Level::ERROR.primary_title(title).id(id.to_owned()));
    let view = file.and_then(|file| View::new(file).ok());
    let label = view
        .as_ref()
        .and_then(|view| wild(view, fault))
        .map_or_else(
            || label(fault),
            |wild| {
                format!(
                    "{} is {:#x} here, outside of the window",
                    wild.text, wild.pointer
                )
            },
        );
    let mut report = Vec::new();
    match &view {
        Some(view) => {
            let said = panic_place(view, fault);
            if let Some(place) = said.or_else(|| view.shown_place(fault.at)) {
                let source = snippet::source(view, &place, &label, AnnotationKind::Primary);
                let origin = || Origin::path(place.path.to_owned()).line(place.line as usize);
                group = group.element(source.unwrap_or_else(|| origin().into()));
            }
            report.push(group);
            report.push(snippet::code(view, name, fault.at, &label));
        }
        None => {
            let place = format!("{name}: +{:#x}: {:08x}", fault.at, fault.word);
            report.push(group.element(Origin::path(place)));
        }
    }
    let help = format!("`lore explain {id}` says what this fault means");
    if let Some(last) = report.pop() {
        let last = last.elements(notes(view.as_ref(), fault));
        report.push(last.element(Level::HELP.message(help)));
    }
    report
}

/// The fault for programs.
pub fn fault_json(file: Option<&ImageFile>, fault: &Fault) -> Value {
    let view = file.and_then(|file| View::new(file).ok());
    let name = |at: u32| view.as_ref().map(|view| view.name(at));
    let place = |at: u32| Some(place_json(&view.as_ref()?.place(at)?));
    let frames = |at: u32| Some(frames_json(view.as_ref()?, at));
    let flag = |flag: u32| fault.flags & flag != 0;
    json!({
        "number": fault.number,
        "time_ns": fault.time_ns,
        "kind": FaultKind::from_u32(fault.kind).map(FaultKind::id),
        "kind_number": fault.kind,
        "at": fault.at,
        "word": fault.word,
        "function": name(fault.at),
        "source": place(fault.at),
        "frames": frames(fault.at),
        "instruction": view.as_ref().map(|view| view.disassemble(fault.at, fault.word)),
        "address": flag(HAS_ADDRESS).then_some(fault.address),
        "pointer": view.as_ref().and_then(|view| wild(view, fault)).map(|wild| wild.pointer),
        "store": flag(IS_STORE),
        "gate": flag(IN_GATE).then(|| gate_name(fault.gate)),
        "entry": fault.entry,
        "code": fault.code,
        "text": text_of(fault),
        "cpu": fault.cpu,
        "registers": flag(HAS_REGISTERS).then_some(fault.registers),
        "backtrace": calls(fault).iter().map(|at| json!({
            "at": at, "function": name(*at), "source": place(*at), "frames": frames(*at),
        })).collect::<Vec<_>>(),
        "backtrace_cut": flag(CUT),
    })
}

/// Where a panic says that it was: its message ends with `(file:line:column)`. The instruction itself is
/// deep in the library then.
fn panic_place<'a>(view: &View<'a>, fault: &Fault) -> Option<Place<'a>> {
    if FaultKind::from_u32(fault.kind) != Some(FaultKind::Abort) {
        return None;
    }
    let text = text_of(fault)?;
    let (_, place) = text.strip_suffix(')')?.rsplit_once('(')?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let named = Path::new(parts.next()?);
    // The panic names it as the compiler was told, the image as it is found from the build.
    let mut files = view.file.image.files.iter();
    let path = files.find(|file| Path::new(file).ends_with(named))?;
    Some(Place { path, line, column })
}

fn headline(fault: &Fault) -> String {
    let kind = FaultKind::from_u32(fault.kind);
    let text = kind.map_or(
        "for a reason that this version of lore does not know",
        FaultKind::text,
    );
    match kind {
        Some(FaultKind::Abort) => match text_of(fault) {
            Some(message) => format!("it called abort({}): {message}", fault.code),
            None => format!("it called abort({})", fault.code),
        },
        _ => text.to_owned(),
    }
}

fn label(fault: &Fault) -> String {
    if fault.flags & IN_GATE != 0 {
        return format!("in the gate `{}`, called here", gate_name(fault.gate));
    }
    let access = if fault.flags & IS_STORE != 0 {
        "stores to"
    } else {
        "loads from"
    };
    match FaultKind::from_u32(fault.kind) {
        _ if fault.flags & HAS_ADDRESS != 0 => {
            format!("{access} window address {:#x}", fault.address)
        }
        Some(FaultKind::Time) => "was here when the time was over".to_owned(),
        Some(FaultKind::Request) => "was here when the request came".to_owned(),
        Some(FaultKind::Trap) => "this place must not be reached".to_owned(),
        Some(FaultKind::WildCall) => "the value that is called is no function".to_owned(),
        Some(FaultKind::ShadowStack) => "the call that was one too many".to_owned(),
        _ => "stopped here".to_owned(),
    }
}

fn notes(view: Option<&View<'_>>, fault: &Fault) -> Vec<Element<'static>> {
    let mut notes = Vec::new();
    let mut note = |text: String| notes.push(Level::NOTE.message(text).into());
    if fault.flags & HAS_ADDRESS != 0 {
        note(format!(
            "window address {:#x}: {}",
            fault.address,
            region(view, fault.address)
        ));
    }
    if let Some(registers) = registers(view, fault) {
        note(registers);
    }
    note(backtrace(view, fault));
    notes
}

/// What lies where the access went, as far as the image tells.
fn region(view: Option<&View<'_>>, address: u64) -> String {
    let extent = view.and_then(|view| extent(&view.file.image.header));
    let extent = extent.unwrap_or(Extent::WHOLE);
    if address < extent.first() {
        return "in the band at the window's start, which is never mapped (a null pointer?)".into();
    }
    if address >= extent.end() {
        return "in the band at the window's end, which is never mapped".to_owned();
    }
    // The kernel tells offsets in the window, which have 32 bits.
    if let Some(name) = view.and_then(|view| view.data_name(address as u32)) {
        return format!("in `{name}`");
    }
    if address >= Buffers::of(extent, PAGE_MIN).at {
        return "among the run buffers, behind what this run was given".to_owned();
    }
    "nothing is mapped there: behind the data, a stack's end, or heap that was never grown".into()
}

/// The registers that the instruction names, with their values.
fn registers(view: Option<&View<'_>>, fault: &Fault) -> Option<String> {
    if fault.flags & HAS_REGISTERS == 0 {
        return None;
    }
    let text = view
        .map(|view| view.disassemble(fault.at, fault.word))
        .unwrap_or_default();
    let hidden = [REG_BASE, REG_SHADOW, REG_PLATFORM, REG_LINK];
    let named = |register: u8| {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word == format!("x{register}") || word == format!("w{register}"))
    };
    let mut shown: Vec<u8> = (0..31)
        .filter(|r| !hidden.contains(r))
        .filter(|r| named(*r))
        .collect();
    if !shown.contains(&REG_STACK) {
        shown.push(REG_STACK);
    }
    let value = |r: &u8| format!("x{r} = {:#x}", fault.registers[usize::from(*r)]);
    Some(shown.iter().map(value).collect::<Vec<_>>().join(", "))
}

fn text_of(fault: &Fault) -> Option<String> {
    let len = (fault.text_len as usize).min(fault.text.len());
    (len > 0).then(|| String::from_utf8_lossy(&fault.text[..len]).into_owned())
}

fn gate_name(number: u32) -> String {
    Gate::from_u32(number).map_or_else(|| number.to_string(), |gate| gate.id().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elf::Source;
    use crate::image::{Image, Inlined, Line, Symbol, SymbolKind};
    use annotate_snippets::Renderer;
    use lore_abi::contract::{BTI_C, TRAP_WORD};
    use zerocopy::FromZeros;

    const CODE_AT: u32 = 64;

    fn image() -> ImageFile {
        let name = "deep".to_owned();
        let symbol = Symbol {
            name,
            at: CODE_AT,
            len: 16,
            kind: SymbolKind::Function,
            global: true,
        };
        let line = |index: u32, line| Line {
            at: CODE_AT + 4 * index,
            file: 0,
            line,
            column: 2,
        };
        // The word at `CODE_AT + 8` was `again`, in line in `load`, in line in `deep`.
        let inlined = |words: u32, function: &str, line| Inlined {
            at: CODE_AT + 8,
            end: CODE_AT + 8 + 4 * words,
            function: function.to_owned(),
            file: 0,
            line,
            column: 3,
        };
        let path = "crates/x/src/lib.rs".to_owned();
        let load = 0xf940_0020u32; // ldr x0, [x1]
        ImageFile {
            image: Image {
                header: FromZeros::new_zeroed(),
                code: [BTI_C, load, load, TRAP_WORD]
                    .map(u32::to_le_bytes)
                    .concat(),
                data: Vec::new(),
                bss_len: 0,
                labels: Vec::new(),
                lists: Vec::new(),
                targets: Vec::new(),
                entries: Vec::new(),
                places: Vec::new(),
                imports: Vec::new(),
                relocs: Vec::new(),
                guards: Vec::new(),
                symbols: vec![symbol],
                lines: vec![line(0, 1), line(1, 2), line(2, 3)],
                inlined: vec![inlined(2, "_RNvC7mycrate4load", 5), inlined(1, "again", 6)],
                files: vec![path.clone()],
                notes: Vec::new(),
            },
            bytes_before: 0,
            sources: vec![Source {
                path,
                text: "a first\n\tsecond()\n\tthird()\n\n\tload()\n\tagain()\n".to_owned(),
            }],
            warnings: Vec::new(),
        }
    }

    fn record(kind: FaultKind) -> Fault {
        let mut fault = Fault::new_zeroed();
        (fault.number, fault.kind) = (1, kind.number());
        (fault.at, fault.word) = (CODE_AT + 4, 0xf940_0020);
        fault
    }

    fn text(fault: &Fault) -> String {
        Renderer::plain().render(&super::fault("x.lore", Some(&image()), fault))
    }

    #[test]
    fn a_wild_load_shows_source_instruction_address_registers_and_calls() {
        let mut fault = record(FaultKind::Memory);
        fault.flags = HAS_ADDRESS | HAS_REGISTERS;
        fault.address = 0xffff_ffff;
        fault.registers[1] = 0x1234;
        fault.depth = 2;
        fault.backtrace[..2].copy_from_slice(&[CODE_AT + 8, CODE_AT]);
        let text = text(&fault);
        for part in [
            "error[memory]: x.lore was cancelled",
            "crates/x/src/lib.rs:2:2",
            "^^^^^^ loads from window address 0xffffffff",
            "ldr x0, [x1]",
            "in the band at the window's end",
            "x0 = 0x0, x1 = 0x1234, x14 = 0x0",
        ] {
            assert!(text.contains(part), "`{part}` is not in:\n{text}");
        }
        let want = [
            "= note: backtrace, innermost first",
            "0: deep+0x4 (crates/x/src/lib.rs:2)",
            "second()",
            "1: again (crates/x/src/lib.rs:3), inlined",
            "third()",
            "mycrate::load (crates/x/src/lib.rs:6), inlined",
            "again()",
            "deep+0x8 (crates/x/src/lib.rs:5)",
            "load()",
            "2: deep+0x0 (crates/x/src/lib.rs:1)",
            "a first",
        ];
        let shown = text.lines().map(str::trim);
        let shown = shown.skip_while(|line| !line.starts_with("= note: backtrace"));
        assert_eq!(shown.take(want.len()).collect::<Vec<_>>(), want);
    }

    #[test]
    fn programs_get_every_frame_of_every_call() {
        let mut fault = record(FaultKind::Memory);
        fault.depth = 1;
        fault.backtrace[0] = CODE_AT + 8;
        let json = fault_json(Some(&image()), &fault);
        let frame = |function: &str, inlined, (line, column), text: &str| {
            let file = "crates/x/src/lib.rs";
            let source = json!({ "file": file, "line": line, "column": column });
            json!({ "function": function, "inlined": inlined, "source": source, "text": text })
        };
        let here = [frame("deep+0x4", false, (2, 2), "\tsecond()")];
        assert_eq!(json["frames"], json!(here));
        let frames = [
            frame("again", true, (3, 2), "\tthird()"),
            frame("mycrate::load", true, (6, 3), "\tagain()"),
            frame("deep+0x8", false, (5, 3), "\tload()"),
        ];
        assert_eq!(json["backtrace"][0]["frames"], json!(frames));
    }

    #[test]
    fn a_panic_is_shown_where_it_says_that_it_was() {
        let mut fault = record(FaultKind::Abort);
        fault.flags = IN_GATE;
        (fault.gate, fault.code) = (Gate::Abort.number(), 1);
        let message = b"no room (src/lib.rs:3:2)";
        fault.text[..message.len()].copy_from_slice(message);
        fault.text_len = message.len() as u32;
        let text = text(&fault);
        assert!(text.contains("--> crates/x/src/lib.rs:3:2"), "{text}");
        assert!(text.contains("it called abort(1): no room"), "{text}");
    }

    #[test]
    fn recursion_is_said_once() {
        let mut fault = record(FaultKind::ShadowStack);
        fault.flags = CUT;
        fault.depth = u32::MAX;
        fault.backtrace.fill(CODE_AT + 8);
        let text = text(&fault);
        assert_eq!(text.matches("deep+0x8").count(), 1, "{text}");
        assert!(
            text.contains("... 31 times more") && text.contains("... and more"),
            "{text}"
        );
    }

    #[test]
    fn records_of_a_newer_kernel_are_shown_all_the_same() {
        let mut fault = record(FaultKind::Memory);
        (fault.kind, fault.at, fault.text_len, fault.gate) = (999, u32::MAX, u32::MAX, 999);
        fault.flags = u32::MAX;
        assert!(text(&fault).contains("does not know"));
        let json = fault_json(None, &fault);
        assert_eq!(
            (&json["kind"], &json["kind_number"]),
            (&Value::Null, &json!(999))
        );
    }
}
