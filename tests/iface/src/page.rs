// SPDX-License-Identifier: GPL-2.0
//! `docs/interface.md`: the reference.

use crate::model::{snake, Answer, Gate, Kind, Model};
use std::fmt::Write;

const TOP: &str = "# The kernel interface

What an extension can call. Generated from `wit/`: `UPDATE=1 cargo test -p lore_interface` writes it anew.

A *gate* is called like a function: arguments in x0 to x6, the result in x0; everything else that a call may change is
zero afterwards. A negative result above -4096 is an error by the number below. In C a gate is `lore_gate_NAME`
(`sdk/c/include/lore.h`), in Rust a function or method of the crate `lore`.

A *handle* names a kernel object: a number that is worth nothing to anybody but the activation that got it. One's own
is to be dropped, and is released when the activation ends, however it ends; what was returned without having been dropped
is counted as a leak. A lent one is valid for the activation. A handle that was dropped, was made up, or comes from another
activation, CPU or extension is an error of the call (`bad-handle`), one of another kind too (`wrong-kind`).

A *lasting* handle names an object that outlives the activation (`task_keep` and its like): every activation of the extension
may use it, on any CPU and several at once, until one of them drops it or the extension ends. Who uses it while another one
drops it has it until the call is done. Locks and what is only lent do not last.

*Fits* says where a gate may be called: in a task or a softirq that holds nothing (`task` is the hook `run`, `softirq` a timer), on
the way of a packet (`network`), or `anywhere`: tracepoints and functions, under locks of the allocator, the scheduler and the clock.
An extension is only attached where all gates that it imports fit.

";

/// The whole page.
pub fn page(model: &Model) -> String {
    let mut out = TOP.to_owned();
    for (family, docs) in &model.families {
        let mut gates = model
            .gates
            .iter()
            .filter(|gate| gate.family == *family)
            .peekable();
        if gates.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "## {family}\n");
        for paragraph in docs.paragraphs() {
            let _ = writeln!(out, "{paragraph}\n");
        }
        for gate in gates {
            self::gate(&mut out, gate);
        }
    }
    for record in model.records.values() {
        let _ = writeln!(
            out,
            "## struct {}\n\n{}\n\n| field | type | |\n|---|---|---|",
            snake(&record.name),
            record.docs.summary
        );
        for (name, int, docs) in &record.fields {
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                snake(name),
                int.wit(),
                docs.summary
            );
        }
        out.push('\n');
    }
    for of in model.enums.values() {
        let _ = writeln!(
            out,
            "## {}\n\n{}\n\n| number | id | meaning |\n|---|---|---|",
            of.name, of.docs.summary
        );
        for (i, (case, docs)) in of.cases.iter().enumerate() {
            let _ = writeln!(out, "| {} | `{case}` | {} |", i + 1, docs.summary);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn kind(of: &Kind) -> String {
    match of {
        Kind::Number(int, _) => int.wit(),
        Kind::Bool => "bool".to_owned(),
        Kind::Enum(name) | Kind::Record(name) => name.clone(),
        Kind::Span { text: true, .. } => "string".to_owned(),
        Kind::Span { text: false, .. } => "bytes".to_owned(),
        Kind::Borrow(name) => format!("borrow {name}"),
        Kind::Own(name) => format!("own {name}"),
    }
}

fn gate(out: &mut String, gate: &Gate) {
    let params = gate.params.iter().map(|p| match p.name.as_str() {
        "self" => kind(&p.kind),
        name => format!("{name}: {}", kind(&p.kind)),
    });
    let params: Vec<String> = params.collect();
    let answer = match &gate.answer {
        _ if gate.never_returns => "never".to_owned(),
        Answer::Nothing => "nothing".to_owned(),
        Answer::Number(int) => int.wit(),
        Answer::Bool => "bool".to_owned(),
        Answer::Room { text } => {
            format!("{} into a buffer", if *text { "string" } else { "bytes" })
        }
        Answer::Record(name) => name.clone(),
        Answer::Own(name) => format!("own {name}"),
    };
    let error = if gate.fallible { ", or an error" } else { "" };
    let contexts: Vec<&str> = gate.contexts().collect();
    let _ = writeln!(
        out,
        "### {}\n\n`{}({})` -> {answer}{error}. Gate {}; fits {}.\n",
        gate.id,
        gate.id,
        params.join(", "),
        gate.number,
        contexts.join(", ")
    );
    for paragraph in gate.docs.paragraphs() {
        let _ = writeln!(out, "{paragraph}\n");
    }
    for param in &gate.params {
        if let Some(max) = param.kind.max() {
            let unit = if matches!(param.kind, Kind::Span { .. }) {
                " bytes"
            } else {
                ""
            };
            let _ = writeln!(out, "`{}` is at most {max}{unit}.\n", param.name);
        }
    }
}
