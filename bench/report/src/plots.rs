// SPDX-License-Identifier: GPL-2.0
//! The plots, as SVG.

use crate::figures::{Figures, SCHEMES};
use crate::input::{text, Input};
use plotters::coord::CoordTranslate;
use plotters::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

const SIZE: (u32, u32) = (1000, 480);
const COLOURS: [RGBColor; 6] = [
    RGBColor(31, 119, 180),
    RGBColor(255, 127, 14),
    RGBColor(44, 160, 44),
    RGBColor(214, 39, 40),
    RGBColor(148, 103, 189),
    RGBColor(90, 90, 90),
];

/// Groups of bars: a name, and a height in per cent for each series that has one.
struct Bars<'a> {
    title: &'a str,
    series: Vec<String>,
    groups: Vec<(String, Vec<Option<f64>>)>,
}

type Done = Result<(), Box<dyn std::error::Error>>;

impl Bars<'_> {
    fn draw(&self, path: &Path) -> Done {
        let root = SVGBackend::new(path, SIZE).into_drawing_area();
        root.fill(&WHITE)?;
        let heights = self.groups.iter().flat_map(|(_, all)| all.iter().flatten());
        let (mut low, mut high) = (0.0f64, 1.0f64);
        for height in heights {
            (low, high) = (low.min(*height), high.max(*height));
        }
        let width = self.groups.len() as f64;
        let mut chart = ChartBuilder::on(&root)
            .caption(self.title, ("sans-serif", 18))
            .margin(10)
            .x_label_area_size(40)
            .y_label_area_size(50)
            .build_cartesian_2d(0.0..width, low * 1.05..high * 1.05)?;
        let name = |at: &f64| {
            let group = self.groups.get(*at as usize);
            group
                .filter(|_| (at.fract() - 0.5).abs() < 0.01)
                .map_or_else(String::new, |group| group.0.clone())
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(2 * self.groups.len() + 1)
            .x_label_formatter(&name)
            .y_label_formatter(&|y| format!("{y:.0} %"))
            .draw()?;
        let bar = 0.8 / self.series.len() as f64;
        for (number, series) in self.series.iter().enumerate() {
            let colour = COLOURS[number % COLOURS.len()];
            let bars = self
                .groups
                .iter()
                .enumerate()
                .filter_map(|(at, (_, heights))| {
                    let from = at as f64 + 0.1 + bar * number as f64;
                    Some(Rectangle::new(
                        [(from, 0.0), (from + bar, heights[number]?)],
                        colour.filled(),
                    ))
                });
            chart
                .draw_series(bars)?
                .label(series)
                .legend(move |(x, y)| {
                    Rectangle::new([(x, y - 5), (x + 10, y + 5)], colour.filled())
                });
        }
        name_series(&mut chart)?;
        root.present()?;
        Ok(())
    }
}

/// Says which series is which.
fn name_series<'a, C: CoordTranslate>(chart: &mut ChartContext<'a, SVGBackend<'a>, C>) -> Done {
    chart
        .configure_series_labels()
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    Ok(())
}

/// Lines over a logarithmic axis, each from the first of its values as one.
fn lines(title: &str, all: &BTreeMap<String, Vec<(f64, f64)>>, path: &Path) -> Done {
    let root = SVGBackend::new(path, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let points = || all.values().flatten();
    let (mut from, mut to, mut high) = (f64::MAX, 1.0f64, 1.5f64);
    for (x, y) in points() {
        (from, to, high) = (from.min(*x), to.max(*x), high.max(*y));
    }
    let mut chart = ChartBuilder::on(&root)
        .caption(title, ("sans-serif", 18))
        .margin(10)
        .x_label_area_size(40)
        .y_label_area_size(50)
        .build_cartesian_2d((from..to * 1.01).log_scale(), 0.0..high * 1.1)?;
    chart
        .configure_mesh()
        .x_label_formatter(&|x| format!("{x:.0}"))
        .draw()?;
    for (number, (name, points)) in all.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        chart
            .draw_series(LineSeries::new(
                points.iter().copied(),
                colour.stroke_width(2),
            ))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 14, y)], colour.stroke_width(2)));
        chart.draw_series(
            points
                .iter()
                .map(|point| Circle::new(*point, 3, colour.filled())),
        )?;
    }
    name_series(&mut chart)?;
    root.present()?;
    Ok(())
}

fn overhead(figures: &Figures) -> Bars<'static> {
    let of_note = |peer: &String| SCHEMES.contains(&peer.as_str());
    let series: Vec<String> = figures.peers().into_iter().filter(of_note).collect();
    let heights = |name: &String| {
        let factors = series.iter().map(|peer| figures.program(name, peer));
        factors
            .map(|factor| factor.map(|it| (it - 1.0) * 100.0))
            .collect()
    };
    let programs = figures.programs().into_iter();
    Bars {
        title: "instructions more than the unguarded module's",
        groups: programs
            .map(|name| (name.clone(), heights(&name)))
            .collect(),
        series,
    }
}

/// The words that the default scheme has put in, by kind, per hundred native ones.
fn put_in(input: &Input) -> Bars<'static> {
    const KINDS: [&str; 5] = ["guard", "sum", "shadow", "table", "trap"];
    let mut native = BTreeMap::new();
    let mut groups = Vec::new();
    for record in input
        .host
        .iter()
        .filter(|record| !record["text_bytes"].is_null())
    {
        let program = text(&record["program"]);
        match record["peer"].as_str() {
            Some("native") => {
                native.insert(program, record["text_bytes"].as_f64().unwrap_or(4.0) / 4.0)
            }
            Some(peer) if peer == SCHEMES[0] => {
                let words = native.get(&program).copied().unwrap_or(1.0);
                let of_kind = |kind: &&str| record["words_by_kind"][*kind].as_f64();
                let heights = KINDS
                    .iter()
                    .map(|kind| of_kind(kind).map(|it| 100.0 * it / words))
                    .collect();
                groups.push((program, heights));
                None
            }
            _ => None,
        };
    }
    Bars {
        title: "words put in by the default scheme, per hundred native ones",
        series: KINDS.map(str::to_owned).to_vec(),
        groups,
    }
}

/// Draws what there is: the section that each belongs to, and its file.
pub fn draw(figures: &Figures, input: &Input, into: &Path) -> Vec<(&'static str, String)> {
    let mut drawn = Vec::new();
    let mut keep = |section: &'static str, name: &str, done: Done| {
        done.unwrap_or_else(|error| panic!("{name}: {error}"));
        drawn.push((section, name.to_owned()));
    };
    let bars = [
        ("Programs", "overhead.svg", overhead(figures)),
        ("What was put in", "put-in.svg", put_in(input)),
    ];
    for (section, name, bars) in bars.iter().filter(|(_, _, bars)| !bars.groups.is_empty()) {
        keep(section, name, bars.draw(&into.join(name)));
    }
    let mut curves: BTreeMap<String, BTreeMap<String, Vec<(f64, f64)>>> = BTreeMap::new();
    for record in &input.curves {
        let (Some(at), Some(value)) = (record["at"].as_f64(), record["value"].as_f64()) else {
            continue;
        };
        let curve = curves.entry(text(&record["curve"])).or_default();
        curve
            .entry(text(&record["figure"]))
            .or_default()
            .push((at, value));
    }
    for (name, mut all) in curves {
        for points in all.values_mut() {
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let first = points[0].1.max(1.0);
            points.iter_mut().for_each(|point| point.1 /= first);
        }
        let file = format!("{}.svg", name.replace(' ', "-"));
        let title = format!("cost against {name}, the first as one");
        keep("Scaling", &file, lines(&title, &all, &into.join(&file)));
    }
    drawn
}
