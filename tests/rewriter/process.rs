// SPDX-License-Identifier: GPL-2.0
//! Images in a process instead of the kernel: the flat file that `run.c` reads, and how it is started. Shared with
//! `tests/libraries`.

use lore::image::Image;
use lore_abi::image::Profile;
use lore_sandbox::code::{plan, CodeLayout, Demand};
use std::path::Path;
use std::process::Command;

/// The plan of an image's code region.
pub fn layout(image: &Image) -> CodeLayout {
    plan(Demand {
        targets: image.targets.len() as u64,
        imports: image.imports.len() as u64,
        code_len: image.code.len() as u64,
    })
    .expect("an image that can be planned")
}

/// What `run.c` reads: numbers, tables, data, code.
pub fn flat(image: &Image) -> Vec<u8> {
    let plan = layout(image);
    let entry = image.targets[image.entries[0].target as usize];
    let head = [
        plan.code_at,
        plan.code_end,
        plan.region_len,
        plan.table_len,
        plan.gates_at,
        image.imports.len() as u32,
        image.targets.len() as u32,
        entry,
        image.data.len() as u32,
        image.bss_len as u32,
        image.relocs.len() as u32,
        image.guards.len() as u32,
        (image.header.window_len >> 20) as u32, // In MiB.
        lore::image::data_at(&image.header),
        u32::from(image.header.profile == Profile::Low as u32),
    ];
    let numbers = head
        .iter()
        .chain(&image.imports)
        .chain(&image.targets)
        .chain(&image.relocs)
        .chain(&image.guards);
    let mut out: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
    out.extend_from_slice(&image.data);
    out.extend_from_slice(&image.code);
    out
}

/// The command that builds the process.
pub fn builder(root: &Path, out: &Path) -> Command {
    let mut command = Command::new("aarch64-linux-gnu-gcc");
    command
        .args(["-O1", "-static-pie", "-fPIE", "-o"])
        .arg(out)
        .arg(root.join("tests/rewriter/run.c"));
    command
}

/// The command that runs an image's flat file on an input. A process that does not end is ended.
pub fn of(runner: &Path, flat: &Path, input: &Path) -> Command {
    let mut command = Command::new("timeout");
    command.arg("120");
    if cfg!(not(target_arch = "aarch64")) {
        command.arg("qemu-aarch64");
    }
    command.arg(runner).arg(flat).arg(input);
    command
}
