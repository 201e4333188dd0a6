// SPDX-License-Identifier: GPL-2.0
//! `lore explain`: what a rule, a reason or a fault means.

use clap::Args;
use lore::explain::{all, explain};
use lore::output::{Answer, Failure, Output, Status};
use serde_json::json;

/// Explain a rule, a fault or a reason
#[derive(Args)]
pub struct Explain {
    /// An id as messages show it (MEM-1, memory, name-taken); without one, all of them
    id: Option<String>,
}

impl Explain {
    pub fn run(self, out: &Output) -> Answer {
        let Some(id) = self.id else {
            list(out);
            return Ok(Status::Done);
        };
        let found = explain(&id);
        if found.is_empty() {
            let message = format!("there is no rule, fault or reason `{id}`");
            let failure = Failure::new(Status::Usage, "no-such-id", message);
            return Err(failure.help("`lore explain` lists all of them").into());
        }
        out.show(
            || {
                let one = |e: &lore::explain::Explanation| json!({ "set": e.set, "id": e.id, "text": e.text, "body": e.body });
                json!(found.iter().map(one).collect::<Vec<_>>())
            },
            || {
                let bold = anstyle::Style::new().bold();
                let one = |e: &lore::explain::Explanation| {
                    format!("{bold}{}{bold:#} ({}): {}\n\n{}\n", e.id, e.set, e.text, e.body)
                };
                found.iter().map(one).collect::<Vec<_>>().join("\n")
            },
        );
        Ok(Status::Done)
    }
}

fn list(out: &Output) {
    out.show(
        || {
            let one = |(set, id, text)| json!({ "set": set, "id": id, "text": text });
            json!(all().map(one).collect::<Vec<_>>())
        },
        || {
            all()
                .map(|(set, id, text)| format!("{id:<18} {set:<11} {text}\n"))
                .collect()
        },
    );
}
