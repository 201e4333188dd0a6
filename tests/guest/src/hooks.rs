// SPDX-License-Identifier: GPL-2.0
//! The fixture `hooks`: an entry for each hook, which notes its calls and does what it was told.

use crate::{device, fixture, patient};
use lore::elf::ImageFile;
use lore::kernel::{Attached, Error, Extension, LoadOptions, Run};
use lore_abi::attach::{AttachmentState, AttachmentStatus};
use lore_abi::fault::{Fault, FaultKind};
use lore_abi::request::{RunRequest, RUN_RETURNED};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longer than anything that a test waits for.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of its ring.
const RING_LEN: u32 = 1 << 16;
/// Calls that the fixture notes.
const NOTES: usize = 256;

/// What the entries do beside noting; the order is that of `enum act` in `tests/fixtures/hooks.c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Act {
    Note,
    Fault,
    Spin,
    Abort,
    Keep,
    Begin,
    KeepAndFault,
    Hold,
}

/// `enum ask` of the fixture.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Ask {
    Act,
    Count,
    Notes,
    Wait,
}

/// A call of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Note {
    /// [`lore_abi::image::Hook`] number.
    pub hook: u64,
    /// Monotonic clock.
    pub time: u64,
    /// What it was called with.
    pub args: [u64; 8],
}

/// A loaded `hooks`.
pub struct Hooks {
    /// Its file.
    pub extension: Extension,
    /// Its image.
    pub file: ImageFile,
    /// Its number.
    pub id: u64,
}

impl Hooks {
    /// Loads it anonymously, to go on after faults.
    pub fn load() -> Hooks {
        Hooks::load_with(&patient())
    }

    /// Loads it.
    pub fn load_with(how: &LoadOptions) -> Hooks {
        Hooks::load_image("hooks", how)
    }

    /// Loads the image of it that `lore build --metered` makes.
    pub fn load_metered(how: &LoadOptions) -> Hooks {
        Hooks::load_image("hooks_metered", how)
    }

    /// Loads the image of it for windows of 2 MiB.
    pub fn load_masked(how: &LoadOptions) -> Hooks {
        Hooks::load_image("hooks_mask_2m", how)
    }

    fn load_image(name: &str, how: &LoadOptions) -> Hooks {
        let mut file = fixture(name);
        file.image.header.ring_len = RING_LEN;
        let (extension, loaded) = device().load(&file.image, how).expect("hooks loads");
        Hooks::of(extension, file, loaded.id)
    }

    /// One that is loaded already.
    pub fn of(extension: Extension, file: ImageFile, id: u64) -> Hooks {
        Hooks {
            extension,
            file,
            id,
        }
    }

    /// Attaches the first entry that fits.
    pub fn attach(&self, hook: &str) -> Attached {
        self.try_attach(hook).expect(hook)
    }

    /// As [`Hooks::attach`], when it may be refused.
    pub fn try_attach(&self, hook: &str) -> Result<Attached, Error> {
        self.extension.attach(hook, None)
    }

    fn ask(&self, ask: Ask, input: &[u64], output: &mut [u8]) -> RunRequest {
        let input: Vec<u8> = input.iter().flat_map(|word| word.to_le_bytes()).collect();
        let done = self.extension.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: ask as u64,
            input: &input,
            output,
        });
        let done = done.expect("the run request is accepted");
        assert_eq!(done.ended, RUN_RETURNED);
        done
    }

    /// What calls do from now on.
    pub fn act(&self, act: Act) {
        self.ask(Ask::Act, &[act as u64, 0], &mut []);
    }

    /// What calls for packets return from now on.
    pub fn verdict(&self, verdict: u64) {
        self.ask(Ask::Act, &[Act::Note as u64, verdict], &mut []);
    }

    /// How many calls there were.
    pub fn count(&self) -> u64 {
        self.ask(Ask::Count, &[], &mut []).result
    }

    /// Runs in the kernel, at task level, until there were `count` calls.
    pub fn wait_inside(&self, count: u64) -> u64 {
        self.ask(Ask::Wait, &[count], &mut []).result
    }

    /// The calls, in the order in which they began.
    pub fn notes(&self) -> Vec<Note> {
        let mut output = vec![0; NOTES * size_of::<Note>()];
        let count = (self.count() as usize).min(NOTES);
        self.ask(Ask::Notes, &[], &mut output);
        let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        let note = |bytes: &[u8]| {
            let mut words = bytes.chunks_exact(8).map(word);
            let mut next = || words.next().expect("ten words");
            Note {
                hook: next(),
                time: next(),
                args: core::array::from_fn(|_| next()),
            }
        };
        output
            .chunks_exact(size_of::<Note>())
            .take(count)
            .map(note)
            .collect()
    }

    /// What the kernel says of an attachment of it.
    pub fn status(&self, attached: Attached) -> AttachmentStatus {
        status(attached).expect("the attachment is listed")
    }

    /// Waits for the record of a fault, and gives it.
    pub fn fault(&self, number: u64) -> Fault {
        wait_for("a fault record", || {
            let faults = self.extension.faults(number - 1).expect("faults");
            faults.first().copied()
        })
    }

    /// Asserts the kind of a fault, and the function that it was in.
    pub fn assert_fault(&self, fault: &Fault, kind: FaultKind, function: &str) {
        assert_eq!(FaultKind::from_u32(fault.kind), Some(kind), "{fault:x?}");
        let symbols = &self.file.image.symbols;
        let found = symbols
            .iter()
            .find(|s| s.name == function && (s.at..s.at + s.len).contains(&fault.at));
        assert!(found.is_some(), "not in {function}: {fault:x?}");
    }
}

/// What the kernel says of an attachment, if it is still listed.
pub fn status(attached: Attached) -> Option<AttachmentStatus> {
    let all = device().attachments().expect("attachments");
    all.into_iter().find(|a| a.id == attached.id)
}

/// The state of an attachment that is listed.
pub fn state(attached: Attached) -> AttachmentState {
    let status = status(attached).expect("listed");
    AttachmentState::from_u32(status.state).expect("a known state")
}

/// Does something on one CPU.
pub fn on_cpu(cpu: usize, act: impl FnOnce()) {
    let mut set = rustix::thread::CpuSet::new();
    let old = rustix::thread::sched_getaffinity(None).expect("affinity");
    set.set(cpu);
    rustix::thread::sched_setaffinity(None, &set).expect("affinity");
    act();
    rustix::thread::sched_setaffinity(None, &old).expect("affinity");
}

/// Waits until something is there that must come.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Has those stop who look at it, however a test ends.
pub struct Stops<'a>(pub &'a AtomicBool);

impl Drop for Stops<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
