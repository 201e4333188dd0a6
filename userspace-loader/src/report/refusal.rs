// SPDX-License-Identifier: GPL-2.0
//! Refusals: of the verifier, here or in the kernel, and of the kernel for any other reason.

use super::snippet;
use crate::elf::ImageFile;
use crate::output::{thousands, Failure, Status};
use crate::view::View;
use annotate_snippets::{AnnotationKind, Group, Level};
use lore_abi::refusal::{Reason, Refusal};
use lore_abi::request::SpanName;
use lore_abi::rule::Rule;
use lore_verifier::Violation;
use serde_json::{json, Map, Value};

/// The evidence of a violation, for programs.
pub fn violation_json(file: &ImageFile, violation: &Violation) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("rule".into(), json!(violation.rule.id()));
    map.insert("at".into(), json!(violation.at));
    map.insert("word".into(), json!(violation.word));
    map.insert("why".into(), json!(violation.rule.text()));
    if let Ok(view) = View::new(file) {
        map.insert("place".into(), json!(view.name(violation.at)));
        map.insert(
            "instruction".into(),
            json!(view.disassemble(violation.at, violation.word)),
        );
        if let Some(place) = view.place(violation.at) {
            map.insert("file".into(), json!(place.path));
            map.insert("line".into(), json!(place.line));
        }
    }
    map
}

/// The verifier refused a word.
pub fn violation(name: &str, file: &ImageFile, violation: &Violation) -> Box<Failure> {
    let rule = violation.rule;
    let message = format!(
        "the verifier refused {name} at +{:#x}: {:08x}: [{}] {}",
        violation.at,
        violation.word,
        rule.id(),
        rule.text()
    );
    let mut failure = Failure::new(Status::Refused, "verifier", message);
    failure.details.extend(violation_json(file, violation));
    let title = format!(
        "the verifier refused {name} at +{:#x}: {}",
        violation.at,
        rule.text()
    );
    let mut group = Group::with_title(Level::ERROR.primary_title(title).id(rule.id()));
    let mut report = Vec::new();
    if let Ok(view) = View::new(file) {
        if let Some(place) = view.shown_place(violation.at) {
            let kind = AnnotationKind::Primary;
            group = group.elements(snippet::source(&view, &place, "compiled from here", kind));
        }
        let label = format!("{:08x}: {}", violation.word, rule.text());
        report.push(snippet::code(&view, name, violation.at, &label));
    }
    report.insert(0, group);
    let help = format!(
        "`lore explain {}` says what the rule demands and why",
        rule.id()
    );
    failure.report(report).help(help).into()
}

/// The kernel refused a request. `loading` is the image it was about, if it was one.
pub fn refusal(what: &str, refusal: &Refusal, loading: Option<(&str, &ImageFile)>) -> Box<Failure> {
    let Some(reason) = Reason::from_u32(refusal.reason) else {
        let message = format!("{what}: the kernel refused for reason {}", refusal.reason);
        return Failure::new(Status::Kernel, "unknown", message)
            .detail("reason", refusal.reason)
            .help("this version of lore does not know that reason; `lore doctor` compares versions")
            .into();
    };
    if let (Reason::Verifier, Some((name, file))) = (reason, loading) {
        if let Some(rule) = Rule::from_u32(refusal.rule) {
            return violation(
                name,
                file,
                &Violation {
                    at: refusal.at,
                    word: refusal.word,
                    rule,
                },
            );
        }
    }
    let mut message = format!("{what}: {}", reason.text());
    message.push_str(&evidence(reason, refusal));
    let status = match reason {
        Reason::AbiVersion => Status::Abi,
        Reason::Permission | Reason::HookPermission => Status::NoDevice,
        Reason::Verifier => Status::Refused,
        _ => Status::Kernel,
    };
    let mut failure = Failure::new(status, reason.id(), message)
        .detail("reason", reason.id())
        .detail("at", refusal.at)
        .detail("asked", refusal.asked)
        .detail("limit", refusal.limit);
    if let Some(advice) = advice(reason) {
        failure = failure.help(advice);
    }
    failure
        .help(format!("`lore explain {}` says more", reason.id()))
        .into()
}

fn evidence(reason: Reason, refusal: &Refusal) -> String {
    let numbers = format!(
        "{} asked, {} is the limit",
        thousands(refusal.asked),
        thousands(refusal.limit)
    );
    match reason {
        Reason::AbiVersion => {
            format!(
                " (lore has {}, the kernel has {})",
                refusal.asked, refusal.limit
            )
        }
        Reason::GateUnfit | Reason::NoSuchPlace | Reason::HookRefused => String::new(),
        Reason::BadSpan => {
            let span = SpanName::from_u32(refusal.at).map_or("an unknown span", SpanName::text);
            format!(" ({span}: {numbers})")
        }
        _ if refusal.asked != 0 || refusal.limit != 0 => format!(" ({numbers})"),
        _ => String::new(),
    }
}

fn advice(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::AbiVersion => "build and load lore.ko and lore from the same source",
        Reason::Permission => "run it as root, or give it CAP_BPF or CAP_SYS_ADMIN",
        Reason::NameTaken => "`lore unload NAME` first, or choose another name with --name",
        Reason::NoSuchExtension => "`lore list` shows what is loaded",
        Reason::NoSuchEntry => "`lore inspect IMAGE` shows the entries",
        Reason::Detached => "`lore faults NAME` says why; load it again to run it again",
        Reason::NoCodeRoom => {
            "unload what is no longer needed, or load lore.ko with a larger arena"
        }
        Reason::TooMany => "unload what is no longer needed",
        Reason::NoWindow => {
            "unload what is no longer needed, or build with --guard=mask --window=SIZE: smaller windows take less"
        }
        Reason::WindowFull => "ask for less stack, heap or ring, or build for a larger --window",
        Reason::Busy => "try again",
        Reason::HookPermission => {
            "run it as root, or give it CAP_PERFMON for tracepoints and functions, CAP_NET_ADMIN for packets"
        }
        Reason::NoSuchAttachment => "`lore stats` shows the attachments",
        _ => return None,
    })
}
