// SPDX-License-Identifier: GPL-2.0
//! `sdk/rust/src/host/gates.rs`: the gates as an extension's tests on the host meet them.
//!
//! Each has the name and the signature that `interface.rs` calls, and hands a value of `Call` to the stand-in, which
//! remembers it and says what to answer.

use crate::iface::doc;
use crate::model::{camel, snake, Answer, Gate, Kind, Model, Param};
use std::fmt::Write;

const TOP: &str = "// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The gates on the host: each tells the stand-in of its call, and answers what that says. Generated from wit/:
//! `UPDATE=1 cargo test -p lore_interface` writes it anew.

use super::reply::{answered, bytes_of, text_of, Reply};
use crate::interface::*;

";

/// The whole file.
pub fn file(model: &Model) -> String {
    let mut out = TOP.to_owned();
    calls(&mut out, model);
    records(&mut out, model);
    for of in model.enums.values().filter(|of| of.name != "gate-error") {
        let name = camel(&of.name);
        let _ = writeln!(
            out,
            "fn {}(number: u32) -> {name} {{\n    match number {{",
            snake(&of.name)
        );
        for (i, (case, _)) in of.cases.iter().enumerate() {
            let _ = writeln!(out, "        {} => {name}::{},", i + 1, camel(case));
        }
        out.push_str("        _ => unreachable!(\"only the enumeration's numbers are passed\"),\n    }\n}\n\n");
    }
    for gate in &model.gates {
        self::gate(&mut out, gate);
    }
    out
}

/// The enumeration of all calls.
fn calls(out: &mut String, model: &Model) {
    out.push_str("/// A call of a gate, with its arguments. Handles are numbers.\n");
    out.push_str("#[derive(Clone, Debug, PartialEq, Eq)]\n#[non_exhaustive]\npub enum Call {\n");
    for gate in &model.gates {
        doc(out, "    ", &gate.docs);
        let name = camel_of(gate);
        if gate.params.is_empty() {
            let _ = writeln!(out, "    {name},");
            continue;
        }
        let _ = writeln!(out, "    {name} {{");
        for param in &gate.params {
            let (field, ty) = (field(param), owned(param));
            let _ = writeln!(out, "        /// As it was passed.\n        {field}: {ty},");
        }
        out.push_str("    },\n");
    }
    out.push_str("}\n\nimpl Call {\n    /// The gate's name.\n");
    out.push_str("    pub fn gate(&self) -> &'static str {\n        match self {\n");
    for gate in &model.gates {
        let fields = if gate.params.is_empty() {
            ""
        } else {
            " { .. }"
        };
        let _ = writeln!(
            out,
            "            Call::{}{fields} => \"{}\",",
            camel_of(gate),
            gate.id
        );
    }
    out.push_str("        }\n    }\n}\n\n");
}

/// Records as answers.
fn records(out: &mut String, model: &Model) {
    for record in model.records.values() {
        let name = camel(&record.name);
        let _ = writeln!(
            out,
            "impl From<{name}> for Reply {{\n    fn from(record: {name}) -> Reply {{\n        Reply::record(record)\n    }}\n}}\n"
        );
    }
}

fn camel_of(gate: &Gate) -> String {
    camel(&gate.id.replace('_', "-"))
}

fn field(param: &Param) -> String {
    match param.name.as_str() {
        "self" => "this".to_owned(),
        name => snake(name),
    }
}

/// The type of a remembered argument.
fn owned(param: &Param) -> String {
    match &param.kind {
        Kind::Number(int, _) => int.rust(),
        Kind::Bool => "bool".to_owned(),
        Kind::Enum(of) | Kind::Record(of) => camel(of),
        Kind::Span { text: true, .. } => "String".to_owned(),
        Kind::Span { text: false, .. } => "Vec<u8>".to_owned(),
        Kind::Borrow(_) | Kind::Own(_) => "u64".to_owned(),
    }
}

fn gate(out: &mut String, gate: &Gate) {
    let (mut params, mut fields, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for param in &gate.params {
        let name = field(param);
        match &param.kind {
            Kind::Number(int, _) => params.push(format!("{name}: {}", int.rust())),
            Kind::Bool => params.push(format!("{name}: bool")),
            Kind::Enum(of) => {
                params.push(format!("{name}: u32"));
                lines.push(format!("let {name} = {}({name});", snake(of)));
            }
            Kind::Span { text, .. } => {
                params.push(format!("{name}: *const u8, {name}_len: usize"));
                let read = if *text { "text_of" } else { "bytes_of" };
                lines.push(
                    "// SAFETY: Only `interface.rs` calls this, with the parts of a slice."
                        .to_owned(),
                );
                lines.push(format!(
                    "let {name} = unsafe {{ {read}({name}, {name}_len) }};"
                ));
            }
            Kind::Record(of) => {
                params.push(format!("{name}: &{}", camel(of)));
                lines.push(format!("let {name} = *{name};"));
            }
            Kind::Borrow(_) | Kind::Own(_) => params.push(format!("{name}: u64")),
        }
        fields.push(name);
    }
    let fields = match fields.len() {
        0 => String::new(),
        _ => format!(" {{ {} }}", fields.join(", ")),
    };
    let reply = format!("answered(Call::{}{fields})", camel_of(gate));
    let (mut unsafety, mut safety) = ("", None);
    let answer = match (&gate.answer, gate.fallible) {
        _ if gate.never_returns => {
            lines.push(format!("{reply}.end()"));
            " -> !".to_owned()
        }
        (Answer::Room { .. }, _) => {
            params.push("room: *mut u8, room_len: usize".to_owned());
            unsafety = "unsafe ";
            safety = Some("`room` is writable for `room_len` bytes.");
            lines.push("// SAFETY: By this function's own contract.".to_owned());
            lines.push(format!("unsafe {{ {reply}.fill(room, room_len) }}"));
            " -> i64".to_owned()
        }
        (Answer::Record(of), _) => {
            params.push(format!("to: *mut {}", camel(of)));
            unsafety = "unsafe ";
            safety = Some("`to` is writable.");
            lines.push("// SAFETY: By this function's own contract.".to_owned());
            lines.push(format!("unsafe {{ {reply}.write(to) }}"));
            " -> i64".to_owned()
        }
        (_, true) => {
            lines.push(format!("{reply}.number()"));
            " -> i64".to_owned()
        }
        (Answer::Number(int), _) => {
            lines.push(format!("{reply}.number() as {}", int.rust()));
            format!(" -> {}", int.rust())
        }
        (Answer::Bool, _) => {
            lines.push(format!("{reply}.number() != 0"));
            " -> bool".to_owned()
        }
        _ => {
            lines.push(format!("{reply}.number();"));
            String::new()
        }
    };
    if let Some(safety) = safety {
        let _ = writeln!(out, "/// # Safety\n///\n/// {safety}");
    }
    let _ = writeln!(
        out,
        "pub(crate) {unsafety}fn lore_gate_{}({}){answer} {{",
        gate.id,
        params.join(", ")
    );
    for line in lines {
        let _ = writeln!(out, "    {line}");
    }
    out.push_str("}\n\n");
}
