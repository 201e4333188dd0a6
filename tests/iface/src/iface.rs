// SPDX-License-Identifier: GPL-2.0
//! `crates/iface/src/generated.rs`: numbers, names, limits and signatures.

use crate::model::{camel, max_name, Answer, Docs, Enum, Gate, Kind, Model, Record};
use std::fmt::Write;

const TOP: &str = "// SPDX-License-Identifier: GPL-2.0
//! Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.

use crate::{Contexts, Kind, Signature};
use lore_abi::codes;
";

/// The whole file.
pub fn file(model: &Model) -> String {
    let mut out = TOP.to_owned();
    if !model.records.is_empty() {
        out.push_str("use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};\n");
    }
    out.push('\n');
    gates(&mut out, model);
    for of in model.enums.values() {
        enumeration(&mut out, of);
    }
    resources(&mut out, model);
    for record in model.records.values() {
        self::record(&mut out, record);
    }
    for gate in &model.gates {
        for param in gate
            .params
            .iter()
            .filter(|param| param.kind.max().is_some())
        {
            let (name, max) = (max_name(gate, param), param.kind.max().unwrap_or_default());
            let _ = writeln!(
                out,
                "/// Most that `{}` of `{}` may be.",
                param.name, gate.id
            );
            let _ = writeln!(out, "pub const {name}: u64 = {max};");
        }
    }
    signatures(&mut out, model);
    lists(&mut out, model);
    out
}

/// A doc comment, paragraph by paragraph.
pub fn doc(out: &mut String, indent: &str, docs: &Docs) {
    for (i, paragraph) in docs.paragraphs().enumerate() {
        if i > 0 {
            let _ = writeln!(out, "{indent}///");
        }
        for line in wrap(paragraph, 100 - indent.len()) {
            let _ = writeln!(out, "{indent}/// {line}");
        }
    }
}

/// Lines of at most `width` characters.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = lines
            .last()
            .is_some_and(|line| line.is_empty() || line.len() + 1 + word.len() <= width);
        if !fits {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn gates(out: &mut String, model: &Model) {
    out.push_str("codes! {\n    /// A gate's number, as it stands in an image's import list.\n    pub enum Gate {\n");
    for gate in &model.gates {
        let _ = writeln!(
            out,
            "        {} = {}, \"{}\", \"{}\";",
            camel(&gate.id),
            gate.number,
            gate.id,
            gate.docs.phrase()
        );
    }
    out.push_str("    }\n}\n\n");
}

fn enumeration(out: &mut String, of: &Enum) {
    out.push_str("codes! {\n");
    doc(out, "    ", &of.docs);
    let _ = writeln!(out, "    pub enum {} {{", camel(&of.name));
    for (i, (name, docs)) in of.cases.iter().enumerate() {
        let _ = writeln!(
            out,
            "        {} = {}, \"{name}\", \"{}\";",
            camel(name),
            i + 1,
            docs.phrase()
        );
    }
    out.push_str("    }\n}\n\n");
}

fn resources(out: &mut String, model: &Model) {
    out.push_str("codes! {\n    /// A kind of kernel object.\n    pub enum Resource {\n");
    for resource in &model.resources {
        let (name, phrase) = (&resource.name, resource.docs.phrase());
        let _ = writeln!(
            out,
            "        {} = {}, \"{name}\", \"{phrase}\";",
            camel(name),
            resource.number
        );
    }
    out.push_str("    }\n}\n\n");
}

fn record(out: &mut String, record: &Record) {
    doc(out, "", &record.docs);
    out.push_str("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]\n#[repr(C)]\n");
    let _ = writeln!(out, "pub struct {} {{", camel(&record.name));
    for (name, int, docs) in &record.fields {
        doc(out, "    ", docs);
        let _ = writeln!(
            out,
            "    pub {}: {},",
            crate::model::snake(name),
            int.rust()
        );
    }
    out.push_str("}\n\n");
}

fn kind(of: &Kind) -> String {
    match of {
        Kind::Number(_, max) => format!("Kind::Number({max:?})"),
        Kind::Bool => "Kind::Bool".to_owned(),
        Kind::Enum(_) => "Kind::Enum".to_owned(),
        Kind::Span { max, .. } => format!("Kind::Span({max:?})"),
        Kind::Record(_) => "Kind::Record".to_owned(),
        Kind::Borrow(name) => format!("Kind::Borrow(Resource::{})", camel(name)),
        Kind::Own(name) => format!("Kind::Own(Resource::{})", camel(name)),
    }
}

fn signatures(out: &mut String, model: &Model) {
    out.push_str("\nimpl Gate {\n    /// What the description says of it.\n    pub const fn signature(self) -> Signature {\n        match self {\n");
    for gate in &model.gates {
        let params = gate
            .params
            .iter()
            .map(|p| format!("(\"{}\", {})", p.name, kind(&p.kind)));
        let params: Vec<String> = params.collect();
        let gives = match &gate.answer {
            Answer::Own(name) => format!("Some(Resource::{})", camel(name)),
            _ => "None".to_owned(),
        };
        let _ = write!(
            out,
            "            Gate::{} => Signature {{\n                fits: Contexts::from_bits({:#06b}),\n                \
             params: &[{}],\n                gives: {gives},\n                never_returns: {},\n                keeps: {},\n            }},\n",
            camel(&gate.id),
            gate.fits,
            params.join(", "),
            gate.never_returns,
            gate.keeps
        );
    }
    out.push_str("        }\n    }\n}\n");
}

/// Lists for whoever needs one item per gate or kind: `Variant id trampoline function;`, `Variant module;`.
fn lists(out: &mut String, model: &Model) {
    out.push_str("\n/// Calls a macro with every gate: its variant, its id, its symbol in the module, and the kernel's function.\n#[macro_export]\nmacro_rules! for_each_gate {\n    ($callback:ident) => {\n        $callback! {\n");
    for gate in &model.gates {
        let Gate { id, .. } = gate;
        let _ = writeln!(
            out,
            "            {} {id} lore_gate_{id} lore_rs_gate_{id};",
            camel(id)
        );
    }
    out.push_str("        }\n    };\n}\n");
    out.push_str("\n/// Calls a macro with every kind of object: its variant and its module.\n#[macro_export]\nmacro_rules! for_each_resource {\n    ($callback:ident) => {\n        $callback! {\n");
    for resource in &model.resources {
        let _ = writeln!(
            out,
            "            {} {};",
            camel(&resource.name),
            crate::model::snake(&resource.name)
        );
    }
    out.push_str("        }\n    };\n}\n");
}
