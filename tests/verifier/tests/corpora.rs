// SPDX-License-Identifier: GPL-2.0
//! Every case passes only by its own rule at its own offset, every rule has a case and a heading.

use lore_abi::rule::Rule;
use lore_corpus::case::Verdict;
use lore_sandbox::code::{plan, Demand};
use std::collections::BTreeSet;

#[test]
fn every_case_has_its_verdict() {
    let mut wrong = Vec::new();
    let cases = lore_corpus::all();
    for (case, built) in &cases {
        let layout = plan(Demand {
            targets: built.targets.len() as u64 / 4,
            imports: built.imports.len() as u64 / 4,
            code_len: built.code.len() as u64,
        });
        let code_at = layout.map_or(0, |layout| layout.code_at);
        let shown = match built.verify() {
            Ok(_) => "accept".to_owned(),
            Err(violation) => {
                let at = violation.at.wrapping_sub(code_at);
                match &case.verdict {
                    Verdict::Reject { in_text: false, .. } => {
                        format!("reject: {} @ #{}", violation.rule, violation.at)
                    }
                    _ => format!("reject: {} @ {at:#x}", violation.rule),
                }
            }
        };
        let wanted = match &case.verdict {
            Verdict::Accept => "accept".to_owned(),
            Verdict::Reject {
                rule,
                at,
                in_text: true,
            } => format!("reject: {rule} @ {at:#x}"),
            Verdict::Reject {
                rule,
                at,
                in_text: false,
            } => format!("reject: {rule} @ #{at}"),
        };
        if shown != wanted {
            let name = case
                .path
                .strip_prefix(lore_corpus::folder())
                .unwrap_or(&case.path);
            wrong.push(format!("{}: wanted {wanted}, got {shown}", name.display()));
        }
    }
    println!("{} cases", cases.len());
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_rule_has_a_case_and_every_case_lies_in_the_folder_of_its_rule() {
    let mut seen = BTreeSet::new();
    for path in lore_corpus::files(&lore_corpus::folder().join("reject")) {
        let case = lore_corpus::case::Case::read(&path);
        let Verdict::Reject { rule, .. } = case.verdict else {
            panic!("{path:?} accepts")
        };
        let folder = path
            .parent()
            .and_then(|folder| folder.file_name())
            .and_then(|name| name.to_str());
        assert_eq!(folder, Some(rule.as_str()), "{path:?}");
        seen.insert(rule);
    }
    let all: BTreeSet<String> = Rule::ALL.iter().map(|rule| rule.id().to_owned()).collect();
    assert_eq!(seen, all);
    for path in lore_corpus::files(&lore_corpus::folder().join("accept")) {
        assert_eq!(
            lore_corpus::case::Case::read(&path).verdict,
            Verdict::Accept,
            "{path:?}"
        );
    }
}

#[test]
fn every_rule_has_one_heading_in_the_docs() {
    let path = lore_corpus::folder().join("../../docs/rules.md");
    let text = std::fs::read_to_string(path).expect("docs/rules.md is there");
    let headings: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        .map(|heading| heading.split(':').next().unwrap_or(heading))
        .collect();
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(headings, all);
}
