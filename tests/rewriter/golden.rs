// SPDX-License-Identifier: GPL-2.0
//! Golden pairs: `golden/NAME.s` and what it becomes, `golden/NAME.txt`. `LORE_UPDATE=1` writes the latter.

use crate::{process, tools};
use lore::image::{Image, SymbolKind};
use lore::rewrite::{disassemble, link, Options};
use lore_abi::image::{frame_list, Hook, Profile};
use std::fmt::Write;

/// A label as people read it.
fn label(image: &Image, at: u32) -> Option<String> {
    let index = image
        .labels
        .binary_search_by_key(&at, |label| label.at)
        .ok()?;
    let label = &image.labels[index];
    let mut text = format!("L{at:x}:");
    let bound = |class| lore_abi::contract::bound_of_class(class).unwrap_or(-1);
    for register in 0..32 {
        if label.registers & 1 << register != 0 {
            let _ = write!(text, " x{register}:{}", bound(label.class));
        }
    }
    if label.class14 != lore_abi::contract::BOUND_CLASS_STACK {
        let _ = write!(text, " x14:{}", bound(label.class14));
    }
    let mut list = image.lists[usize::from(label.list)];
    if list != 0 {
        text.push_str(" [");
        while let Some(register) = frame_list::register_of((list & 15) as u8) {
            let _ = write!(text, " x{register}");
            list >>= 4;
        }
        text.push_str(" ]");
    }
    Some(text)
}

/// All words from one region offset to another.
pub fn listing(image: &Image, from: u32, to: u32) -> String {
    let code_at = process::layout(image).code_at;
    let mut text = String::new();
    for (index, raw) in image.code.chunks_exact(4).enumerate() {
        let at = code_at + index as u32 * 4;
        if !(from..to).contains(&at) {
            continue;
        }
        let functions = image
            .symbols
            .iter()
            .filter(|s| s.kind == SymbolKind::Function && s.at == at);
        for symbol in functions {
            let _ = writeln!(text, "{}:", symbol.name);
        }
        if let Some(label) = label(image, at) {
            let _ = writeln!(text, " {label}");
        }
        let word = u32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]);
        let insn = match bad64::decode(word, u64::from(at)) {
            // Registers by number, offsets with their sign.
            Ok(insn) => readable(insn.to_string()),
            Err(_) => disassemble(word),
        };
        let note = image.notes.binary_search_by_key(&at, |note| note.at).ok();
        let note = note
            .map(|index| format!("{:?}", image.notes[index].kind))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{}",
            format!("  {at:5x}  {insn:<41} {note}").trim_end()
        );
    }
    text
}

/// Registers by number, and small negative offsets with their sign.
fn readable(text: String) -> String {
    let mut text = text;
    for before in [" ", "["] {
        text = text.replace(&format!("{before}lr"), &format!("{before}x30"));
        text = text.replace(&format!("{before}fp"), &format!("{before}x29"));
    }
    let Some(digits) = text
        .find("#0xffffffff")
        .and_then(|at| text.get(at + 3..at + 19))
    else {
        return text;
    };
    match u64::from_str_radix(digits, 16) {
        Ok(value) => text.replace(
            &format!("0x{digits}"),
            &format!("-{:#x}", value.wrapping_neg()),
        ),
        Err(_) => text,
    }
}

/// The words around a place.
pub fn around(image: &Image, at: u32) -> String {
    listing(image, at.saturating_sub(64), at + 32)
}

#[test]
fn what_was_rewritten_so_is_still_rewritten_so() {
    let folder = tools::folder().join("golden");
    let mut seen = 0;
    for file in std::fs::read_dir(&folder).expect("the golden files") {
        let source = file.expect("a golden file").path();
        if source.extension().is_none_or(|ending| ending != "s") {
            continue;
        }
        seen += 1;
        let object = tools::assemble(&source);
        let begins = |with: &str| {
            let name = source.file_name().unwrap_or_default();
            name.to_string_lossy().starts_with(with)
        };
        let guards = [Profile::Match, Profile::Mask, Profile::Low];
        let guard = guards
            .into_iter()
            .find(|guard| begins(&format!("{guard}_")));
        let guard = guard.unwrap_or_default();
        let options = Options {
            entries: vec![("f".into(), Hook::Run)],
            guard,
            window_len: match guard {
                Profile::Mask => crate::MASKED_LEN,
                _ => 0,
            },
            metered: begins("metered_"),
            compat: begins("compat_"),
            ..Options::default()
        };
        let text = match link(&[object], &options) {
            Ok(image) => {
                crate::verified(&source.display().to_string(), &image, false);
                listing(&image, 0, u32::MAX)
            }
            Err(lore::rewrite::Error::Place { place, problem }) => {
                let line = place.line.as_ref().map_or(0, |line| line.line);
                format!(
                    "error at {}+{:#x}, in {}, line {line}: {}\nhelp: {}\n",
                    place.section,
                    place.offset,
                    place.function.as_deref().unwrap_or("no function"),
                    problem.text(),
                    problem.advice().unwrap_or("none")
                )
            }
            Err(error) => format!("error: {error}\n"),
        };
        let expected = source.with_extension("txt");
        if std::env::var_os("LORE_UPDATE").is_some() {
            std::fs::write(&expected, &text).expect("a golden file to write");
        }
        let known = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            text,
            known,
            "{} (LORE_UPDATE=1 writes it anew)",
            source.display()
        );
    }
    assert!(seen >= 12, "only {seen} golden files");
}
