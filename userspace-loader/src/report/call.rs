// SPDX-License-Identifier: GPL-2.0
//! A call of a gate as a line, `task_name(self=task#1, room=16) = "lore"`, and for programs.
//!
//! Names and types are those of the description in `wit/`. A handle is shown by its kind and a number that counts those that
//! the trace has seen given out; one that was never given out is shown as the number that it is.

use lore_abi::fault::FaultKind;
use lore_abi::image::Hook;
use lore_abi::trace::{Excerpt, TraceRecord};
use lore_iface::{Answer, Gate, GateError, Int, Kind, Record, Resource};
use serde_json::{json, Map, Value};
use std::collections::HashMap;

/// The calls of one trace, one after the other.
#[derive(Default)]
pub struct Calls {
    handles: HashMap<u64, String>,
    given: HashMap<u32, u32>,
}

/// A call in words.
pub struct Call {
    /// Of the entry that ran.
    hook: String,
    gate: String,
    args: Vec<(&'static str, Shown)>,
    result: Shown,
    time_ns: u64,
    cpu: u32,
    ended: Option<&'static str>,
}

/// A value for people and for programs.
struct Shown {
    text: String,
    json: Value,
}

impl Shown {
    fn plain(value: Value) -> Shown {
        let text = match &value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Shown { text, json: value }
    }

    fn number(of: Int, value: u64) -> Shown {
        let unused = 64u32.saturating_sub(of.bits.into());
        match of.signed {
            true => Shown::plain(json!((value << unused) as i64 >> unused)),
            false => Shown::plain(json!(value << unused >> unused)),
        }
    }

    /// Bytes of which the first are in an excerpt, as C would write them.
    fn bytes(at: u64, len: u64, excerpt: &Excerpt, is_text: bool) -> Shown {
        let Some(seen) = seen(excerpt, len) else {
            let text = format!("{len} bytes at {at:#x}, which is not mapped");
            return Shown {
                text,
                json: json!({ "len": len, "at": at }),
            };
        };
        let mut text = format!("\"{}\"", seen.escape_ascii());
        if seen.len() as u64 != len {
            text.push_str(&format!("... ({len} bytes)"));
        }
        let hex: String = seen.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut json = json!({ "len": len, "hex": hex });
        if let (true, Ok(words)) = (is_text, std::str::from_utf8(seen)) {
            json["text"] = json!(words);
        }
        Shown { text, json }
    }

    fn record(of: &Record, at: u64, excerpt: &Excerpt) -> Shown {
        let Some(bytes) = seen(excerpt, of.size as u64) else {
            let text = format!("{} at {at:#x}, which is not mapped", of.name);
            return Shown {
                text,
                json: json!({ "at": at }),
            };
        };
        let (mut from, mut fields, mut words) = (0usize, Map::new(), Vec::new());
        for (name, int) in of.fields {
            let size = usize::from(int.bits) / 8;
            from = from.next_multiple_of(size);
            let mut word = [0; 8];
            if let (Some(to), Some(part)) = (word.get_mut(..size), bytes.get(from..from + size)) {
                to.copy_from_slice(part);
            }
            from += size;
            let shown = Shown::number(*int, u64::from_le_bytes(word));
            words.push(format!("{name}: {}", shown.text));
            fields.insert((*name).to_owned(), shown.json);
        }
        Shown {
            text: format!("{{{}}}", words.join(", ")),
            json: Value::Object(fields),
        }
    }
}

/// What was seen of so many bytes.
fn seen(excerpt: &Excerpt, len: u64) -> Option<&[u8]> {
    let seen = excerpt.bytes.get(..excerpt.len as usize)?;
    (excerpt.read != 0 && seen.len() as u64 <= len).then_some(seen)
}

/// The registers and excerpts of a record, from the left.
struct Cursor<'a> {
    registers: std::slice::Iter<'a, u64>,
    excerpts: std::slice::Iter<'a, Excerpt>,
}

const NOTHING: Excerpt = Excerpt {
    len: 0,
    read: 0,
    bytes: [0; lore_abi::trace::EXCERPT_MAX],
};

impl<'a> Cursor<'a> {
    fn register(&mut self) -> u64 {
        self.registers.next().copied().unwrap_or_default()
    }

    fn excerpt(&mut self) -> &'a Excerpt {
        self.excerpts.next().unwrap_or(&NOTHING)
    }
}

impl Calls {
    /// The next call.
    pub fn next(&mut self, record: &TraceRecord) -> Call {
        let hook = Hook::from_u32(record.hook).map_or("?", |hook| hook.id());
        let ended = FaultKind::from_u32(record.ended).map(|kind| kind.id());
        let mut call = Call {
            hook: hook.to_owned(),
            gate: format!("gate-{}", record.gate),
            args: Vec::new(),
            result: Shown::plain(json!(record.result)),
            time_ns: record.time_ns,
            cpu: record.cpu,
            ended,
        };
        let Some(gate) = Gate::from_u32(record.gate) else {
            return call;
        };
        call.gate = gate.id().to_owned();
        let mut from = Cursor {
            registers: record.args.iter(),
            excerpts: record.excerpts.iter(),
        };
        let signature = gate.signature();
        for (name, kind) in signature.params {
            call.args.push((*name, self.argument(*kind, &mut from)));
        }
        let room = match signature.answer {
            Answer::Bytes | Answer::Text => {
                let at = from.register();
                let room = from.register();
                call.args.push(("room", Shown::plain(json!(room))));
                at
            }
            Answer::Record(_) => from.register(),
            Answer::Nothing | Answer::Number(_) | Answer::Bool | Answer::Own(_) => 0,
        };
        call.result = match refusal(record.result).filter(|_| signature.fallible) {
            _ if ended.is_some() => Shown {
                text: format!("? ({})", ended.unwrap_or_default()),
                json: Value::Null,
            },
            Some(error) => Shown {
                text: format!("-{} ({})", error.number(), error.id()),
                json: json!({ "error": error.id() }),
            },
            None => self.answer(signature.answer, record.result, room, from.excerpt()),
        };
        call
    }

    fn argument(&mut self, kind: Kind, from: &mut Cursor<'_>) -> Shown {
        let value = from.register();
        match kind {
            Kind::Number(of, _) => Shown::number(of, value),
            Kind::Bool => Shown::plain(json!(value != 0)),
            Kind::Enum(cases) => {
                // A register that holds 32 bits: of the upper half nobody knows anything.
                let case = (value as u32 as usize).checked_sub(1);
                let name = case.and_then(|case| cases.get(case));
                Shown::plain(name.map_or(json!(value as u32), |name| json!(name)))
            }
            Kind::Bytes(_) | Kind::Text(_) => {
                let (len, is_text) = (from.register(), matches!(kind, Kind::Text(_)));
                Shown::bytes(value, len, from.excerpt(), is_text)
            }
            Kind::Record(of) => Shown::record(&of, value, from.excerpt()),
            Kind::Borrow(_) | Kind::Own(_) => {
                let name = self.handles.get(&value);
                Shown::plain(json!(name
                    .cloned()
                    .unwrap_or_else(|| format!("{value:#x}"))))
            }
        }
    }

    fn answer(&mut self, answer: Answer, result: u64, at: u64, excerpt: &Excerpt) -> Shown {
        match answer {
            Answer::Nothing => Shown::plain(json!(result)),
            Answer::Number(of) => Shown::number(of, result),
            Answer::Bool => Shown::plain(json!(result != 0)),
            Answer::Bytes => Shown::bytes(at, result, excerpt, false),
            Answer::Text => Shown::bytes(at, result, excerpt, true),
            Answer::Record(of) => Shown::record(&of, at, excerpt),
            Answer::Own(of) => Shown::plain(json!(self.give(of, result))),
        }
    }

    /// The name of a handle that was given out.
    fn give(&mut self, of: Resource, handle: u64) -> String {
        let count = self.given.entry(of.number()).or_default();
        *count += 1;
        let name = format!("{}#{count}", of.id());
        self.handles.insert(handle, name.clone());
        name
    }
}

fn refusal(result: u64) -> Option<GateError> {
    GateError::from_u32(u32::try_from(result.wrapping_neg()).ok()?)
}

impl Call {
    /// For people. Entries of other hooks than `run`, which timers call, are named.
    pub fn line(&self) -> String {
        let args = self.args.iter();
        let args: Vec<String> = args
            .map(|(name, arg)| format!("{name}={}", arg.text))
            .collect();
        let hook = match self.hook.as_str() {
            "run" => String::new(),
            other => format!("{other}: "),
        };
        format!(
            "{hook}{}({}) = {}",
            self.gate,
            args.join(", "),
            self.result.text
        )
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let args = self.args.iter();
        let args: Map<String, Value> = args
            .map(|(name, arg)| ((*name).to_owned(), arg.json.clone()))
            .collect();
        json!({
            "gate": self.gate,
            "args": args,
            "result": self.result.json,
            "hook": self.hook,
            "cpu": self.cpu,
            "time_ns": self.time_ns,
            "ended": self.ended,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zerocopy::FromZeros;

    fn record(gate: Gate, args: &[u64], result: i64, excerpts: &[&[u8]]) -> TraceRecord {
        let mut record = TraceRecord::new_zeroed();
        (record.gate, record.hook) = (gate.number(), Hook::Run.number());
        record.args[..args.len()].copy_from_slice(args);
        record.result = result as u64;
        for (to, bytes) in record.excerpts.iter_mut().zip(excerpts) {
            (to.len, to.read) = (bytes.len() as u32, 1);
            to.bytes[..bytes.len()].copy_from_slice(bytes);
        }
        record
    }

    fn lines(records: &[TraceRecord]) -> Vec<String> {
        let mut calls = Calls::default();
        let line = |record| calls.next(record).line();
        records.iter().map(line).collect()
    }

    #[test]
    fn a_line_has_the_names_and_types_of_the_description() {
        let ids: Vec<u8> = [7u32, 7, 0, 100]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect();
        let got = lines(&[
            record(Gate::Log, &[3, 0x400000, 6], 0, &[b"hello\n"]),
            record(Gate::TaskCurrent, &[], 0x7771, &[]),
            record(Gate::TaskIds, &[0x7771, 0x400010], 0, &[&ids]),
            record(Gate::TaskName, &[0x7771, 0x400020, 16], 4, &[b"lore"]),
            record(Gate::TaskParent, &[0x7771], 0x7772, &[]),
            record(Gate::TaskDrop, &[0x7772], 0, &[]),
            record(Gate::TaskDrop, &[0x7772], -6, &[]),
            record(Gate::TaskPid, &[5], -6, &[]),
            record(Gate::TimeNow, &[], -6, &[]),
        ]);
        let want = [
            "log(level=info, text=\"hello\\n\") = 0",
            "task_current() = task#1",
            "task_ids(self=task#1) = {pid: 7, process: 7, user: 0, group: 100}",
            "task_name(self=task#1, room=16) = \"lore\"",
            "task_parent(self=task#1) = task#2",
            "task_drop(task=task#2) = 0",
            "task_drop(task=task#2) = -6 (bad-handle)",
            "task_pid(self=0x5) = -6 (bad-handle)",
            // A number that cannot be a refusal.
            "time_now() = 18446744073709551610",
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn what_was_not_seen_is_said() {
        let mut unmapped = record(Gate::Log, &[9, 0x5, 300], -1, &[]);
        let long = record(Gate::Log, &[1, 0x400000, 300], -2, &[&[b'x'; 64]]);
        let mut calls = Calls::default();
        assert_eq!(
            calls.next(&unmapped).line(),
            "log(level=9, text=300 bytes at 0x5, which is not mapped) = -1 (bad-span)"
        );
        let want = format!(
            "log(level=error, text=\"{}\"... (300 bytes)) = -2 (too-long)",
            "x".repeat(64)
        );
        assert_eq!(calls.next(&long).line(), want);
        unmapped.gate = 4000;
        assert_eq!(
            calls.next(&unmapped).line(),
            "gate-4000() = 18446744073709551615"
        );
    }

    #[test]
    fn the_end_of_an_activation_is_no_result() {
        let mut abort = record(Gate::Abort, &[3, 0x400000, 2], 0, &[b"no"]);
        abort.ended = FaultKind::Abort.number();
        abort.hook = Hook::Timer.number();
        let call = Calls::default().next(&abort);
        assert_eq!(call.line(), "timer: abort(code=3, text=\"no\") = ? (abort)");
        let json = call.json();
        assert_eq!(
            (&json["result"], &json["ended"]),
            (&Value::Null, &json!("abort"))
        );
        assert_eq!(
            json["args"]["text"],
            json!({ "len": 2, "hex": "6e6f", "text": "no" })
        );
    }
}
