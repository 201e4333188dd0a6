// SPDX-License-Identifier: GPL-2.0
//! What a rule, a reason or a fault means: the documentation's own text, by its heading.

use lore_abi::fault::FaultKind;
use lore_abi::refusal::Reason;
use lore_abi::rule::Rule;
use lore_iface::GateError;

/// One heading per rule.
const RULES: &str = include_str!("../../docs/rules.md");
/// One heading per fault, reason and gate error.
const FAULTS: &str = include_str!("../../docs/faults.md");

/// What is known under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `rule`, `fault`, `reason` or `gate error`.
    pub set: &'static str,
    /// As it is written everywhere.
    pub id: &'static str,
    /// One sentence.
    pub text: &'static str,
    /// The documentation under the heading, in Markdown; empty if there is none.
    pub body: String,
}

/// Every id with its set and text.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let rules = Rule::ALL.iter().map(|c| ("rule", c.id(), c.text()));
    let faults = FaultKind::ALL.iter().map(|c| ("fault", c.id(), c.text()));
    let reasons = Reason::ALL.iter().map(|c| ("reason", c.id(), c.text()));
    let errors = GateError::ALL
        .iter()
        .map(|c| ("gate error", c.id(), c.text()));
    rules.chain(faults).chain(reasons).chain(errors)
}

/// What is known under an id, in every set that has it; upper and lower case are one.
pub fn explain(id: &str) -> Vec<Explanation> {
    all()
        .filter(|(_, known, _)| known.eq_ignore_ascii_case(id))
        .map(|(set, id, text)| {
            let doc = if set == "rule" { RULES } else { FAULTS };
            Explanation {
                set,
                id,
                text,
                body: under(doc, id).unwrap_or_default().to_owned(),
            }
        })
        .collect()
}

/// The text between the heading that begins with `id` and the next heading of its level or above.
fn under<'a>(doc: &'a str, id: &str) -> Option<&'a str> {
    let mut at = 0;
    let mut found: Option<(usize, usize)> = None;
    let mut fenced = false;
    for line in doc.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = level > 0 && !fenced;
        if heading {
            if let Some((body, _)) = found.filter(|(_, own)| level <= *own) {
                return Some(doc[body..at].trim());
            }
            let title = line[level..].trim().trim_start_matches('`');
            let end = title.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            if found.is_none() && &title[..end.unwrap_or(title.len())] == id {
                found = Some((at + line.len(), level));
            }
        }
        at += line.len();
    }
    found.map(|(body, _)| doc[body..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_owns_the_text_up_to_the_next_of_its_level() {
        let doc = "# T\n\n## MEM-1: first\n\na\n\n### more\n\nb\n```\n# c\n```\n\n## `MEM-12`\nd\n";
        assert_eq!(
            under(doc, "MEM-1"),
            Some("a\n\n### more\n\nb\n```\n# c\n```")
        );
        assert_eq!(under(doc, "MEM-12"), Some("d"));
        assert_eq!(under(doc, "MEM-2"), None);
    }

    #[test]
    fn every_id_has_documentation() {
        let missing: Vec<_> = all()
            .filter(|(_, id, _)| explain(id).iter().any(|found| found.body.is_empty()))
            .map(|(set, id, _)| format!("{set} {id}"))
            .collect();
        assert!(missing.is_empty(), "no heading in docs/: {missing:?}");
    }
}
