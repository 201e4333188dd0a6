// SPDX-License-Identifier: GPL-2.0
//! The programs of the corpus, operation by operation, in every peer: extensions, the kernel module, the user process.
//! One record a line, as bench/README.md says.

use super::counted;
use super::ebpf::Programs;
use lore::kernel::{Device, Extension, LoadOptions, Run};
use rustix::system::{delete_module, init_module};
use serde::Deserialize;
use serde_json::json;
use std::os::fd::AsRawFd;
use std::path::Path;

/// What bench/corpus/drivers/corpus.c takes beside the numbers of operations.
const SETUP: u64 = 0;
const NOTHING: u64 = 255;

#[derive(Deserialize)]
struct Plan {
    programs: Vec<Program>,
}

#[derive(Deserialize)]
struct Program {
    name: String,
    operations: Vec<String>,
    inputs: Vec<Input>,
    images: Vec<Image>,
    float: bool,
    ebpf: Vec<String>,
}

#[derive(Deserialize)]
struct Input {
    keys: Option<String>,
    file: String,
}

#[derive(Deserialize)]
struct Image {
    scheme: String,
    file: String,
}

/// Where `bench/run` puts everything.
struct Place<'a>(&'a Path);

impl Place<'_> {
    fn read(&self, name: &str) -> Vec<u8> {
        let path = self.0.join(name);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// What a request answers: the program's result and the checksum.
type Answer = (u64, u64);

/// Sets up, and counts each operation; the same request with nothing to do is taken off.
fn operations(
    program: &Program,
    input: &[u8],
    mut request: impl FnMut(u64, &[u8]) -> Answer,
) -> Vec<(u64, u64)> {
    assert_eq!(request(SETUP, input).0, 0, "{} sets up", program.name);
    let mut one = |arg| {
        let (instructions, (result, sum)) = counted(|| request(arg, &[]));
        assert_eq!(result, 0, "{} {arg}", program.name);
        (instructions, sum)
    };
    // The first of its kind has caches to fill.
    let nothing = one(NOTHING).0.min(one(NOTHING).0);
    (1..=program.operations.len() as u64)
        .map(|arg| {
            let (instructions, sum) = one(arg);
            (instructions - nothing, sum)
        })
        .collect()
}

fn report(program: &Program, input: &Input, peer: &str, figures: &[(u64, u64)]) {
    assert_eq!(figures.len(), program.operations.len());
    for (operation, (instructions, sum)) in program.operations.iter().zip(figures) {
        let record = json!({
            "program": program.name, "keys": input.keys, "operation": operation, "peer": peer,
            "instructions": instructions, "checksum": format!("{sum:016x}"),
        });
        println!("{record}");
    }
}

fn as_extension(device: &Device, place: &Place, program: &Program, input: &Input, image: &Image) {
    let file = lore::elf::read(&place.read(&image.file)).expect("an image");
    let how = LoadOptions {
        budget_us: 5_000_000,
        ..LoadOptions::default()
    };
    let (extension, loaded) = device.load(&file.image, &how).expect("the image loads");
    let fresh = extension.show().expect("it is there");
    let figures = operations(program, &place.read(&input.file), |arg, input| {
        run(&extension, arg, input)
    });
    let used = extension.show().expect("it is there");
    report(program, input, &image.scheme, &figures);
    let [copy_ns, verify_ns, map_ns] = loaded.times_ns;
    let record = json!({
        "program": program.name, "keys": input.keys, "peer": image.scheme,
        "copy_ns": copy_ns, "verify_ns": verify_ns, "map_ns": map_ns,
        "code_bytes": fresh.code_len, "region_bytes": fresh.region_len, "data_bytes": fresh.data_len,
        "pages_loaded": fresh.pages, "pages_used": used.pages,
    });
    println!("{record}");
}

fn run(extension: &Extension, arg: u64, input: &[u8]) -> Answer {
    let mut sum = [0; 8];
    let mut run = Run {
        entry: 0,
        repeat: 1,
        arg,
        input,
        output: &mut sum,
    };
    let done = extension.run(&mut run).expect("runs");
    assert_eq!(done.runs, 1, "it was cancelled: see `lore faults`");
    (done.result, u64::from_le_bytes(sum))
}

/// bench/native/request.h
#[repr(C)]
struct Request {
    program: [u8; 32],
    arg: u64,
    input: u64,
    input_len: u64,
    result: u64,
    sum: u64,
}

fn as_module(module: &[u8], place: &Place, program: &Program, input: &Input) {
    init_module(module, c"").expect("the module loads");
    let device = std::fs::File::open("/dev/lore_bench_corpus").expect("the module's device");
    let figures = operations(program, &place.read(&input.file), |arg, input| {
        let mut request = Request {
            program: [0; 32],
            arg,
            input: input.as_ptr() as u64,
            input_len: input.len() as u64,
            result: 0,
            sum: 0,
        };
        request.program[..program.name.len()].copy_from_slice(program.name.as_bytes());
        let number = libc::_IOWR::<Request>(u32::from(b'C'), 1);
        // SAFETY: The number says how long the request is, and the input lives as long as the call.
        let done = unsafe { libc::ioctl(device.as_raw_fd(), number as _, &mut request) };
        assert_eq!(done, 0, "{}", std::io::Error::last_os_error());
        (request.result, request.sum)
    });
    drop(device);
    delete_module(c"lore_bench_corpus", 0).expect("the module goes");
    report(program, input, "native", &figures);
}

/// As a process, whose file is `path`.
fn as_process(place: &Place, program: &Program, input: &Input, peer: &str, path: &str) {
    let done = std::process::Command::new(place.0.join(path))
        .arg(&program.name)
        .arg(place.0.join(&input.file))
        .arg(program.operations.len().to_string())
        .output()
        .expect("the process starts");
    let text = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{}: {done:?}", program.name);
    let figures: Vec<_> = text
        .lines()
        .map(|line| {
            let (instructions, sum) = line.split_once(' ').expect("two numbers");
            let sum = u64::from_str_radix(sum, 16).expect("a checksum");
            (instructions.parse().expect("a number"), sum)
        })
        .collect();
    report(program, input, peer, &figures);
}

fn as_ebpf(place: &Place, program: &Program, input: &Input, memory: &str) {
    let name = format!("ebpf-{memory}");
    let object = place.read(&format!("ebpf/{}.{name}.o", program.name));
    // The one that does nothing, then those of the operations.
    let names = std::iter::once("nothing").chain(program.operations.iter().map(String::as_str));
    let loaded = Programs::load(&object, memory, names, &place.read(&input.file));
    let figures = operations(program, &[], |arg, _| match arg {
        SETUP => (0, 0),
        NOTHING => (0, loaded.run(0)),
        number => (0, loaded.run(number as usize)),
    });
    report(program, input, &name, &figures);
    let record = json!({
        "program": program.name, "keys": input.keys, "peer": name,
        "load_ns": loaded.load_time.as_nanos() as u64, "code_bytes": loaded.code_len,
    });
    println!("{record}");
}

/// Everything that the plan in `folder` names.
pub fn run_all(folder: &str) {
    let device = Device::open().expect("lore.ko is loaded");
    let place = Place(Path::new(folder));
    let plan: Plan = serde_json::from_slice(&place.read("plan.json")).expect("a plan");
    let module = place.read("lore_bench_corpus.ko");
    for program in &plan.programs {
        for input in &program.inputs {
            as_module(&module, &place, program, input);
            as_process(&place, program, input, "user", "user");
            if program.float {
                let path = format!("user-float/{}", program.name);
                as_process(&place, program, input, "user-float", &path);
            }
            for image in &program.images {
                as_extension(&device, &place, program, input, image);
            }
            for memory in &program.ebpf {
                as_ebpf(&place, program, input, memory);
            }
        }
    }
}
