// SPDX-License-Identifier: GPL-2.0
//! `kmod/gate/dispatch.rs`: per gate, the checks of its arguments and one call of a safe function; `kmod/gate/gates.h`: the
//! list of trampolines.

use crate::model::{camel, max_name, snake, Answer, Gate, Kind, Model, Param};
use std::collections::BTreeSet;
use std::fmt::Write;

const TOP: &str = "// SPDX-License-Identifier: GPL-2.0
//! From registers to typed, checked arguments, one function per gate. Generated from wit/: `UPDATE=1 cargo test -p
//! lore_interface` writes it anew.
//!
//! Checks go from left to right; a handle that the callee takes is taken last, when nothing can be refused any more.
//!
//! Each function comes twice: `LASTING` is whether a handle may be of an object that outlives the activation. The usual
//! one is tried first, so that it need not know of those.

";

/// The dispatch.
pub fn dispatch(model: &Model) -> String {
    let mut out = TOP.to_owned();
    uses(&mut out, model);
    may_last(&mut out, model);
    for gate in &model.gates {
        function(&mut out, model, gate);
    }
    out
}

/// Whether a gate takes a handle of an object that may last.
fn takes_lasting(model: &Model, gate: &Gate) -> bool {
    let lasts = |kind: &Kind| match kind {
        Kind::Borrow(of) | Kind::Own(of) => model.lasts(of),
        _ => false,
    };
    let drops = gate.drops && gate.resource.as_deref().is_some_and(|of| model.lasts(of));
    drops || gate.params.iter().any(|param| lasts(&param.kind))
}

fn may_last(out: &mut String, model: &Model) {
    let gates = model.gates.iter().filter(|gate| takes_lasting(model, gate));
    let names: Vec<String> = gates
        .map(|gate| format!("Gate::{}", camel(&gate.id)))
        .collect();
    let _ = writeln!(
        out,
        "\n/// Whether a gate's first argument may be a handle of an object that outlives activations.\npub(crate) const fn may_last(gate: Gate) -> bool {{\n    matches!(gate, {})\n}}",
        names.join(" | ")
    );
}

fn uses(out: &mut String, model: &Model) {
    let mut names = BTreeSet::from(["Gate".to_owned(), "GateError".to_owned()]);
    let mut kinds = BTreeSet::new();
    for gate in &model.gates {
        for param in &gate.params {
            match &param.kind {
                Kind::Enum(name) | Kind::Record(name) => {
                    names.insert(camel(name));
                }
                Kind::Borrow(name) | Kind::Own(name) => {
                    kinds.insert((snake(name), camel(name)));
                }
                _ => {}
            }
            if param.kind.max().is_some() {
                names.insert(max_name(gate, param));
            }
        }
    }
    let names: Vec<String> = names.into_iter().collect();
    let _ = writeln!(out, "use super::{{args, calls}};");
    let _ = writeln!(
        out,
        "use crate::{{entry::Activation, object::{{kinds, Objects}}}};"
    );
    let _ = writeln!(out, "use lore_iface::{{{}}};\n", names.join(", "));
    out.push_str("type Registers = [u64; 7];\ntype Answer = Result<u64, GateError>;\n");
}

/// What an argument is made of: the expression, without `?`, and whether it can be refused.
fn check(model: &Model, gate: &Gate, param: &Param, at: usize) -> (String, bool) {
    let max = if param.kind.max().is_some() {
        max_name(gate, param)
    } else {
        "u64::MAX".to_owned()
    };
    match &param.kind {
        Kind::Number(int, None) if int.bits == 64 && !int.signed => (format!("x[{at}]"), false),
        Kind::Number(int, None) => (format!("x[{at}] as {}", int.rust()), false),
        Kind::Number(int, Some(_)) => (
            format!("args::at_most(x[{at}] as {}, {max})", int.rust()),
            true,
        ),
        Kind::Bool => (format!("args::boolean(x[{at}])"), true),
        Kind::Enum(name) => (
            format!("args::code(x[{at}], {}::from_u32)", camel(name)),
            true,
        ),
        Kind::Span { .. } => (
            format!("args::span(activation, x[{at}], x[{}], {max})", at + 1),
            true,
        ),
        Kind::Record(name) => (
            format!("args::record::<{}>(activation, x[{at}])", camel(name)),
            true,
        ),
        Kind::Borrow(name) => {
            let how = match model.lasts(name) {
                true => ("args::borrow", "activation, objects, "),
                false => ("objects.get", ""),
            };
            (look_up(how, name, at), true)
        }
        Kind::Own(name) => {
            let how = match model.lasts(name) {
                true => ("args::own", "activation, objects, "),
                false => ("objects.take", ""),
            };
            (look_up(how, name, at), true)
        }
    }
}

/// A function that looks a handle up, and what it is given before that.
fn look_up((function, given): (&str, &str), kind: &str, at: usize) -> String {
    let lasting = match function.strip_prefix("args::") {
        // Whether it is one shows by the first register alone.
        Some(_) if at != 0 => panic!("a handle of a {kind}, which may last, comes first"),
        Some(_) => ", LASTING",
        None => "",
    };
    format!(
        "{function}::<kinds::{}::{}{lasting}>({given}x[{at}])",
        snake(kind),
        camel(kind)
    )
}

fn function(out: &mut String, model: &Model, gate: &Gate) {
    let uses_objects = gate.drops
        || matches!(gate.answer, Answer::Own(_))
        || gate
            .params
            .iter()
            .any(|p| matches!(p.kind, Kind::Borrow(_) | Kind::Own(_)));
    let lasts = gate.resource.as_deref().is_some_and(|of| model.lasts(of));
    let activation = if gate.drops && !lasts {
        "_activation"
    } else {
        "activation"
    };
    let objects = if uses_objects { "objects" } else { "_objects" };
    let x = if gate.registers() == 0 { "_x" } else { "x" };
    let _ = write!(
        out,
        "\n/// Gate {}: {}.\n#[inline(always)]\npub(crate) fn {}<const LASTING: bool>(\n    {activation}: &Activation,\n    {objects}: &mut Objects,\n    {x}: Registers,\n) -> Answer {{\n",
        gate.number,
        gate.docs.phrase(),
        gate.id
    );
    if let (true, Some(resource)) = (gate.drops, &gate.resource) {
        let line = match lasts {
            true => look_up(("args::give_back", "activation, objects, "), resource, 0) + "?",
            false => format!("drop({}?)", look_up(("objects.take", ""), resource, 0)),
        };
        let _ = writeln!(out, "    {line};\n    Ok(0)\n}}");
        return;
    }
    if let (true, Some(resource)) = (gate.keeps, &gate.resource) {
        let line = look_up(
            ("activation.extension().lasting.keep", "objects, "),
            resource,
            0,
        );
        let _ = writeln!(out, "    {line}\n}}");
        return;
    }
    let mut at = 0;
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    let mut pinned = Vec::new();
    let mut names = vec!["activation".to_owned()];
    for param in &gate.params {
        let name = if param.name == "self" {
            "this".to_owned()
        } else {
            snake(&param.name)
        };
        let (value, refusable) = check(model, gate, param, at);
        let end = match (refusable, gate.never_returns) {
            (true, true) => ".ok()",
            (true, false) => "?",
            (false, _) => "",
        };
        let line = format!("    let {name} = {value}{end};\n");
        if matches!(param.kind, Kind::Own(_)) {
            taken.push(line)
        } else {
            lines.push(line)
        }
        match &param.kind {
            Kind::Borrow(of) if model.lasts(of) => {
                names.push(format!("&{name}"));
                pinned.push(name);
            }
            _ => names.push(name),
        }
        at += param.kind.registers();
    }
    match gate.answer {
        Answer::Room { .. } => {
            lines.push(format!(
                "    let room = args::span(activation, x[{at}], x[{}], u64::MAX)?;\n",
                at + 1
            ));
            names.push("room".to_owned());
        }
        Answer::Record(_) => lines.push(format!("    let room = x[{at}];\n")),
        _ => {}
    }
    for line in lines.into_iter().chain(taken) {
        out.push_str(&line);
    }
    let call = format!(
        "calls::{}::{}({})",
        gate.family,
        gate.name,
        names.join(", ")
    );
    let question = if gate.fallible { "?" } else { "" };
    match &gate.answer {
        Answer::Nothing => {
            let _ = writeln!(out, "    {call}{question};\n    Ok(0)\n}}");
        }
        Answer::Number(int) if int.bits == 64 && !int.signed => {
            let _ = match gate.fallible {
                true => writeln!(out, "    {call}\n}}"),
                false => writeln!(out, "    Ok({call})\n}}"),
            };
        }
        Answer::Number(int) if int.signed => {
            let _ = writeln!(out, "    Ok(i64::from({call}{question}) as u64)\n}}");
        }
        Answer::Number(_) | Answer::Bool => {
            let _ = writeln!(out, "    Ok(u64::from({call}{question}))\n}}");
        }
        Answer::Room { .. } => {
            let _ = writeln!(out, "    Ok(u64::from({call}{question}))\n}}");
        }
        Answer::Record(_) => {
            let _ = writeln!(out, "    let record = {call}{question};\n    args::answer_record(activation, room, &record)\n}}");
        }
        Answer::Own(_) => {
            let _ = writeln!(
                out,
                "    let place = objects.place()?;\n    let new = {call}{question};"
            );
            for name in pinned {
                let _ = writeln!(out, "    drop({name});");
            }
            out.push_str("    Ok(objects.put(place, new))\n}\n");
        }
    }
}

/// The list that crossing.S makes trampolines of.
pub fn header(model: &Model) -> String {
    let mut out = "/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every gate, for crossing.S. Generated from wit/: `UPDATE=1 cargo test -p lore_interface` writes it anew.
 */
#ifndef LORE_GATES_H
#define LORE_GATES_H

#define LORE_GATES(GATE)"
        .to_owned();
    for gate in &model.gates {
        let _ = write!(out, " \\\n\tGATE({})", gate.id);
    }
    out.push_str("\n\n#endif\n");
    out
}
