// SPDX-License-Identifier: GPL-2.0
//! Image files: what is written is read back, other people's tools open it, and no bytes make the reader panic.

#[path = "../../../tests/fixtures/image.rs"]
mod image_fixture;

use super::*;
use crate::image::{Inlined, Note, SymbolKind};
use image_fixture::{image_file, line, symbol, CODE_AT};
use lore_abi::contract::{BTI_C, TRAP_WORD};
use lore_abi::image::section;
use lore_iface::Gate;
use lore_sandbox::window::DATA_AT;
use proptest::prelude::*;
use std::process::Command;

/// `bti c; ret`, a string, a gate more: small, but with several of everything.
fn sample() -> ImageFile {
    let words = [BTI_C, 0xd65f_03c0, TRAP_WORD];
    let mut file = image_file("main", &words, "src/main.c", "\n\nint main(void)\n");
    let image = &mut file.image;
    (image.header.features, image.header.stack_len) = (1, 4096);
    (image.header.ring_len, image.header.heap_max) = (8192, 1 << 33);
    (image.data, image.bss_len) = (b"twelve bytes".to_vec(), 20);
    image.imports.push(Gate::Abort.number());
    image.relocs = vec![0];
    image.symbols = vec![
        symbol("helper", CODE_AT + 4, 4, SymbolKind::Function, false),
        symbol("lore_gate_log", 32, 4, SymbolKind::Gate, true),
        symbol("lore_gate_abort", 36, 4, SymbolKind::Gate, true),
        symbol("main", CODE_AT, 12, SymbolKind::Function, true),
        symbol("text", DATA_AT, 12, SymbolKind::Data, true),
        symbol("zeros", DATA_AT + 12, 20, SymbolKind::Data, true),
    ];
    image.lines = vec![line(0, 0, 3, 1), line(1, 1, 7, 5)];
    image.files.push("include/helper.h".to_owned());
    let inlined = |word: u32, words: u32, function: &str, file, line| Inlined {
        at: CODE_AT + 4 * word,
        end: CODE_AT + 4 * (word + words),
        function: function.to_owned(),
        file,
        line,
        column: 9,
    };
    image.inlined = vec![
        inlined(0, 3, "outer", 0, 4),
        inlined(0, 1, "inner", 1, 6),
        inlined(2, 1, "inner", 1, 0),
    ];
    image.notes.push(Note {
        at: CODE_AT + 8,
        kind: NoteKind::Trap,
    });
    file
}

fn bytes() -> Vec<u8> {
    write(&sample()).unwrap()
}

/// Where a section header lies in the sample's file.
fn header_of(bytes: &[u8], name: &str) -> usize {
    let elf = goblin::elf::Elf::parse(bytes).unwrap();
    let index = elf
        .section_headers
        .iter()
        .position(|s| elf.shdr_strtab.get_at(s.sh_name) == Some(name))
        .unwrap();
    elf.header.e_shoff as usize + index * layout::SECTION_HEADER_LEN
}

fn with_u64(name: &str, field: usize, value: u64) -> FileError {
    let mut bytes = bytes();
    let at = header_of(&bytes, name) + field;
    bytes[at..at + 8].copy_from_slice(&value.to_le_bytes());
    read(&bytes).unwrap_err()
}

const ADDR: usize = 16;
const OFFSET: usize = 24;
const SIZE: usize = 32;

#[test]
fn what_is_written_is_read_back() {
    assert_eq!(read(&bytes()).unwrap(), sample());
}

#[test]
fn an_image_without_anything_for_people_is_an_image() {
    let mut file = sample();
    file.sources.clear();
    (file.image.lines, file.image.files) = (Vec::new(), Vec::new());
    file.image.inlined.clear();
    (file.image.symbols, file.image.notes) = (Vec::new(), Vec::new());
    assert_eq!(read(&write(&file).unwrap()).unwrap(), file);
}

#[test]
fn every_truncation_is_an_error_that_says_so() {
    let bytes = bytes();
    for len in 0..bytes.len() {
        match read(&bytes[..len]) {
            Err(FileError::Truncated { have, .. }) => assert_eq!(have, len as u64),
            Err(FileError::NotElf) => assert!(len < 4),
            other => panic!("{len}: {other:?}"),
        }
    }
}

#[test]
fn damage_is_named_with_its_place() {
    let name = section::LABELS.to_owned();
    assert_eq!(
        with_u64(section::LABELS, SIZE, 11),
        FileError::Ragged {
            name,
            len: 11,
            unit: 12
        }
    );
    let (name, expected) = (section::CODE, 64);
    assert_eq!(
        with_u64(name, ADDR, 0),
        FileError::WrongAddress {
            name,
            found: 0,
            expected
        }
    );
    assert!(matches!(
        with_u64(section::CODE, OFFSET, u64::MAX),
        FileError::Truncated { what, .. } if what == "the section `.text`"
    ));
    assert!(matches!(
        with_u64(section::BSS, SIZE, u64::MAX),
        FileError::TooLarge {
            what: "the data",
            ..
        }
    ));
    let text_at = sample_offset(section::CODE);
    assert_eq!(
        with_u64(section::DATA, OFFSET, text_at + 4),
        FileError::Overlap {
            first: section::CODE.to_owned(),
            second: section::DATA.to_owned(),
            at: text_at + 4,
        }
    );
}

fn sample_offset(name: &str) -> u64 {
    let bytes = bytes();
    let at = header_of(&bytes, name) + OFFSET;
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

#[test]
fn another_version_is_told_apart_from_a_damaged_header() {
    let mut file = sample();
    file.image.header.abi_version += 1;
    let expected = lore_abi::ABI_VERSION;
    let version = FileError::Version {
        found: expected + 1,
        expected,
    };
    assert_eq!(read(&write(&file).unwrap()), Err(version));
    let mut file = sample();
    file.image.header.magic = 0;
    assert!(matches!(
        read(&write(&file).unwrap()),
        Err(FileError::BadHeader {
            field: "magic",
            found: 0,
            ..
        })
    ));
}

#[test]
fn another_machine_or_class_is_named() {
    let kind = |at: usize, value: u8| {
        let mut bytes = bytes();
        bytes[at] = value;
        match read(&bytes) {
            Err(FileError::WrongKind { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(kind(4, 1), "the ELF class");
    assert_eq!(kind(5, 2), "the byte order");
    assert_eq!(kind(16, 1), "the file type");
    assert_eq!(kind(18, 62), "the machine");
}

#[test]
fn a_damaged_line_table_is_a_warning() {
    let mut bytes = bytes();
    let at = sample_offset(".debug_line") as usize;
    bytes[at + 4] = 0xff;
    let file = read(&bytes).unwrap();
    assert_eq!(file.image.code, sample().image.code);
    assert_eq!(file.warnings.len(), 1, "{:?}", file.warnings);
}

#[test]
fn damaged_calls_in_line_are_a_warning() {
    let mut bytes = bytes();
    let at = sample_offset(".debug_abbrev") as usize;
    bytes[at] = 0x7f;
    let file = read(&bytes).unwrap();
    assert_eq!(file.image.lines, sample().image.lines);
    assert_eq!(file.image.inlined, []);
    assert_eq!(file.warnings.len(), 1, "{:?}", file.warnings);
}

#[test]
fn readelf_and_objdump_open_it_without_a_warning() {
    let path = std::env::temp_dir().join(format!("lore-elf-{}.lore", std::process::id()));
    std::fs::write(&path, bytes()).unwrap();
    let dump = Command::new("readelf")
        .arg("-aW")
        .arg("--debug-dump")
        .arg(&path)
        .output()
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(dump.status.success());
    assert_eq!(String::from_utf8_lossy(&dump.stderr), "");
    let text = String::from_utf8_lossy(&dump.stdout);
    assert!(
        text.contains("lore_gate_log") && text.contains("main.c"),
        "{text}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Hostile files: a few bytes of a good one changed, anywhere.
    #[test]
    fn mutations_are_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = bytes();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read(&bytes);
    }

    /// The same where it hurts most: fields of the section headers.
    #[test]
    fn mutated_section_headers_are_read_or_refused(
        changes in prop::collection::vec((0usize..25 * 8, any::<u64>(), any::<bool>()), 1..4),
    ) {
        let mut bytes = bytes();
        let table = header_of(&bytes, section::CODE) - 2 * layout::SECTION_HEADER_LEN;
        for (field, value, small) in changes {
            let at = table + field * 8;
            let value = if small { value & 0xffff } else { value };
            if let Some(field) = bytes.get_mut(at..at + 8) {
                field.copy_from_slice(&value.to_le_bytes());
            }
        }
        let _ = read(&bytes);
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        prop_assert!(read(&bytes).is_err());
    }
}
