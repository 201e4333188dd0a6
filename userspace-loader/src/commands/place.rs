// SPDX-License-Identifier: GPL-2.0
//! The names of hooks: which there are, and where to look for the places that they name.

use lore::output::Failure;
use lore_iface::Gate;

/// Forms of a hook's name.
pub const HELP: &str = "Hooks:
  tracepoint/NAME               a tracepoint, like tracepoint/task_newtask
  timer/PERIOD                  again and again: 100us, 10ms, 1s
  netfilter/FAMILY/POINT[:PRIO] packets: ipv4 or ipv6; pre-routing, local-in, forward, local-out, post-routing
  netdev/IFACE                  packets that come in by a network device
  function/NAME                 a kernel function: its call, its return, or both";

/// Most names that a message lists.
const SHOWN: usize = 12;

/// Adds what there is to a failure about a hook that there is not.
pub fn explain(mut failure: Box<Failure>, hook: &str) -> Box<Failure> {
    let (kind, place) = hook.split_once('/').unwrap_or((hook, ""));
    match failure.kind.as_str() {
        "unknown-hook" | "bad-hook" => {
            failure
                .help
                .insert(0, HELP.replacen("Hooks:", "the forms are:", 1));
        }
        "no-such-place" => {
            let (command, names) = list(kind);
            let near = near(place, &names);
            if !near.is_empty() {
                let near = near.join(", ");
                failure.help.insert(0, format!("there are: {near}"));
            }
            failure.help.insert(1.min(failure.help.len()), command);
        }
        "gate-unfit" => {
            let number = failure.details.get("asked").and_then(|v| v.as_u64());
            let gate = number.and_then(|n| Gate::from_u32(u32::try_from(n).ok()?));
            if let Some(gate) = gate {
                failure
                    .details
                    .insert("gate".into(), serde_json::json!(gate.id()));
                failure.help.insert(
                    0,
                    format!(
                        "the image imports `{}`, which {kind} hooks cannot offer: leave it out, or attach elsewhere",
                        gate.id()
                    ),
                );
            }
        }
        _ => {}
    }
    failure
}

/// How to list the places of a kind, and their names as far as they can be had here.
fn list(kind: &str) -> (String, Vec<String>) {
    match kind {
        "tracepoint" => {
            let folder = "/sys/kernel/tracing";
            let text = std::fs::read_to_string(format!("{folder}/available_events"));
            let names = text.unwrap_or_default();
            let names = names.lines().filter_map(|line| line.split_once(':'));
            (
                format!("`cut -d: -f2 {folder}/available_events` lists most tracepoints"),
                names.map(|(_, name)| name.to_owned()).collect(),
            )
        }
        "netdev" => {
            let entries = std::fs::read_dir("/sys/class/net").into_iter().flatten();
            let names = entries.flatten();
            (
                "`ls /sys/class/net` lists the network devices".to_owned(),
                names
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect(),
            )
        }
        _ => {
            let file = "/sys/kernel/tracing/available_filter_functions";
            let text = std::fs::read_to_string(file).unwrap_or_default();
            (
                format!("`less {file}` lists the functions that can be traced"),
                text.lines()
                    .map(|line| line.split(' ').next().unwrap_or(line).to_owned())
                    .collect(),
            )
        }
    }
}

/// The names that look most like the one that was given; all of them if they are few.
fn near<'a>(name: &str, names: &'a [String]) -> Vec<&'a str> {
    let mut scored: Vec<(usize, &str)> = names
        .iter()
        .map(|known| (strsim::levenshtein(name, known), known.as_str()))
        .filter(|(distance, _)| names.len() <= SHOWN || *distance <= name.len() / 2)
        .collect();
    scored.sort();
    scored.into_iter().take(SHOWN).map(|(_, n)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_understood() {
        let names: Vec<String> = (0..50)
            .map(|n| format!("irq_handler_{n}"))
            .chain(["sched_switch".to_owned(), "sched_wakeup".to_owned()])
            .collect();
        assert_eq!(near("sched_swich", &names), ["sched_switch"]);
        assert!(near("xyz", &names).is_empty());
        assert_eq!(near("eth1", &["eth0".into(), "lo".into()]), ["eth0", "lo"]);
    }
}
