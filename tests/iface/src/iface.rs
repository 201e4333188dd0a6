// SPDX-License-Identifier: GPL-2.0
//! `crates/iface/src/generated.rs`: numbers, names, limits and signatures.

use crate::model::{camel, max_name, Answer, Docs, Enum, Gate, Int, Kind, Model, Param, Record};
use std::fmt::Write;

const TOP: &str = "// SPDX-License-Identifier: GPL-2.0
//! Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.

use crate::{Answer, Contexts, Int, Kind, Record, Signature};
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

fn int(of: Int) -> String {
    of.rust().to_ascii_uppercase()
}

/// The constant that describes a record.
fn record_name(name: &str) -> String {
    format!("{}_RECORD", crate::model::shout(name))
}

fn kind(of: &Kind) -> String {
    match of {
        Kind::Number(of, max) => format!("Kind::Number({}, {max:?})", int(*of)),
        Kind::Bool => "Kind::Bool".to_owned(),
        Kind::Enum(name) => format!("Kind::Enum({}_CASES)", crate::model::shout(name)),
        Kind::Span { text: true, max } => format!("Kind::Text({max:?})"),
        Kind::Span { text: false, max } => format!("Kind::Bytes({max:?})"),
        Kind::Record(name) => format!("Kind::Record({})", record_name(name)),
        Kind::Borrow(name) => format!("Kind::Borrow(Resource::{})", camel(name)),
        Kind::Own(name) => format!("Kind::Own(Resource::{})", camel(name)),
    }
}

fn answer(of: &Answer) -> String {
    match of {
        Answer::Nothing => "Answer::Nothing".to_owned(),
        Answer::Number(of) => format!("Answer::Number({})", int(*of)),
        Answer::Bool => "Answer::Bool".to_owned(),
        Answer::Room { text: true } => "Answer::Text".to_owned(),
        Answer::Room { text: false } => "Answer::Bytes".to_owned(),
        Answer::Record(name) => format!("Answer::Record({})", record_name(name)),
        Answer::Own(name) => format!("Answer::Own(Resource::{})", camel(name)),
    }
}

/// What signatures are made of.
fn types(out: &mut String, model: &Model) {
    let fields = model.records.values().flat_map(|record| &record.fields);
    let numbers = model.gates.iter().flat_map(|gate| {
        let params = gate.params.iter().filter_map(|param| match param.kind {
            Kind::Number(of, _) => Some(of),
            _ => None,
        });
        let answer = match gate.answer {
            Answer::Number(of) => Some(of),
            _ => None,
        };
        params.chain(answer)
    });
    let mut ints: Vec<Int> = numbers.chain(fields.map(|(_, of, _)| *of)).collect();
    ints.sort_by_key(|of| (of.signed, of.bits));
    ints.dedup();
    for of in ints {
        let (name, Int { bits, signed }) = (int(of), of);
        let _ = writeln!(
            out,
            "const {name}: Int = Int {{ bits: {bits}, signed: {signed} }};"
        );
    }
    let used = |name: &String| {
        let is = |param: &Param| matches!(&param.kind, Kind::Enum(of) if of == name);
        model.gates.iter().any(|gate| gate.params.iter().any(is))
    };
    for of in model.enums.values().filter(|of| used(&of.name)) {
        let cases = of.cases.iter().map(|(name, _)| format!("{name:?}"));
        let cases: Vec<String> = cases.collect();
        let name = crate::model::shout(&of.name);
        let _ = writeln!(
            out,
            "const {name}_CASES: &[&str] = &[{}];",
            cases.join(", ")
        );
    }
    for record in model.records.values() {
        let field = |(name, of, _): &(String, Int, Docs)| {
            format!("(\"{}\", {})", crate::model::snake(name), int(*of))
        };
        let fields: Vec<String> = record.fields.iter().map(field).collect();
        let (name, of) = (&record.name, camel(&record.name));
        let _ = writeln!(
            out,
            "const {}: Record = Record {{ name: \"{name}\", size: size_of::<{of}>(), fields: &[{}] }};",
            record_name(name),
            fields.join(", ")
        );
    }
}

fn signatures(out: &mut String, model: &Model) {
    out.push('\n');
    types(out, model);
    out.push_str("\nimpl Gate {\n    /// What the description says of it.\n    pub const fn signature(self) -> Signature {\n        match self {\n");
    for gate in &model.gates {
        let params = gate
            .params
            .iter()
            .map(|p| format!("(\"{}\", {})", p.name, kind(&p.kind)));
        let params: Vec<String> = params.collect();
        let _ = write!(
            out,
            "            Gate::{} => Signature {{\n                fits: Contexts::from_bits({:#06b}),\n                \
             params: &[{}],\n                answer: {},\n                fallible: {},\n                never_returns: {},\n                keeps: {},\n            }},\n",
            camel(&gate.id),
            gate.fits,
            params.join(", "),
            answer(&gate.answer),
            gate.fallible,
            gate.never_returns,
            gate.keeps
        );
    }
    out.push_str("        }\n    }\n}\n");
}

/// Lists for whoever needs one item per gate or kind: `Variant id trampoline function;`, `Variant module;`.
fn lists(out: &mut String, model: &Model) {
    out.push_str("\n/// Calls a macro with every gate: its variant, its id, its symbol in the module, and the kernel's functions, the second for a\n/// trace.\n#[macro_export]\nmacro_rules! for_each_gate {\n    ($callback:ident) => {\n        $callback! {\n");
    for gate in &model.gates {
        let Gate { id, .. } = gate;
        let _ = writeln!(
            out,
            "            {} {id} lore_gate_{id} lore_rs_gate_{id} lore_rs_traced_{id};",
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
