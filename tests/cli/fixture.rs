// SPDX-License-Identifier: GPL-2.0
//! A folder with images in it, and the command run there.

#[path = "../fixtures/image.rs"]
mod image_fixture;

use image_fixture::{image_file, line, CODE_AT};
use lore::elf::{write, ImageFile};
use lore::image::{Note, NoteKind};
use lore_abi::contract::BTI_C;
use std::path::PathBuf;
use std::process::{Command, Stdio};

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
        self.run(&mut Command::new(env!("CARGO_BIN_EXE_lore")), args)
    }

    /// The same with a variable set.
    pub fn lore_with(&self, name: &str, value: &str, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lore"));
        self.run(command.env(name, value), args)
    }

    fn run(&self, command: &mut Command, args: &[&str]) -> Run {
        let done = command
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
    let text =
        "#include <lore.h>\n\nlong answer(struct lore_run *run)\n{\n\treturn *(long *)run;\n}\n";
    let mut file = image_file("answer", words, "answer.c", text);
    file.image.lines = vec![line(0, 0, 4, 1), line(1, 0, 5, 9), line(3, 0, 5, 2)];
    file.image.notes.push(Note {
        at: CODE_AT + 4,
        kind: NoteKind::Guard,
    });
    file
}
