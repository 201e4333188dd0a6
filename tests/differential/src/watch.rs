// SPDX-License-Identifier: GPL-2.0
//! The guarantee, asked of every step of a run: what the verifier concluded from one static pass must be true of each
//! word that is executed. This is the proof's induction, checked by execution.

use crate::draft::{registers_of, Draft};
use crate::machine::{ABORT, EXIT, KERNEL, KERNEL_STACK, PLATFORM, REGION, SHADOW, SHADOW_LEN};
use lore_abi::contract::{
    bound_of_class, BIAS_LEN, BTI_C, REACH_LEN, REG_BIASED, REG_FUEL, STACK_BOUND, TRAP_WORD,
};
use lore_abi::image::{Label, Profile};
use lore_sandbox::code::CodeLayout;
use std::collections::HashMap;

/// Something that verified code did and must not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Region offset of the word that ran last.
    pub at: u32,
    /// What.
    pub what: String,
}

/// A function that is running.
#[derive(Clone, Debug)]
struct Frame {
    link: u64,
    /// x19 to x29 at its entry.
    saved: [u64; 11],
    /// x13 at its entry.
    shadow: u64,
    /// What it pushed.
    pushed: Vec<u8>,
}

/// One run under watch.
#[derive(Default)]
pub struct Watch {
    /// Steps so far.
    pub steps: u32,
    /// Pages that appeared.
    pub pages: Vec<u64>,
    /// Seed of the run, for the pages.
    pub seed: u64,
    /// The first thing that was wrong.
    pub finding: Option<Finding>,
    steps_max: u32,
    words: Vec<u32>,
    labels: HashMap<u32, (Label, Vec<u8>)>,
    targets: Vec<u32>,
    layout: Option<CodeLayout>,
    frames: Vec<Frame>,
    /// The word that runs: its address and itself; 0 for the kernel's.
    current: Option<(u64, u32)>,
    /// Where the gate that is running must return to.
    gate_return: Option<u64>,
    /// Of a metered image.
    meter: Option<Meter>,
    /// x9 is the biased base.
    is_biased: bool,
    /// The guarantee says nothing of what is read.
    reads_all: bool,
    /// Where the window begins.
    pub base: u64,
    /// Bytes of the window, and of its bands inside of it.
    pub window: (u64, u64),
    /// The sum of two registers may lie as far behind the window as sums reach, where nothing is mapped.
    sums_all: bool,
}

/// What must be true of a metered image: fuel only falls, nothing runs without, and so much of it bounds the words that run.
struct Meter {
    /// At the entry, and now.
    start: u64,
    fuel: u64,
    /// Words of the code that ran, and words that there are.
    ran: u64,
    words: u64,
}

impl Meter {
    /// At a word of the code, before it runs.
    fn step(&mut self, word: u32, fuel: u64) -> Result<(), String> {
        if self.fuel.wrapping_sub(fuel) >= 4096 {
            return Err(format!("fuel went from {:#x} to {fuel:#x}", self.fuel));
        }
        self.fuel = fuel;
        let is_exit = word & 0xfff8_001f == 0xb7f8_0009 || word == TRAP_WORD;
        if fuel >> 63 != 0 && !is_exit {
            return Err(format!("{word:08x} runs without fuel"));
        }
        self.ran += 1;
        let bound = (self.start.wrapping_sub(fuel) + 1) * self.words;
        if self.ran > bound {
            return Err(format!("{} words ran, {bound} are paid for", self.ran));
        }
        Ok(())
    }
}

/// What the words of the shadow stack do to the list: registers in order, and whether they are pushed.
fn shadow_word(word: u32) -> Option<(Vec<u8>, bool)> {
    let (t, t2) = ((word & 31) as u8, (word >> 10 & 31) as u8);
    match (word & 0xffff_ffe0, word & 0xffff_83e0) {
        (0xf800_85a0, _) => Some((vec![t], true)), // str xT, [x13], #8
        (0xf85f_8da0, _) => Some((vec![t], false)), // ldr xT, [x13, #-8]!
        (_, 0xa881_01a0) => Some((vec![t, t2], true)), // stp xT, xT2, [x13], #16
        (_, 0xa9ff_01a0) => Some((vec![t, t2], false)), // ldp xT, xT2, [x13, #-16]!
        _ => None,
    }
}

/// A load by an immediate or a whole register that is neither ordered nor exclusive, told by the manual's groups.
fn is_plain_load(word: u32) -> bool {
    let pair = word >> 27 & 7 == 0b101 && word >> 22 & 1 == 1;
    // Bits 11 and 10 are 10 in the unprivileged and register forms; with bit 21 there are atomics.
    let immediate = word >> 24 & 1 == 1 || word >> 21 & 1 == 0 && word >> 10 & 3 != 2;
    let by_register = is_by_whole_register(word);
    let single = word >> 27 & 7 == 0b111 && word >> 22 & 3 != 0 && (immediate || by_register);
    pair || single
}

/// A load or store at `[xN, xM{, lsl}]`.
fn is_by_whole_register(word: u32) -> bool {
    word >> 24 & 0x3f == 0b11_1000
        && word >> 21 & 1 == 1
        && word >> 10 & 3 == 2
        && word >> 13 & 7 == 3
}

/// How far behind the lowest place that an access may have a sum of two registers may lie: that is more than a window and eight of
/// them. None of the emulator's own memory is so near.
const SUM_MAX: u64 = 1 << 36;

/// `ldr x30, [x30, wT, uxtw]`.
fn is_table_load(word: u32) -> bool {
    word & 0xffe0_ffff == 0xf860_4bde
}

fn is_bl(word: u32) -> bool {
    word >> 26 == 0b100101
}

const BLR_LINK: u32 = 0xd63f_03c0;
const RET: u32 = 0xd65f_03c0;

/// An address that the extension must not learn.
fn is_secret(value: u64) -> bool {
    let near = |of: u64, len: u64| value.wrapping_sub(of) < len;
    near(REGION, 0x0400_0000)
        || near(KERNEL, 0x1000)
        || near(SHADOW, SHADOW_LEN)
        || value == KERNEL_STACK
        || value == PLATFORM
}

fn saved_of(registers: &[u64; 32]) -> [u64; 11] {
    std::array::from_fn(|i| registers[19 + i])
}

impl Watch {
    /// A watch over a run that begins with these registers.
    pub fn new(
        draft: &Draft,
        layout: CodeLayout,
        registers: &[u64; 32],
        seed: u64,
        steps_max: u32,
    ) -> Watch {
        let list = |label: &Label| registers_of(draft.lists[usize::from(label.list)]);
        Watch {
            seed,
            steps_max,
            words: draft.words.clone(),
            labels: draft.labels.iter().map(|l| (l.at, (*l, list(l)))).collect(),
            targets: draft.targets.clone(),
            layout: Some(layout),
            frames: vec![Frame {
                link: EXIT,
                saved: saved_of(registers),
                shadow: registers[13],
                pushed: vec![],
            }],
            meter: draft.is_metered().then(|| Meter {
                start: registers[usize::from(REG_FUEL)],
                fuel: registers[usize::from(REG_FUEL)],
                ran: 0,
                words: draft.words.len() as u64,
            }),
            base: draft.base(),
            window: draft.window(),
            sums_all: draft.profile == Profile::Low,
            is_biased: draft.is_biased(),
            reads_all: draft.profile == Profile::Stores,
            ..Watch::default()
        }
    }

    /// Records the first finding.
    pub fn find(&mut self, what: String) {
        let at = self
            .current
            .map_or(0, |(pc, _)| pc.wrapping_sub(REGION) as u32); // In the region, so 32 bits.
        self.finding.get_or_insert(Finding { at, what });
    }

    /// Called before each instruction; true ends the run.
    pub fn step(&mut self, pc: u64, registers: &[u64; 32]) -> bool {
        if self.finding.is_some() {
            return true;
        }
        self.steps += 1;
        if let Err(what) = self.judge(pc, registers) {
            self.find(what);
        }
        self.finding.is_some() || self.steps >= self.steps_max || pc == ABORT
    }

    fn judge(&mut self, pc: u64, registers: &[u64; 32]) -> Result<(), String> {
        let layout = self.layout.expect("set before a run");
        for (register, expected) in [(15, self.base), (18, PLATFORM), (31, KERNEL_STACK)] {
            if registers[register] != expected {
                return Err(format!("x{register} is {:#x}", registers[register]));
            }
        }
        if (KERNEL..KERNEL + 0x1000).contains(&pc) {
            return self.kernel(pc, registers);
        }
        let bias = registers[usize::from(REG_BIASED)].wrapping_sub(self.base) as i64;
        if self.is_biased && bias.unsigned_abs() > u64::from(BIAS_LEN) {
            return Err(format!("x9 is {bias:#x} from the window's base"));
        }
        let at = pc.wrapping_sub(REGION);
        if at < u64::from(layout.gates_at) || at >= u64::from(layout.region_len) || at % 4 != 0 {
            return Err(format!("PC is {pc:#x}"));
        }
        let at = at as u32; // Below region_len.
        if at < layout.code_at {
            return self.gate_slot(pc, at, registers);
        }
        if let Some(back) = self.gate_return.take() {
            if pc != back {
                return Err(format!("a gate returned to {pc:#x} instead of {back:#x}"));
            }
        }
        self.arrive(pc, at, registers)?;
        self.frame_holds(registers)?;
        // Behind the code are trap words, which are none of the image's.
        let own = self.words.get((at - layout.code_at) as usize / 4).copied();
        if let (Some(meter), Some(word)) = (&mut self.meter, own) {
            meter.step(word, registers[usize::from(REG_FUEL)])?;
        }
        let word = own.unwrap_or(TRAP_WORD);
        if let Some((label, list)) = self.labels.get(&at) {
            label_holds(label, self.span(), registers)?;
            let pushed = &self.frames.last().expect("one is open").pushed;
            if list != pushed && word != TRAP_WORD {
                return Err(format!(
                    "the label's list is {list:?}, but {pushed:?} are pushed"
                ));
            }
        }
        self.current = Some((pc, word));
        Ok(())
    }

    /// How control came here, and what that does to the open frames.
    fn arrive(&mut self, pc: u64, at: u32, registers: &[u64; 32]) -> Result<(), String> {
        let Some((from, word)) = self.current.take() else {
            return Ok(());
        };
        if is_bl(word) || word == BLR_LINK || word == RET {
            // Whoever runs next relies on it, whether it has a label or not.
            within(
                registers[14],
                self.span(),
                i64::from(STACK_BOUND),
                "x14 behind a call or return",
            )?;
        }
        if let Some((moved, push)) = shadow_word(word) {
            let pushed = &mut self.frames.last_mut().expect("one is open").pushed;
            if push {
                pushed.extend(moved);
            } else {
                for register in moved.iter().rev() {
                    if pushed.pop() != Some(*register) {
                        return Err(format!("x{register} was popped, but is not on top"));
                    }
                }
            }
        } else if is_bl(word) || word == BLR_LINK {
            if registers[30] != from + 4 {
                return Err("the link of a call is wrong".into());
            }
            if word == BLR_LINK && !self.targets.contains(&at) {
                return Err(format!("an indirect call went to {at:#x}"));
            }
            if word == BLR_LINK && self.word_at(at) != Some(BTI_C) {
                return Err("an indirect call went to a word that is no bti c".into());
            }
            self.frames.push(Frame {
                link: from + 4,
                saved: saved_of(registers),
                shadow: registers[13],
                pushed: vec![],
            });
        } else if word == RET {
            let frame = self.frames.pop().expect("one is open");
            returned(&frame, pc, registers)?;
        } else if pc != from + 4 && word >> 26 == 0b000101 && !self.labels.contains_key(&at) {
            return Err(format!("a branch went to {at:#x}, which has no label"));
        }
        Ok(())
    }

    fn word_at(&self, at: u32) -> Option<u32> {
        let index = at.checked_sub(self.layout?.code_at)? / 4;
        self.words.get(index as usize).copied()
    }

    /// x13 is where the pushes put it, and what was not pushed is as at the function's entry.
    fn frame_holds(&self, registers: &[u64; 32]) -> Result<(), String> {
        let frame = self.frames.last().ok_or("more returns than calls")?;
        let shadow = frame.shadow + 8 * frame.pushed.len() as u64;
        if registers[13] != shadow {
            return Err(format!("x13 is {:#x}, not {shadow:#x}", registers[13]));
        }
        for register in (19..=29u8).filter(|r| !frame.pushed.contains(r)) {
            if registers[usize::from(register)] != frame.saved[usize::from(register) - 19] {
                return Err(format!("x{register} changed and was not pushed"));
            }
        }
        if !frame.pushed.contains(&30) && registers[30] != frame.link {
            return Err(format!("x30 is {:#x}, not the link", registers[30]));
        }
        let told = |r: usize| !self.reads_all && !matches!(r, 13 | 18);
        match (0..30).find(|&r| told(r) && is_secret(registers[r])) {
            Some(register) => Err(format!(
                "x{register} holds the secret {:#x}",
                registers[register]
            )),
            None => Ok(()),
        }
    }

    fn gate_slot(&mut self, pc: u64, at: u32, registers: &[u64; 32]) -> Result<(), String> {
        let layout = self.layout.expect("set before a run");
        match self.current {
            Some((from, word)) if is_bl(word) && at < layout.gates_end => {
                self.gate_return = Some(from + 4);
                if registers[30] != from + 4 {
                    return Err("the link of a gate call is wrong".into());
                }
                // A gate's x14 must be within K, like any callee's.
                within(
                    registers[14],
                    self.span(),
                    i64::from(STACK_BOUND),
                    "x14 at a gate",
                )?;
                self.current = None;
                Ok(())
            }
            _ => Err(format!("PC is {pc:#x}, by no call")),
        }
    }

    /// In the kernel's page: the gate that was called, the abort stub by a call, or the exit.
    fn kernel(&mut self, pc: u64, registers: &[u64; 32]) -> Result<(), String> {
        match self.current {
            None if self.gate_return.is_some() => Ok(()),
            Some((_, BLR_LINK)) if pc == ABORT => Ok(()),
            Some((_, RET)) if pc == EXIT => {
                self.returned(registers);
                Ok(())
            }
            _ => Err(format!("PC is {pc:#x}, in the kernel")),
        }
    }

    /// The outermost function returned: once, with everything as it was.
    pub fn returned(&mut self, registers: &[u64; 32]) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let result = match self.frames.is_empty() {
            true => returned(&frame, EXIT, registers).and_then(|()| {
                within(
                    registers[14],
                    self.span(),
                    i64::from(STACK_BOUND),
                    "x14 behind the last return",
                )
            }),
            false => Err("returned to the kernel with calls open".into()),
        };
        if let Err(what) = result {
            self.find(what);
        }
    }

    /// Where the window begins, and how long it is.
    fn span(&self) -> (u64, u64) {
        (self.base, self.window.0)
    }

    /// Called at each access; false ends the run with a finding.
    pub fn access(&mut self, store: bool, at: u64, len: u64, value: u64) -> bool {
        let Some((_, word)) = self.current else {
            return true;
        };
        let reach = REACH_LEN as u64;
        // One bound for both ends: an access may begin A before the window and end A behind it.
        let len_max = match self.sums_all && is_by_whole_register(word) {
            true => SUM_MAX,
            false => self.window.0 + 2 * reach,
        };
        let in_window = at.wrapping_sub(self.base.wrapping_sub(reach)) <= len_max - len;
        let legal = if shadow_word(word).is_some() {
            at.wrapping_sub(SHADOW - 16) <= SHADOW_LEN + 16
        } else if is_table_load(word) {
            self.layout
                .is_some_and(|l| !store && at.wrapping_sub(REGION) <= u64::from(l.table_len) - 8)
        } else {
            match (store, self.reads_all) {
                (true, false) => in_window && !is_secret(value),
                (true, true) | (false, false) => in_window,
                (false, true) => in_window || is_plain_load(word),
            }
        };
        if !legal {
            let what = if store { "stored" } else { "loaded" };
            self.find(format!("{len} bytes {what} at {at:#x}, value {value:#x}"));
        }
        legal
    }
}

/// The frame that returned left everything as it was at its entry.
fn returned(frame: &Frame, pc: u64, registers: &[u64; 32]) -> Result<(), String> {
    if pc != frame.link {
        return Err(format!("returned to {pc:#x} instead of {:#x}", frame.link));
    }
    if registers[13] != frame.shadow {
        return Err("x13 differs at a return".into());
    }
    match (0..11).find(|&i| registers[19 + i] != frame.saved[i]) {
        Some(i) => Err(format!("x{} differs at a return", 19 + i)),
        None => Ok(()),
    }
}

/// What a label claims is so.
fn label_holds(label: &Label, window: (u64, u64), registers: &[u64; 32]) -> Result<(), String> {
    let bound = |class| {
        bound_of_class(class)
            .map(i64::from)
            .ok_or("a class without a bound")
    };
    for register in (0..31).filter(|r| label.registers >> r & 1 == 1) {
        within(
            registers[register],
            window,
            bound(label.class)?,
            &format!("x{register} at a label"),
        )?;
    }
    within(
        registers[14],
        window,
        bound(label.class14)?,
        "x14 at a label",
    )
}

fn within(value: u64, (base, len): (u64, u64), bound: i64, what: &str) -> Result<(), String> {
    let offset = value.wrapping_sub(base) as i64; // Distances are signed.
    if offset < -bound || offset > len as i64 + bound {
        return Err(format!(
            "{what} is {value:#x}, outside of its bound {bound:#x}"
        ));
    }
    Ok(())
}
