// SPDX-License-Identifier: GPL-2.0
//! Whether costs stay flat: against the size of the heap, and against the number of loaded extensions. One record a point.

use super::{counted, instructions, Entry};
use lore::elf::ImageFile;
use lore::kernel::{Device, Extension, LoadOptions, Run};
use serde_json::json;

/// What `bench/fixtures/heap.c` does.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Heap {
    /// Makes the heap 1 MiB larger.
    Grow = 0,
    /// Loads from `arg` pages.
    Walk = 1,
}

const MIB: u64 = 1 << 20;
/// Sizes of the heap in MiB.
const HEAPS: &[u64] = &[1, 4, 16, 64, 256];
/// Numbers of extensions.
const EXTENSIONS: &[usize] = &[1, 4, 16, 64, 256, 900];
/// Fewer than this take their memory out of what CPUs keep aside.
const ENOUGH: usize = 500;
/// Loads, and crossings, over which a cost is divided.
const MANY: u64 = 10_000;

fn image(name: &str) -> ImageFile {
    let bytes = std::fs::read(format!("/bench/{name}.lore")).expect("the image is there");
    lore::elf::read(&bytes).expect("an image")
}

fn point(curve: &str, at: u64, figure: &str, value: f64) {
    let record = json!({ "curve": curve, "at": at, "figure": figure, "value": value });
    println!("{record}");
}

/// Both curves.
pub fn all() {
    let device = Device::open().expect("the module is loaded");
    // What a heap gives back comes late, and would be taken for what extensions take.
    extensions(&device);
    heap(&device);
}

/// Loads out of more and more pages, and what it takes to get those.
fn heap(device: &Device) {
    const CURVE: &str = "heap MiB";
    let file = image("heap");
    let how = LoadOptions {
        heap_max: HEAPS[HEAPS.len() - 1] * MIB,
        budget_us: 1_000_000,
        ..LoadOptions::default()
    };
    let (extension, _) = device.load(&file.image, &how).expect("the image loads");
    let mut size = 0;
    for &wanted in HEAPS {
        let point = |figure, value| point(CURVE, wanted, figure, value);
        let (mut grown, before) = (0, size);
        while size < wanted {
            grown += counted(|| run(&extension, Heap::Grow, 0)).0;
            size += 1;
        }
        let walk = |loads| instructions(&extension, Heap::Walk as u32, loads, 1);
        let walked = (walk(MANY) - walk(0)) as f64 / MANY as f64;
        point("instructions of a load from another page", walked);
        let each = grown as f64 / (size - before) as f64;
        point("instructions of growing by 1 MiB", each);
    }
}

fn run(extension: &Extension, entry: Heap, arg: u64) {
    let mut run = Run {
        entry: entry as u32,
        repeat: 1,
        arg,
        input: &[],
        output: &mut [],
    };
    let done = extension.run(&mut run).expect("runs");
    assert_eq!((done.runs, done.result), (1, 0));
}

/// A crossing, a load and a load's memory while more and more others are loaded.
fn extensions(device: &Device) {
    const CURVE: &str = "extensions";
    let file = image("crossing");
    let mut loaded = Vec::new();
    for &wanted in EXTENSIONS {
        let point = |figure, value| point(CURVE, wanted as u64, figure, value);
        let (free, before) = (free_kib(), loaded.len());
        let mut spent = 0;
        while loaded.len() < wanted {
            let (extension, how) = device
                .load(&file.image, &LoadOptions::default())
                .expect("the image loads");
            // Under `--icount` a nanosecond of the guest is an instruction.
            spent += how.times_ns.iter().sum::<u64>();
            loaded.push(extension);
        }
        let fresh = (wanted - before) as f64;
        let crossing = |extension| {
            let cost = |repeat| instructions(extension, Entry::Empty as u32, 0, repeat);
            (cost(1 + MANY as u32) - cost(1)) as f64 / MANY as f64
        };
        let last = loaded.last().expect("at least one");
        point("instructions of a crossing", crossing(last));
        point("ns of loading one more", spent as f64 / fresh);
        if wanted - before >= ENOUGH {
            let taken = free.saturating_sub(free_kib()) as f64;
            point("KiB of memory of one more", taken / fresh);
        }
    }
}

/// Memory that nobody has.
fn free_kib() -> u64 {
    // CPUs keep what they have changed to themselves for a while.
    std::fs::write("/proc/sys/vm/stat_refresh", "1").expect("it is asked for");
    let text = std::fs::read_to_string("/proc/meminfo").expect("meminfo");
    let line = text.lines().find_map(|line| line.strip_prefix("MemFree:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number.and_then(|text| text.parse().ok()).expect("a number")
}
