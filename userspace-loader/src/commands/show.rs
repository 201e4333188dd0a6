// SPDX-License-Identifier: GPL-2.0
//! `lore show`: everything that is known of one loaded extension.

use super::extension::*;
use super::profile::profile_text;
use clap::Args;
use lore::kernel::Who;
use lore::output::{thousands, Answer, Output, Status};
use lore_client::counters::Counters;
use serde_json::json;

/// Show a loaded extension
#[derive(Args)]
pub struct Show {
    /// Its name or number
    #[arg(value_parser = parse_who)]
    extension: Who,
}

impl Show {
    pub fn run(self, out: &Output) -> Answer {
        let what = format!("cannot show {}", who_text(&self.extension));
        let failed = |error| failure(&what, error, None);
        let (extension, _) = device()?.extension(&self.extension).map_err(failed)?;
        let s = extension.show().map_err(failed)?;
        let counters = extension.counters().map_err(failed)?;
        let state = match s.detached {
            0 => "ready".to_owned(),
            _ => format!("detached after {} faults", thousands(s.faults)),
        };
        let mut rows = vec![
            ("number", s.id.to_string()),
            ("name", name_of(&s.name)),
            ("state", state),
            (
                "code",
                format!(
                    "{} in a region of {}",
                    bytes_text(s.code_len),
                    bytes_text(s.region_len)
                ),
            ),
            ("guards", profile_text(s.profile)),
            ("window", bytes_text(s.window_len)),
            ("data", bytes_text(s.data_len)),
            (
                "heap",
                format!("{} of {}", bytes_text(s.heap_len), bytes_text(s.heap_max)),
            ),
            ("stack", bytes_text(s.stack_len)),
            ("budget", time_text(s.budget_us.saturating_mul(1000))),
            (
                "runs",
                format!(
                    "{} returned, {} cancelled, {} skipped",
                    thousands(s.runs),
                    thousands(s.faults),
                    thousands(s.skips)
                ),
            ),
            (
                "objects",
                format!(
                    "{} held now, {} not dropped at return so far",
                    thousands(s.held),
                    thousands(s.leaks)
                ),
            ),
            (
                "kept",
                format!("{} objects that outlive activations", thousands(s.kept)),
            ),
            (
                "events",
                format!("{} lost for want of room", thousands(s.events_lost)),
            ),
            ("memory", format!("{} pages", thousands(s.pages))),
            ("time", time_text(s.time_ns)),
            ("files", format!("{}, this command's among them", s.files)),
            (
                "entries",
                format!("{}, and {} declared targets", s.entries, s.targets),
            ),
        ];
        for (counter, count, by_cpu) in used(&counters) {
            let each: Vec<String> = by_cpu.into_iter().map(thousands).collect();
            let text = format!("{counter}: {} ({})", thousands(count), each.join(" + "));
            rows.push(("counter", text));
        }
        out.show(
            || {
                let one =
                    |(counter, sum, cpus)| json!({ "counter": counter, "sum": sum, "cpus": cpus });
                let mut status = status_json(&s);
                status["counters"] = used(&counters).into_iter().map(one).collect();
                status
            },
            || {
                rows.iter()
                    .map(|(name, value)| format!("{name:<10}{value}\n"))
                    .collect()
            },
        );
        Ok(Status::Done)
    }
}

/// Counters that are not 0 everywhere: number, sum, by CPU.
fn used(counters: &Counters) -> Vec<(usize, u64, Vec<u64>)> {
    let by_cpu = |counter: usize| counters.cpus().iter().map(|set| set[counter]).collect();
    let all = counters.sums().into_iter().enumerate();
    all.map(|(counter, sum)| (counter, sum, by_cpu(counter)))
        .filter(|(_, _, cpus): &(_, _, Vec<u64>)| cpus.iter().any(|count| *count != 0))
        .collect()
}
