// SPDX-License-Identifier: GPL-2.0
//! A folder with images in it, and the command run there.

use lore::elf::{write, ImageFile, Source};
use lore::image::{Image, Line, Note, NoteKind, Symbol, SymbolKind};
use lore_abi::contract::{BOUND_CLASS_STACK, BTI_C};
use lore_abi::gate::Gate;
use lore_abi::image::{Entry, Header, Hook, Label, MAGIC};
use lore_sandbox::window::DATA_AT;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// First word of the code: a table of four slots and one gate stand before it.
const CODE_AT: u32 = 64;
const RET: u32 = 0xd65f_03c0;

/// A folder of one test, removed when it ends.
pub struct Folder(PathBuf);

/// How the command ended.
pub struct Run {
    /// Exit status.
    pub status: i32,
    /// Standard output, then standard error.
    pub text: String,
}

impl Run {
    /// The one JSON document that `--json` prints.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Folder {
    pub fn new(test: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("lore-cli-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn file(self, name: &str, bytes: &[u8]) -> Folder {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    pub fn image(self, name: &str, file: ImageFile) -> Folder {
        self.file(name, &bytes(&file))
    }

    /// Runs the command in the folder.
    pub fn lore(&self, args: &[&str]) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_lore"))
            .args(args)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = [done.stdout, done.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        Run {
            status: done.status.code().unwrap(),
            text,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the system's own is no reason to fail.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn bytes(file: &ImageFile) -> Vec<u8> {
    write(file).unwrap()
}

/// `long answer(struct lore_run *run) { return *(long *)run; }`, as the rewriter would have it.
pub fn good() -> ImageFile {
    // add x1, x15, w0, uxtw; ldr x0, [x1]
    image(&[BTI_C, 0x8b20_41e1, 0xf940_0020, RET])
}

/// The same with the guard's word changed: a nop.
pub fn unguarded() -> ImageFile {
    image(&[BTI_C, 0xd503_201f, 0xf940_0020, RET])
}

fn image(words: &[u32]) -> ImageFile {
    let symbol = |name: &str, at, len, kind| {
        let name = name.to_owned();
        Symbol {
            name,
            at,
            len,
            kind,
            global: true,
        }
    };
    let line = |index: u32, line, column| Line {
        at: CODE_AT + 4 * index,
        file: 0,
        line,
        column,
    };
    let path = "answer.c".to_owned();
    let text =
        "#include <lore.h>\n\nlong answer(struct lore_run *run)\n{\n\treturn *(long *)run;\n}\n";
    ImageFile {
        bytes_before: 12,
        image: Image {
            header: Header {
                magic: MAGIC,
                abi_version: lore_abi::ABI_VERSION,
                profile: 0,
                flags: 0,
                features: 0,
                stack_len: 0,
                reserved: 0,
            },
            code: words.iter().flat_map(|word| word.to_le_bytes()).collect(),
            data: b"some data".to_vec(),
            bss_len: 7,
            labels: vec![Label {
                at: CODE_AT,
                registers: 0,
                class: 0,
                class14: BOUND_CLASS_STACK,
                list: 0,
            }],
            lists: vec![0],
            targets: vec![CODE_AT],
            entries: vec![Entry {
                hook: Hook::Run.number(),
                target: 0,
            }],
            imports: vec![Gate::Log.number()],
            relocs: Vec::new(),
            symbols: vec![
                symbol(
                    "answer",
                    CODE_AT,
                    4 * words.len() as u32,
                    SymbolKind::Function,
                ),
                symbol("lore_gate_log", 32, 4, SymbolKind::Gate),
                symbol("bytes", DATA_AT, 9, SymbolKind::Data),
            ],
            lines: vec![line(0, 4, 1), line(1, 5, 9), line(3, 5, 2)],
            files: vec![path.clone()],
            notes: vec![
                Note {
                    at: CODE_AT,
                    kind: NoteKind::Bti,
                },
                Note {
                    at: CODE_AT + 4,
                    kind: NoteKind::Guard,
                },
            ],
        },
        sources: vec![Source {
            path,
            text: text.to_owned(),
        }],
        warnings: Vec::new(),
    }
}
