// SPDX-License-Identifier: GPL-2.0
//! `sdk/rust/src/interface.rs`: safe types for extensions in Rust.
//!
//! An `own` handle is a value that drops itself; a `borrow` is a reference to one, which cannot outlive the activation.

use crate::iface::doc;
use crate::model::{camel, max_name, snake, Answer, Enum, Gate, Kind, Model, Param, Resource};
use std::fmt::Write;

const TOP: &str = "// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The gates, as safe Rust. Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.

use crate::handle::{checked, Handle, Kept, Object};

";

/// The whole file.
pub fn file(model: &Model) -> String {
    let mut out = TOP.to_owned();
    for of in model.enums.values() {
        enumeration(&mut out, of);
    }
    for record in model.records.values() {
        doc(&mut out, "", &record.docs);
        let _ = writeln!(
            out,
            "#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]\n#[repr(C)]\npub struct {} {{",
            camel(&record.name)
        );
        for (name, int, docs) in &record.fields {
            doc(&mut out, "    ", docs);
            let _ = writeln!(out, "    pub {}: {},", snake(name), int.rust());
        }
        out.push_str("}\n\n");
    }
    for gate in &model.gates {
        for param in gate
            .params
            .iter()
            .filter(|param| param.kind.max().is_some())
        {
            let max = param.kind.max().unwrap_or_default();
            let _ = writeln!(
                out,
                "/// Most that `{}` of `{}` may be.",
                param.name, gate.id
            );
            let _ = writeln!(out, "pub const {}: u64 = {max};\n", max_name(gate, param));
        }
    }
    for resource in &model.resources {
        self::resource(&mut out, model, resource);
    }
    for gate in model.gates.iter().filter(|gate| gate.resource.is_none()) {
        wrapper(&mut out, gate, "");
    }
    externs(&mut out, model);
    out
}

fn enumeration(out: &mut String, of: &Enum) {
    doc(out, "", &of.docs);
    let name = camel(&of.name);
    let _ = writeln!(
        out,
        "#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u32)]\npub enum {name} {{"
    );
    for (i, (case, docs)) in of.cases.iter().enumerate() {
        doc(out, "    ", docs);
        let _ = writeln!(out, "    {} = {},", camel(case), i + 1);
    }
    if of.name == "gate-error" {
        out.push_str("    /// A number that this crate does not know.\n    Unknown = 4095,\n");
    }
    out.push_str("}\n\n");
    if of.name == "gate-error" {
        let _ = writeln!(out, "impl {name} {{\n    pub(crate) fn of(number: u64) -> {name} {{\n        match number {{");
        for (i, (case, _)) in of.cases.iter().enumerate() {
            let _ = writeln!(out, "            {} => {name}::{},", i + 1, camel(case));
        }
        let _ = writeln!(
            out,
            "            _ => {name}::Unknown,\n        }}\n    }}\n}}\n"
        );
    }
}

fn resource(out: &mut String, model: &Model, resource: &Resource) {
    let name = camel(&resource.name);
    doc(out, "", &resource.docs);
    let _ = writeln!(
        out,
        "#[derive(Debug)]\npub struct {name} {{\n    handle: Handle,\n}}\n"
    );
    let _ = writeln!(
        out,
        "impl Object for {name} {{\n    unsafe fn from_handle(handle: Handle) -> {name} {{\n        {name} {{ handle }}\n    }}\n}}\n"
    );
    let _ = writeln!(
        out,
        "impl Drop for {name} {{\n    fn drop(&mut self) {{\n        // What is gone already is gone.\n        let _ = lore_gate_{}_drop(self.handle.number());\n    }}\n}}\n",
        snake(&resource.name)
    );
    let mine = |gate: &&Gate| gate.resource.as_deref() == Some(&resource.name) && !gate.drops;
    let _ = writeln!(out, "impl {name} {{");
    for (i, gate) in model.gates.iter().filter(mine).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        match gate.keeps {
            true => keeper(out, gate, &name),
            false => wrapper(out, gate, "    "),
        }
    }
    out.push_str("}\n\n");
}

/// Whoever keeps an object and is refused has it still.
fn keeper(out: &mut String, gate: &Gate, name: &str) {
    doc(out, "    ", &gate.docs);
    let _ = writeln!(
        out,
        "    pub fn {}(self) -> Result<Kept<{name}>, (GateError, {name})> {{",
        gate.name
    );
    let _ = writeln!(
        out,
        "        match checked(lore_gate_{}(self.handle.number())) {{",
        gate.id
    );
    out.push_str(
        "            // SAFETY: The kernel gave the handle out just now; the old one is dead.\n",
    );
    out.push_str("            Ok(number) => Ok(unsafe { Kept::replace(self, number) }),\n");
    out.push_str("            Err(error) => Err((error, self)),\n        }\n    }\n");
}

/// How a parameter stands in the safe function, and what the gate gets.
fn param(of: &Param) -> (String, String) {
    let name = snake(&of.name);
    if name == "self" {
        return ("&self".to_owned(), "self.handle.number()".to_owned());
    }
    match &of.kind {
        Kind::Number(int, _) => (format!("{name}: {}", int.rust()), name),
        Kind::Bool => (format!("{name}: bool"), name),
        Kind::Enum(of) => (format!("{name}: {}", camel(of)), format!("{name} as u32")),
        Kind::Span { text, .. } => {
            let ty = if *text { "str" } else { "[u8]" };
            (
                format!("{name}: &{ty}"),
                format!("{name}.as_ptr(), {name}.len()"),
            )
        }
        Kind::Record(of) => (format!("{name}: &{}", camel(of)), name),
        Kind::Borrow(of) => (
            format!("{name}: &{}", camel(of)),
            format!("{name}.handle.number()"),
        ),
        Kind::Own(of) => (
            format!("{name}: {}", camel(of)),
            format!("core::mem::ManuallyDrop::new({name}).handle.number()"),
        ),
    }
}

fn wrapper(out: &mut String, gate: &Gate, indent: &str) {
    doc(out, indent, &gate.docs);
    let (mut params, mut args): (Vec<String>, Vec<String>) = gate.params.iter().map(param).unzip();
    let mut generics = "";
    let mut lines = Vec::new();
    let ok = match &gate.answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Number(int) => int.rust(),
        Answer::Bool => "bool".to_owned(),
        Answer::Room { .. } => {
            params.push("room: &'a mut [u8]".to_owned());
            args.push("room.as_mut_ptr(), room.len()".to_owned());
            generics = "<'a>";
            "&'a [u8]".to_owned()
        }
        Answer::Record(of) => {
            lines.push(format!("let mut record = {}::default();", camel(of)));
            args.push("&mut record".to_owned());
            camel(of)
        }
        Answer::Own(of) => camel(of),
    };
    let answer = match (gate.never_returns, gate.fallible, ok.as_str()) {
        (true, ..) => " -> !".to_owned(),
        (_, true, _) => format!(" -> Result<{ok}, GateError>"),
        (_, false, "()") => String::new(),
        _ => format!(" -> {ok}"),
    };
    let name = if gate.name == "self" {
        "this"
    } else {
        &gate.name
    };
    // What is wrapped by hand is not for authors.
    let public = match gate.docs.tag("hand-wrapped") {
        Some(_) => "pub(crate)",
        None => "pub",
    };
    let _ = writeln!(
        out,
        "{indent}{public} fn {name}{generics}({}){answer} {{",
        params.join(", ")
    );
    let call = format!("lore_gate_{}({})", gate.id, args.join(", "));
    match &gate.answer {
        _ if !gate.fallible => lines.push(call),
        Answer::Nothing => lines.push(format!("checked({call}).map(|_| ())")),
        Answer::Number(int)
            if *int
                == (crate::model::Int {
                    bits: 64,
                    signed: false,
                }) =>
        {
            lines.push(format!("checked({call})"))
        }
        Answer::Number(int) => lines.push(format!(
            "checked({call}).map(|number| number as {})",
            int.rust()
        )),
        Answer::Bool => lines.push(format!("checked({call}).map(|number| number != 0)")),
        Answer::Room { .. } => {
            lines.push(
                "// SAFETY: The room is writable for its length, and the kernel writes no more."
                    .to_owned(),
            );
            lines.push(format!("let len = checked(unsafe {{ {call} }})? as usize;"));
            lines.push("Ok(&room[..len.min(room.len())])".to_owned());
        }
        Answer::Record(_) => {
            lines.push("// SAFETY: The record is writable, and any integers are one.".to_owned());
            lines.push(format!("checked(unsafe {{ {call} }})?;"));
            lines.push("Ok(record)".to_owned());
        }
        Answer::Own(of) => lines.push(format!(
            "checked({call}).map(|handle| {} {{ handle: Handle::new(handle) }})",
            camel(of)
        )),
    }
    for line in lines {
        let _ = writeln!(out, "{indent}    {line}");
    }
    let _ = writeln!(out, "{indent}}}");
    if indent.is_empty() {
        out.push('\n');
    }
}

fn externs(out: &mut String, model: &Model) {
    out.push_str("#[cfg(not(target_os = \"none\"))]\nuse crate::host::gates::*;\n\n");
    out.push_str("#[cfg(target_os = \"none\")]\nunsafe extern \"C\" {\n");
    for gate in &model.gates {
        let mut params = Vec::new();
        for param in &gate.params {
            let name = if param.name == "self" {
                "this".to_owned()
            } else {
                snake(&param.name)
            };
            match &param.kind {
                Kind::Number(int, _) => params.push(format!("{name}: {}", int.rust())),
                Kind::Bool => params.push(format!("{name}: bool")),
                Kind::Enum(_) => params.push(format!("{name}: u32")),
                Kind::Span { .. } => {
                    params.push(format!("{name}: *const u8"));
                    params.push(format!("{name}_len: usize"));
                }
                Kind::Record(of) => params.push(format!("{name}: &{}", camel(of))),
                Kind::Borrow(_) | Kind::Own(_) => params.push(format!("{name}: u64")),
            }
        }
        let mut safe = "safe ";
        match &gate.answer {
            Answer::Room { .. } => {
                safe = "";
                params.push("room: *mut u8".to_owned());
                params.push("room_len: usize".to_owned());
            }
            Answer::Record(of) => {
                safe = "";
                params.push(format!("to: *mut {}", camel(of)));
            }
            _ => {}
        }
        let answer = match (&gate.answer, gate.fallible) {
            _ if gate.never_returns => " -> !".to_owned(),
            (_, true) => " -> i64".to_owned(),
            (Answer::Number(int), _) => format!(" -> {}", int.rust()),
            (Answer::Bool, _) => " -> bool".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "    {safe}fn lore_gate_{}({}){answer};",
            gate.id,
            params.join(", ")
        );
    }
    out.push_str("}\n");
}
