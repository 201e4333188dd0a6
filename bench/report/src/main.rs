// SPDX-License-Identifier: GPL-2.0
//! One report of what the bench's parts have left in build/bench: `records.jsonl` with every figure, `report.md` with tables,
//! and plots. A part that was not run is left out; a checksum that differs between two peers is a failure.

mod figures;
mod goals;
mod input;
mod plots;
mod tables;

use figures::Figures;
use input::Input;
use std::path::Path;

fn main() {
    let input = Input::read(Path::new("build/bench"));
    let figures = Figures::of(&input);
    if !figures.differences.is_empty() {
        eprintln!("these computed something else than their peers:");
        figures
            .differences
            .iter()
            .for_each(|it| eprintln!("  {it}"));
        std::process::exit(1);
    }
    let into = Path::new("build/bench/report");
    std::fs::create_dir_all(into).expect("a folder in build/");
    let plots = plots::draw(&figures, &input, into);
    let page = tables::page(&figures, &input, &plots);
    let lines: String = input.all().map(|record| format!("{record}\n")).collect();
    for (name, text) in [("report.md", &page), ("records.jsonl", &lines)] {
        std::fs::write(into.join(name), text).expect("a file in build/");
    }
    print!("{}", goals::table(&figures, &input));
    println!("\nthe whole report: {}", into.join("report.md").display());
}
