// SPDX-License-Identifier: GPL-2.0
//! How the command answers: exit statuses, failures as text and as JSON, colour.

use annotate_snippets::{Group, Level, Renderer};
use serde_json::{json, Map, Value};

/// Exit status of the command. Part of its interface: scripts go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Done.
    Done = 0,
    /// The activation faulted or was cancelled.
    Faulted = 1,
    /// The command line, or a file that it names, makes no sense.
    Usage = 2,
    /// The verifier refused the image.
    Refused = 3,
    /// An object, relocation or file that is not supported.
    Unsupported = 4,
    /// No device, or no permission to use it.
    NoDevice = 5,
    /// The kernel refused.
    Kernel = 6,
    /// Kernel, loader or image have different ABI versions.
    Abi = 7,
}

/// Why the command did not do what it was asked for.
#[derive(Debug)]
pub struct Failure {
    /// Exit status.
    pub status: Status,
    /// What kind of failure, for programs: `verifier`, `file`, a reason's id, ...
    pub kind: String,
    /// One line for people.
    pub message: String,
    /// The evidence, for programs.
    pub details: Map<String, Value>,
    /// The evidence, for people. Empty: the message is all there is.
    pub report: Vec<Group<'static>>,
    /// What to do about it, one line each.
    pub help: Vec<String>,
}

/// What a verb returns.
pub type Answer = Result<Status, Box<Failure>>;

impl Failure {
    /// A failure without evidence.
    pub fn new(status: Status, kind: impl Into<String>, message: impl Into<String>) -> Failure {
        Failure {
            status,
            kind: kind.into(),
            message: message.into(),
            details: Map::new(),
            report: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds evidence for programs.
    pub fn detail(mut self, key: &str, value: impl Into<Value>) -> Failure {
        self.details.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a line on what to do.
    pub fn help(mut self, text: impl Into<String>) -> Failure {
        self.help.push(text.into());
        self
    }

    /// Sets the evidence for people.
    pub fn report(mut self, report: Vec<Group<'static>>) -> Failure {
        self.report = report;
        self
    }

    /// A file that cannot be read or written.
    pub fn io(what: &str, path: &std::path::Path, error: &std::io::Error) -> Box<Failure> {
        let message = format!("cannot {what} {}: {error}", path.display());
        Failure::new(Status::Usage, "io", message)
            .detail("path", path.display().to_string())
            .into()
    }

    /// As one JSON document.
    pub fn to_json(&self) -> Value {
        let mut error = Map::new();
        error.insert("status".into(), json!(self.status as u8));
        error.insert("kind".into(), json!(self.kind));
        error.insert("message".into(), json!(self.message));
        if !self.help.is_empty() {
            error.insert("help".into(), json!(self.help));
        }
        error.extend(self.details.clone());
        json!({ "error": error })
    }

    /// As a compiler would say it.
    pub fn render(self, styled: bool) -> String {
        let renderer = if styled {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut report = self.report;
        if report.is_empty() {
            report.push(Group::with_title(Level::ERROR.primary_title(self.message)));
        }
        for help in self.help {
            if let Some(last) = report.pop() {
                report.push(last.element(Level::HELP.message(help)));
            }
        }
        renderer.render(&report)
    }
}

/// How the answer is to be printed.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// One JSON document on standard output, errors too.
    pub json: bool,
}

impl Output {
    /// Prints a result: `value` with `--json`, else what `text` makes.
    pub fn show(&self, value: impl FnOnce() -> Value, text: impl FnOnce() -> String) {
        if self.json {
            anstream::println!("{:#}", value());
        } else {
            let text = text();
            let end = if text.ends_with('\n') || text.is_empty() {
                ""
            } else {
                "\n"
            };
            anstream::print!("{text}{end}");
        }
    }

    /// A remark that is no result; JSON output stays one document.
    pub fn note(&self, text: &str) {
        if !self.json {
            anstream::eprintln!("{text}");
        }
    }

    /// Prints a failure and tells the exit status.
    pub fn fail(&self, failure: Failure) -> Status {
        let status = failure.status;
        if self.json {
            anstream::println!("{:#}", failure.to_json());
        } else {
            // anstream takes the colours out where they do not belong.
            anstream::eprintln!("{}", failure.render(true));
        }
        status
    }
}

/// `1234567` as `1,234,567`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things in words: `1 word`, `2 words`.
pub fn count(number: usize, thing: &str) -> String {
    let plural = match thing.strip_suffix('y') {
        Some(stem) if number != 1 => format!("{stem}ies"),
        _ if number != 1 => format!("{thing}s"),
        _ => thing.to_owned(),
    };
    format!("{} {plural}", thousands(number as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1234567), "1,234,567");
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(2000, "entry"), "2,000 entries");
        assert_eq!(count(0, "word"), "0 words");
    }

    #[test]
    fn a_failure_is_one_json_document_with_its_status() {
        let failure = Failure::new(Status::Refused, "verifier", "no")
            .detail("at", 64)
            .help("h");
        let error = &failure.to_json()["error"];
        assert_eq!(error["status"], 3);
        assert_eq!(
            (&error["kind"], &error["at"]),
            (&json!("verifier"), &json!(64))
        );
        assert!(failure.render(false).contains("error: no"));
    }
}
