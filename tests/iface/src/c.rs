// SPDX-License-Identifier: GPL-2.0
//! `sdk/c/include/lore_gates.h`: the gates as a C program sees them.

use crate::iface::wrap;
use crate::model::{max_name, shout, snake, Answer, Docs, Enum, Gate, Kind, Model, Param};
use std::fmt::Write;

const TOP: &str = "/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The gates: what an extension can call. Included by lore.h. Generated from wit/:
 * `UPDATE=1 cargo test -p lore_interface` writes it anew.
 */
#ifndef LORE_GATES_H
#define LORE_GATES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern \"C\" {
#endif
";

/// The whole header.
pub fn header(model: &Model) -> String {
    let mut out = TOP.to_owned();
    for of in model.enums.values() {
        enumeration(&mut out, of);
    }
    for record in model.records.values() {
        comment(&mut out, &record.docs, &[]);
        let _ = writeln!(out, "struct lore_{} {{", snake(&record.name));
        for (name, int, docs) in &record.fields {
            let _ = writeln!(
                out,
                "\t{} {};\t/* {} */",
                int.c(),
                snake(name),
                docs.phrase()
            );
        }
        out.push_str("};\n");
    }
    for resource in &model.resources {
        comment(&mut out, &resource.docs, &[]);
        let _ = writeln!(out, "typedef struct {{\n\tint64_t handle;\t/* or an error, see lore_is_error() */\n}} lore_{};", snake(&resource.name));
    }
    out.push('\n');
    for gate in &model.gates {
        for param in &gate.params {
            if let Some(max) = param.kind.max() {
                let _ = writeln!(
                    out,
                    "#define LORE_{} {max}\t/* most of {} */",
                    max_name(gate, param),
                    c_name(param)
                );
            }
        }
    }
    for gate in &model.gates {
        self::gate(&mut out, gate);
    }
    out.push_str("\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* LORE_GATES_H */\n");
    out
}

/// What stands before a case: `@prefix`, or the enumeration's name.
pub fn prefix(of: &Enum) -> String {
    let own = of.docs.tag("prefix").map(str::to_owned);
    own.unwrap_or_else(|| format!("LORE_{}_", shout(&of.name)))
}

/// `lore_error`'s cases are written in one word, as errno's are.
pub fn case_name(of: &Enum, case: &str) -> String {
    let prefix = prefix(of);
    if prefix.ends_with('_') {
        prefix + &shout(case)
    } else {
        prefix + &shout(case).replace('_', "")
    }
}

fn enumeration(out: &mut String, of: &Enum) {
    comment(out, &of.docs, &[]);
    let _ = writeln!(out, "enum lore_{} {{", snake(&of.name));
    for (i, (case, docs)) in of.cases.iter().enumerate() {
        let _ = writeln!(
            out,
            "\t{} = {},\t/* {} */",
            case_name(of, case),
            i + 1,
            docs.phrase()
        );
    }
    out.push_str("};\n");
}

fn comment(out: &mut String, docs: &Docs, more: &[String]) {
    out.push_str("\n/*\n");
    for paragraph in docs.paragraphs().chain(more.iter().map(String::as_str)) {
        for line in wrap(paragraph, 96) {
            let _ = writeln!(out, " * {line}");
        }
    }
    out.push_str(" */\n");
}

fn c_name(param: &Param) -> String {
    snake(&param.name)
}

fn params(gate: &Gate) -> String {
    let mut all = Vec::new();
    for param in &gate.params {
        let name = c_name(param);
        let name = match gate.resource.as_deref() {
            Some(resource) if name == "self" => snake(resource),
            _ => name,
        };
        match &param.kind {
            Kind::Number(int, _) => all.push(format!("{} {name}", int.c())),
            Kind::Bool => all.push(format!("_Bool {name}")),
            Kind::Enum(_) => all.push(format!("uint32_t {name}")),
            Kind::Span { text, .. } => {
                let of = if *text { "char" } else { "void" };
                all.push(format!("const {of} *{name}"));
                all.push(format!("size_t {name}_len"));
            }
            Kind::Record(of) => all.push(format!("const struct lore_{} *{name}", snake(of))),
            Kind::Borrow(of) | Kind::Own(of) => all.push(format!("lore_{} {name}", snake(of))),
        }
    }
    match &gate.answer {
        Answer::Room { text } => {
            all.push(format!("{} *room", if *text { "char" } else { "void" }));
            all.push("size_t room_len".to_owned());
        }
        Answer::Record(of) => all.push(format!("struct lore_{} *to", snake(of))),
        _ => {}
    }
    if all.is_empty() {
        all.push("void".to_owned());
    }
    all.join(", ")
}

fn gate(out: &mut String, gate: &Gate) {
    let answer = match (&gate.answer, gate.fallible) {
        (Answer::Own(of), _) => format!("lore_{} ", snake(of)),
        (_, true) => "long ".to_owned(),
        (Answer::Number(int), false) => format!("{} ", int.c()),
        (Answer::Bool, false) => "_Bool ".to_owned(),
        _ => "void ".to_owned(),
    };
    let returns = match (&gate.answer, gate.fallible) {
        (Answer::Room { .. }, _) => Some("Return: bytes written to @room, or a negative error."),
        (Answer::Own(_), _) => {
            Some("Return: a handle of one's own, to be dropped, or a negative error.")
        }
        (Answer::Nothing | Answer::Record(_), true) => Some("Return: 0, or a negative error."),
        (_, true) => Some("Return: that, or a negative error, see lore_is_error()."),
        _ => None,
    };
    let more: Vec<String> = returns.into_iter().map(str::to_owned).collect();
    comment(out, &gate.docs, &more);
    let never = if gate.never_returns { "_Noreturn " } else { "" };
    let _ = writeln!(
        out,
        "{never}{answer}lore_gate_{}({});",
        gate.id,
        params(gate)
    );
}
