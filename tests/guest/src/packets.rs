// SPDX-License-Identifier: GPL-2.0
//! The fixture `packets`: does a list of things with the next packet that comes, and tells what each answered.

use crate::hooks::wait_for;
use crate::{device, fixture, patient};
use lore::kernel::{Attached, Extension, Run};
use lore_abi::request::RUN_RETURNED;

/// Most steps of a plan.
const STEPS: usize = 16;
/// Bytes that steps work on.
pub const ROOM: usize = 2048;
const PLAN_LEN: usize = STEPS * 32 + STEPS * 8 + ROOM + 16;

/// What is done with a packet; the order is that of `enum op` in `tests/fixtures/packets.c`, which says more.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "packets.c says it")]
pub enum Step {
    Info { at: u64 },
    Read { offset: u64, at: u64, len: u64 },
    Write { offset: u64, at: u64, len: u64 },
    Sum { offset: u64, len: u64 },
    Resize { len: u64 },
    Clone,
    Drop,
    Back,
    Stale,
    ReadWild { offset: u64, len: u64 },
    WriteWild { offset: u64, len: u64 },
    Transmit { device: u32 },
    Route,
}

impl Step {
    fn words(self) -> [u64; 4] {
        match self {
            Step::Info { at } => [0, 0, at, 0],
            Step::Read { offset, at, len } => [1, offset, at, len],
            Step::Write { offset, at, len } => [2, offset, at, len],
            Step::Sum { offset, len } => [3, offset, 0, len],
            Step::Resize { len } => [4, len, 0, 0],
            Step::Clone => [5, 0, 0, 0],
            Step::Drop => [6, 0, 0, 0],
            Step::Back => [7, 0, 0, 0],
            Step::Stale => [8, 0, 0, 0],
            Step::ReadWild { offset, len } => [9, offset, 0, len],
            Step::WriteWild { offset, len } => [10, offset, 0, len],
            Step::Transmit { device } => [11, device.into(), 0, 0],
            Step::Route => [12, 0, 0, 0],
        }
    }
}

/// What a plan came to.
pub struct Outcome {
    /// What each step answered.
    pub answers: Vec<i64>,
    /// The data afterwards.
    pub data: Vec<u8>,
}

impl Outcome {
    /// A number of 32 bits in the data.
    pub fn word(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.data[at..at + 4].try_into().expect("four bytes"))
    }
}

/// A loaded `packets`.
pub struct Packets {
    /// Its file.
    pub extension: Extension,
}

impl Packets {
    /// Loads it anonymously.
    pub fn load() -> Packets {
        let image = fixture("packets").image;
        let (extension, _) = device().load(&image, &patient()).expect("packets loads");
        Packets { extension }
    }

    /// Attaches it.
    pub fn attach(&self, hook: &str) -> Attached {
        self.extension.attach(hook, None).expect(hook)
    }

    /// What is done with the next packet, with which data, and what becomes of it.
    pub fn plan(&self, steps: &[Step], data: &[u8], verdict: u64) {
        let mut plan = Vec::with_capacity(PLAN_LEN);
        let mut all = [[0; 4]; STEPS];
        for (to, step) in all.iter_mut().zip(steps) {
            *to = step.words();
        }
        plan.extend(all.as_flattened().iter().flat_map(|w| w.to_le_bytes()));
        plan.resize(STEPS * 40, 0);
        plan.extend(data);
        plan.resize(STEPS * 40 + ROOM, 0);
        plan.extend(verdict.to_le_bytes());
        plan.extend((steps.len() as u64).to_le_bytes());
        assert_eq!(self.run(&plan, &mut []), 0);
    }

    /// Waits until the plan was carried out.
    pub fn outcome(&self, steps: usize) -> Outcome {
        let mut output = vec![0; PLAN_LEN];
        wait_for("the packet", || {
            (self.run(&[], &mut output) == 1).then_some(())
        });
        let answer = |bytes: &[u8]| i64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        Outcome {
            answers: output[STEPS * 32..]
                .chunks_exact(8)
                .take(steps)
                .map(answer)
                .collect(),
            data: output[STEPS * 40..][..ROOM].to_vec(),
        }
    }

    fn run(&self, input: &[u8], output: &mut [u8]) -> u64 {
        let done = self.extension.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: 0,
            input,
            output,
        });
        let done = done.expect("the run request is accepted");
        assert_eq!(done.ended, RUN_RETURNED);
        done.result
    }
}
