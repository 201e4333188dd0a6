// SPDX-License-Identifier: GPL-2.0
//! `lore new`: a folder with an extension in it that builds and runs.

use clap::{Args, ValueEnum};
use lore::build::rust_sdk;
use lore::output::{Answer, Failure, Output, Status};
use serde_json::json;
use std::path::Path;

/// Make a folder with an extension to start from
#[derive(Args)]
#[command(
    after_help = "`lore build NAME` builds it to target/lore/NAME.lore, which `lore run` runs. \
    What is in Rust carries the SDK in its folder .lore, and `cargo test` tests it on this machine."
)]
pub struct New {
    /// The language
    #[arg(long)]
    lang: Language,
    /// Name of the folder and of the extension
    name: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Rust,
    C,
}

/// Names that nobody can use as a package's: what Rust means by them, and the SDK.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "lore",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];
/// Longest name: that of an extension, less an ending.
const NAME_MAX: usize = 48;

/// Versions of crates that build: those of the example.
const LOCK: &str = include_str!("../../../examples/hello/rust/Cargo.lock");

impl New {
    pub fn run(self, out: &Output) -> Answer {
        check(&self.name)?;
        let folder = Path::new(&self.name);
        std::fs::create_dir(folder).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                let message = format!("{} is there already", self.name);
                Box::new(Failure::new(Status::Usage, "exists", message).help("take another name"))
            }
            _ => Failure::io("make", folder, &error),
        })?;
        let files = self.files();
        self.write(folder, &files).inspect_err(|_| {
            // The failure is the one to tell; what was made just now is nobody's work.
            let _ = std::fs::remove_dir_all(folder);
        })?;
        let name = &self.name;
        out.show(
            || {
                let files = files.iter().map(|(name, _)| name);
                json!({ "folder": name, "files": files.collect::<Vec<_>>() })
            },
            || {
                let test = match self.lang {
                    Language::Rust => "\n  cargo test",
                    Language::C => "",
                };
                format!("{name} is made. Next:\n  cd {name}{test}\n  lore build\n  lore run target/lore/{name}.lore --arg 42")
            },
        );
        Ok(Status::Done)
    }

    /// Names and texts.
    fn files(&self) -> Vec<(String, String)> {
        let text = |text: &str| text.replace("{name}", &self.name);
        let file = |name: &str, of: &str| (name.to_owned(), text(of));
        match self.lang {
            Language::Rust => vec![
                file(".gitignore", include_str!("../../templates/rust/gitignore")),
                file("Cargo.lock", &lock(&self.name)),
                file(
                    "Cargo.toml",
                    include_str!("../../templates/rust/Cargo.toml"),
                ),
                file("src/lib.rs", include_str!("../../templates/rust/lib.rs")),
            ],
            Language::C => vec![
                file(".gitignore", include_str!("../../templates/c/gitignore")),
                file("lore.toml", include_str!("../../templates/c/lore.toml")),
                file(
                    &format!("{}.c", self.name),
                    include_str!("../../templates/c/main.c"),
                ),
            ],
        }
    }

    fn write(&self, folder: &Path, files: &[(String, String)]) -> Result<(), Box<Failure>> {
        for (name, text) in files {
            let path = folder.join(name);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::write(&path, text))
                .map_err(|error| Failure::io("write", &path, &error))?;
        }
        match self.lang {
            Language::Rust => rust_sdk::unpack(folder),
            Language::C => Ok(()),
        }
    }
}

/// Whether cargo, C and the kernel take a name.
fn check(name: &str) -> Result<(), Box<Failure>> {
    let wrong = |why: &str| {
        let message = format!("`{name}` is no name for an extension: {why}");
        Err(Failure::new(Status::Usage, "bad-name", message)
            .help("names are of letters, digits, - and _, and begin with a letter: my-filter")
            .into())
    };
    if name.is_empty() {
        return wrong("it is empty");
    }
    if name.len() > NAME_MAX {
        return wrong("it is too long");
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return wrong("it begins with no letter");
    }
    if let Some(c) = name
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !"-_".contains(*c))
    {
        return wrong(&format!("{c:?} is in it"));
    }
    if TAKEN.contains(&name.replace('-', "_").as_str()) {
        return wrong("it means something else");
    }
    Ok(())
}

/// The example's `Cargo.lock` for a package of another name, which belongs elsewhere in the order.
fn lock(name: &str) -> String {
    let mut parts = LOCK.split("\n[[package]]\n");
    let head = parts.next().unwrap_or_default();
    let mut packages: Vec<String> = parts
        .map(|part| {
            part.trim_end()
                .replacen("name = \"hello\"", &format!("name = \"{name}\""), 1)
        })
        .collect();
    packages.sort();
    let packages = packages
        .iter()
        .map(|package| format!("\n[[package]]\n{package}\n"));
    head.to_owned() + &packages.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_package_names() {
        for name in ["my-filter", "a", "Count_2"] {
            assert!(check(name).is_ok(), "{name}");
        }
        let long = "a".repeat(NAME_MAX + 1);
        for name in [
            "",
            "-x",
            "2nd",
            "a/b",
            "..",
            "a b",
            "é",
            "fn",
            "lore",
            "proc-macro",
            &long,
        ] {
            assert!(check(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_lock_names_the_package_in_order() {
        assert_eq!(lock("hello"), LOCK);
        let other = lock("zoo");
        assert!(other.contains("name = \"zoo\"") && !other.contains("hello"));
        let names: Vec<_> = other
            .lines()
            .filter(|line| line.starts_with("name = "))
            .collect();
        assert!(names.is_sorted(), "{names:?}");
    }
}
