// SPDX-License-Identifier: GPL-2.0
//! Every attempt ends as its first line says: by that rule, at that word.

use lore_corpus::case::Verdict;
use lore_sandbox::code::{plan, Demand};

#[test]
fn every_attempt_is_stopped_where_its_first_line_says() {
    let attempts = lore_escapes::all();
    assert!(
        attempts.len() >= 120,
        "some attempts are missing: {}",
        attempts.len()
    );
    let mut wrong = Vec::new();
    for (case, built) in &attempts {
        let layout = plan(Demand {
            targets: built.targets.len() as u64 / 4,
            imports: built.imports.len() as u64 / 4,
            code_len: built.code.len() as u64,
        })
        .expect("attempts are small");
        let verdict = match built.verify() {
            Ok(_) => Verdict::Accept,
            Err(violation) => {
                // Of what is no word the number is told as it is.
                let in_text = !matches!(case.verdict, Verdict::Reject { in_text: false, .. });
                let code_at = if in_text { layout.code_at } else { 0 };
                Verdict::Reject {
                    rule: violation.rule.to_string(),
                    at: violation.at.wrapping_sub(code_at),
                    in_text,
                }
            }
        };
        if verdict != case.verdict {
            let name = case.path.file_name().unwrap_or_default();
            wrong.push(format!("{name:?}: {verdict:x?}, not {:x?}", case.verdict));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
