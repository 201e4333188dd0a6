// SPDX-License-Identifier: GPL-2.0
//! What the guest tests share: the fixture `assist`, loaded and told what to do.

pub mod command;
pub mod hooks;
pub mod mapping;
pub mod net;
pub mod packets;
pub mod samples;
pub mod sockets;

use lore::elf::ImageFile;
use lore::image::SymbolKind;
use lore::kernel::{Device, Error, Extension, LoadOptions, Run};
use lore_abi::contract::{BIAS_LEN, REG_BIASED};
use lore_abi::fault::{Fault, FaultKind, HAS_REGISTERS};
use lore_abi::image::{Profile, FLAG_BIASED};
use lore_abi::refusal::{Reason, Refusal};
use lore_abi::request::{RunRequest, Status, RUN_FAULTED, RUN_RETURNED};
use lore_iface::GateError;
use lore_sandbox::window::Buffers;
use mapping::PAGE;

/// Where `tests/guest/run` puts the fixtures' images.
pub const FIXTURES: &str = "/fixtures";

/// What `assist` does; the order is that of `enum op` in `tests/fixtures/assist.c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
#[allow(missing_docs, reason = "assist.c says what each does")]
pub enum Op {
    Echo,
    Load,
    Store,
    Recurse,
    Deep,
    Spin,
    Call,
    Abort,
    Trap,
    Log,
    Grow,
    Time,
    GateSpin,
    Count,
    Pointer,
    Claim,
    Address,
    Burst,
    Tree,
    TreeByTable,
    Before,
    Behind,
    Here,
}

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// With this result and output.
    Returned(u64, Vec<u8>),
    /// With this record.
    Faulted(Box<Fault>),
}

/// Reads an image of the fixtures.
pub fn fixture(name: &str) -> ImageFile {
    let path = format!("{FIXTURES}/{name}.lore");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    lore::elf::read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The device; the module is loaded in every guest test.
pub fn device() -> Device {
    Device::open().expect("the module's device can be opened")
}

/// A loaded `assist`.
pub struct Assist {
    /// Its file.
    pub extension: Extension,
    /// Its image.
    pub file: ImageFile,
    /// Its number.
    pub id: u64,
}

/// Options under which many faults do not detach, and no busy host makes the time run out.
pub fn patient() -> LoadOptions {
    LoadOptions {
        faults_max: 1_000_000,
        budget_us: 5_000_000,
        ..LoadOptions::default()
    }
}

impl Assist {
    /// Loads it anonymously, to go on after faults.
    pub fn load() -> Assist {
        Assist::load_with(&patient())
    }

    /// Loads it.
    pub fn load_with(how: &LoadOptions) -> Assist {
        Assist::load_image("assist", how)
    }

    /// Loads the image of it that `lore build --metered` makes.
    pub fn load_metered() -> Assist {
        // With a data stack so large that it does not end first.
        let how = LoadOptions {
            stack_len: 8 << 20,
            ..patient()
        };
        Assist::load_image("assist_metered", &how)
    }

    /// Loads the image of it that `lore build --guard=PROFILE` makes.
    pub fn load_profile(profile: Profile) -> Assist {
        Assist::load_image(&format!("assist_{profile}"), &patient())
    }

    /// Loads the image of it for windows of a size, by the name of that in `tests/guest/run`.
    pub fn load_masked(window: &str, how: &LoadOptions) -> Assist {
        Assist::load_image(&format!("assist_mask_{window}"), how)
    }

    fn load_image(name: &str, how: &LoadOptions) -> Assist {
        let file = fixture(name);
        let (extension, loaded) = device().load(&file.image, how).expect("assist loads");
        Assist {
            extension,
            file,
            id: loaded.id,
        }
    }

    /// One activation.
    pub fn ask(&self, op: Op, operands: &[u64]) -> Ended {
        self.try_ask(op, operands)
            .expect("the run request is accepted")
    }

    /// One activation, which the kernel may refuse.
    pub fn try_ask(&self, op: Op, operands: &[u64]) -> Result<Ended, Error> {
        let input: Vec<u8> = operands
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect();
        // The context and the operands have their place beside the output, in small windows on one page.
        let window = lore::image::extent(&self.file.image.header).expect("a window that there is");
        let room = Buffers::of(window, PAGE).slot_len - 256;
        self.run(op, &input, room.min(4096) as usize, 1)
    }

    /// Activations with given input and room for output.
    pub fn run(&self, op: Op, input: &[u8], room: usize, repeat: u32) -> Result<Ended, Error> {
        let mut output = vec![0; room];
        let done = self.request(op, input, &mut output, repeat)?;
        Ok(self.ended(&done, output))
    }

    /// Activations, and the kernel's answer as it is.
    pub fn request(
        &self,
        op: Op,
        input: &[u8],
        output: &mut [u8],
        repeat: u32,
    ) -> Result<RunRequest, Error> {
        self.extension.run(&mut Run {
            entry: 0,
            repeat,
            arg: op as u64,
            input,
            output,
        })
    }

    fn ended(&self, done: &RunRequest, mut output: Vec<u8>) -> Ended {
        match done.ended {
            RUN_RETURNED => {
                output.truncate(done.output_len as usize);
                Ended::Returned(done.result, output)
            }
            RUN_FAULTED => Ended::Faulted(Box::new(self.fault(done.fault))),
            other => panic!("a run ended with {other}"),
        }
    }

    /// The record of fault `number`.
    pub fn fault(&self, number: u64) -> Fault {
        let faults = self
            .extension
            .faults(number - 1)
            .expect("fault records can be read");
        *faults
            .iter()
            .find(|fault| fault.number == number)
            .expect("the fault has a record")
    }

    /// The result of an activation that must return.
    pub fn result(&self, op: Op, operands: &[u64]) -> u64 {
        match self.ask(op, operands) {
            Ended::Returned(result, _) => result,
            Ended::Faulted(fault) => panic!("{op:?} faulted: {fault:?}"),
        }
    }

    /// The record of an activation that must fault, and that the next one returns.
    pub fn faults(&self, op: Op, operands: &[u64]) -> Fault {
        let fault = match self.ask(op, operands) {
            Ended::Faulted(fault) => *fault,
            Ended::Returned(result, _) => panic!("{op:?} {operands:x?} returned {result:#x}"),
        };
        self.is_well();
        fault
    }

    /// The next activation after whatever happened returns what it should.
    pub fn is_well(&self) {
        match self.run(Op::Echo, b"still here", 64, 1) {
            Ok(Ended::Returned(10, output)) if output == b"still here" => {}
            other => panic!("the next activation did not echo: {other:?}"),
        }
    }

    /// What the kernel says of it.
    pub fn status(&self) -> Status {
        self.extension.show().expect("show")
    }

    /// The name of the function at a region offset.
    pub fn function_at(&self, at: u32) -> &str {
        let found = self.file.image.symbols.iter().find(|symbol| {
            symbol.kind == SymbolKind::Function && (symbol.at..symbol.at + symbol.len).contains(&at)
        });
        found.map_or("?", |symbol| symbol.name.as_str())
    }

    /// The word of the image at a region offset.
    pub fn word_at(&self, at: u32) -> u32 {
        let code_at = self.code_at();
        let start = (at - code_at) as usize;
        let bytes = self
            .file
            .image
            .code
            .get(start..start + 4)
            .expect("an offset of the code");
        u32::from_le_bytes(bytes.try_into().expect("four bytes"))
    }

    /// See [`code_at`].
    pub fn code_at(&self) -> u32 {
        code_at(&self.file)
    }

    /// Asserts what holds for every record of this extension, and its kind, function and gate.
    pub fn assert_fault(&self, fault: &Fault, kind: FaultKind, function: &str) {
        assert_eq!(FaultKind::from_u32(fault.kind), Some(kind), "{fault:x?}");
        assert_eq!(self.function_at(fault.at), function, "{fault:x?}");
        assert_eq!(fault.word, self.word_at(fault.at), "{fault:x?}");
        assert!(fault.time_ns > 0 && fault.entry == 0, "{fault:x?}");
        for secret in [13, 15, 18, 30] {
            assert_eq!(
                fault.registers[secret], 0,
                "x{secret} is nobody's business: {fault:x?}"
            );
        }
        assert_biased(&self.file, fault);
        for call in &fault.backtrace[..fault.depth as usize] {
            assert_eq!(
                self.word_at(*call) & 0xfc00_0000,
                0x9400_0000,
                "a call word: {fault:x?}"
            );
        }
    }
}

/// A fixture that says it has a biased base, wherever its profile may have one: it has no use for x9, and so says what x9 is to be.
pub fn biased_fixture(name: &str) -> ImageFile {
    let mut file = fixture(name);
    let header = &mut file.image.header;
    if Profile::from_u32(header.profile) != Some(Profile::Mask) {
        header.flags |= FLAG_BIASED;
    }
    file
}

/// Asserts that the biased base was near the window's when a fault happened, if the image has one: what every entry and gate owes.
pub fn assert_biased(file: &ImageFile, fault: &Fault) {
    if file.image.header.flags & FLAG_BIASED == 0 || fault.flags & HAS_REGISTERS == 0 {
        return;
    }
    let biased = fault.registers[usize::from(REG_BIASED)];
    // Windows are aligned to their size, so the low half is the distance.
    let distance = i64::from(biased as u32 as i32);
    // The window's base, at address 0 in one profile alone.
    let base = biased.wrapping_sub(distance as u64);
    let begins_at_0 = file.image.header.profile == Profile::Low.number();
    assert_eq!(base == 0, begins_at_0, "x9 is no address: {fault:x?}");
    assert!(
        distance.unsigned_abs() <= u64::from(BIAS_LEN),
        "x9 is far: {fault:x?}"
    );
}

/// Pages of memory that the module's windows hold.
pub fn pages() -> u64 {
    device().info().expect("info").pages
}

/// What a gate answers when it refuses.
pub fn gate_error(error: GateError) -> u64 {
    u64::from(error.number()).wrapping_neg()
}

/// The reason of a request that must be refused.
pub fn refusal<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("failed without a reason: {other:?}"),
        Ok(_) => panic!("was not refused"),
    }
}

/// Asserts that a request is refused for one reason.
pub fn assert_refused<T>(result: Result<T, Error>, reason: Reason) -> Refusal {
    let refusal = refusal(result);
    assert_eq!(
        Reason::from_u32(refusal.reason),
        Some(reason),
        "{refusal:?}"
    );
    refusal
}

/// Region offset of the first word of an image's code.
pub fn code_at(file: &ImageFile) -> u32 {
    let demand = lore_sandbox::code::Demand {
        targets: file.image.targets.len() as u64,
        imports: file.image.imports.len() as u64,
        code_len: file.image.code.len() as u64,
    };
    let layout = lore_sandbox::code::plan(demand);
    layout.expect("an image that was made has one").code_at
}
