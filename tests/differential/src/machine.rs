// SPDX-License-Identifier: GPL-2.0
//! Runs an image in QEMU's translator (Unicorn) and watches every step and every access.
//!
//! ```text
//! WINDOW   4 GiB, at 0 in the profile `low`; pages appear at the first touch, or do not, as a hash says; bands never
//! REGION   table | gate slots | code | traps
//! KERNEL   abort stub, exit, and gates that fill the temporaries with noise
//! SHADOW   a few pages, nothing on either side
//! ```
//!
//! x18, SP, and the addresses of region, kernel and shadow stack are secrets: no store may carry one.

use crate::draft::Draft;
use crate::watch::{Finding, Watch};
use crate::{one_in, pick};
use fastrand::Rng;
use lore_abi::contract::{
    bound_of_class, BAND_LEN, BIAS_LEN, REG_BIASED, REG_FUEL, TRAP_WORD, WINDOW_LEN,
};
use lore_abi::image::Label;
use lore_sandbox::code::CodeLayout;
use unicorn_engine::unicorn_const::{uc_error, Arch, HookType, MemType, Mode, Prot};
use unicorn_engine::{Arm64CpuModel, RegisterARM64 as R, Unicorn};

pub use crate::WINDOW;

/// Where code regions stand; aligned to any region of a test.
pub const REGION: u64 = 0x0041_5a00_0000;
/// The kernel's own code, within reach of a `b`.
pub const KERNEL: u64 = REGION + 0x0400_0000;
/// Address of the abort stub.
pub const ABORT: u64 = KERNEL;
/// Where a return of the outermost function goes.
pub const EXIT: u64 = KERNEL + 0x40;
/// First gate.
const GATES: u64 = KERNEL + 0x80;
/// Shadow stack.
pub const SHADOW: u64 = 0x0077_3000_0000;
/// Bytes of shadow stack.
pub const SHADOW_LEN: u64 = 2 * PAGE;
/// What SP holds; nothing is mapped there.
pub const KERNEL_STACK: u64 = 0x0066_1234_5670;
/// What x18 holds; nothing is mapped there.
pub const PLATFORM: u64 = 0x0055_dead_be00;
const PAGE: u64 = 4096;
/// Steps after which a run ends (the watchdog's part).
const STEPS_MAX: u32 = 400;
/// Fuel of a metered image at the entry is below this: little, so that its end is seen within the steps.
const FUEL_MAX: u32 = 8;
/// Pages that may appear in one run.
const PAGES_MAX: usize = 96;

/// x0 to x30 and SP, in Unicorn's names.
pub const REGISTERS: [R; 32] = [
    R::X0,
    R::X1,
    R::X2,
    R::X3,
    R::X4,
    R::X5,
    R::X6,
    R::X7,
    R::X8,
    R::X9,
    R::X10,
    R::X11,
    R::X12,
    R::X13,
    R::X14,
    R::X15,
    R::X16,
    R::X17,
    R::X18,
    R::X19,
    R::X20,
    R::X21,
    R::X22,
    R::X23,
    R::X24,
    R::X25,
    R::X26,
    R::X27,
    R::X28,
    R::X29,
    R::X30,
    R::SP,
];

/// How a run came to its end, when nothing was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The outermost function returned.
    Returned,
    /// A data abort, in the window or next to it, or at an end of the shadow stack.
    Faulted,
    /// A call through a slot that holds the abort stub.
    WildCall,
    /// Too many steps.
    Time,
    /// The emulator does not know an instruction.
    NotEmulated,
}

/// One emulator, used for many runs.
pub struct Machine {
    engine: Unicorn<'static, Watch>,
    region_len: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

impl Machine {
    /// A machine without code.
    pub fn new() -> Machine {
        let mut engine = Unicorn::new_with_data(Arch::ARM64, Mode::LITTLE_ENDIAN, Watch::default())
            .expect("Unicorn starts");
        engine
            .ctl_set_cpu_model(Arm64CpuModel::MAX as i32)
            .expect("the newest CPU that it has");
        engine
            .mem_map(KERNEL, PAGE, Prot::READ | Prot::EXEC)
            .unwrap();
        engine
            .mem_map(SHADOW, SHADOW_LEN, Prot::READ | Prot::WRITE)
            .unwrap();
        engine
            .add_code_hook(0, u64::MAX, |engine, pc, _| {
                let registers = read_registers(engine);
                if engine.get_data_mut().step(pc, &registers) {
                    let _ = engine.emu_stop();
                }
            })
            .unwrap();
        engine
            .add_mem_hook(
                HookType::MEM_READ | HookType::MEM_WRITE,
                0,
                u64::MAX,
                |engine, kind, at, len, value| {
                    let store = kind == MemType::WRITE;
                    if !engine
                        .get_data_mut()
                        .access(store, at, len as u64, value as u64)
                    {
                        let _ = engine.emu_stop();
                    }
                    true
                },
            )
            .unwrap();
        let missing = HookType::MEM_READ_UNMAPPED
            | HookType::MEM_WRITE_UNMAPPED
            | HookType::MEM_READ_PROT
            | HookType::MEM_WRITE_PROT;
        engine
            .add_mem_hook(missing, 0, u64::MAX, |engine, kind, at, len, value| {
                let store = matches!(kind, MemType::WRITE_UNMAPPED | MemType::WRITE_PROT);
                // Every page of the access, since it may cross into one that is not there.
                engine
                    .get_data_mut()
                    .access(store, at, len as u64, value as u64)
                    && appear(engine, at & !(PAGE - 1))
                    && ((at & (PAGE - 1)) + len as u64 <= PAGE
                        || appear(engine, (at & !(PAGE - 1)) + PAGE))
            })
            .unwrap();
        Machine {
            engine,
            region_len: 0,
        }
    }

    /// Runs a verified draft from a label, with registers made of `seed` that keep what the label claims.
    pub fn run(
        &mut self,
        draft: &Draft,
        layout: &CodeLayout,
        start: &Label,
        seed: u64,
    ) -> Result<Ending, Finding> {
        let mut rng = Rng::with_seed(seed);
        self.place(draft, layout, &mut rng);
        let mut registers = entry_registers(start, draft, &mut rng);
        if draft.is_metered() {
            registers[usize::from(REG_FUEL)] = u64::from(rng.u32(..FUEL_MAX));
        }
        if draft.is_biased() {
            registers[usize::from(REG_BIASED)] = biased(start, draft.base(), &mut rng);
        }
        for (id, value) in REGISTERS.iter().zip(registers) {
            self.engine.reg_write(*id, value).unwrap();
        }
        self.engine
            .reg_write(R::NZCV, u64::from(rng.u32(..) & 0xf000_0000))
            .unwrap();
        *self.engine.get_data_mut() = Watch::new(draft, *layout, &registers, seed, STEPS_MAX);
        let start = REGION + u64::from(start.at);
        let ended = self.engine.emu_start(start, EXIT, 0, 0);
        let registers = read_registers(&self.engine);
        let pc = self.engine.pc_read().unwrap();
        let watch = self.engine.get_data_mut();
        let ending = match ended {
            _ if watch.finding.is_some() => Ending::Returned, // Reported below.
            _ if watch.steps >= STEPS_MAX => Ending::Time,
            Ok(()) if pc == EXIT => {
                watch.returned(&registers);
                Ending::Returned
            }
            Ok(()) => Ending::WildCall,
            Err(uc_error::INSN_INVALID | uc_error::EXCEPTION) => Ending::NotEmulated,
            Err(uc_error::FETCH_UNMAPPED | uc_error::FETCH_PROT) => {
                watch.find(format!("fetch from {pc:#x}"));
                Ending::Faulted
            }
            Err(_) => Ending::Faulted,
        };
        let pages = std::mem::take(&mut watch.pages);
        let finding = watch.finding.take();
        for page in pages {
            self.engine.mem_unmap(page, PAGE).unwrap();
        }
        finding.map_or(Ok(ending), Err)
    }

    /// Steps of the run before.
    pub fn steps(&self) -> u32 {
        self.engine.get_data().steps
    }

    /// Puts table, slots, code, traps and gates where they belong.
    fn place(&mut self, draft: &Draft, layout: &CodeLayout, rng: &mut Rng) {
        if self.region_len != 0 {
            self.engine.mem_unmap(REGION, self.region_len).unwrap();
        }
        self.region_len = u64::from(layout.region_len);
        self.engine
            .mem_map(REGION, self.region_len, Prot::READ | Prot::EXEC)
            .unwrap();
        let mut bytes = Vec::with_capacity(layout.region_len as usize);
        for slot in 0..layout.table_len / 8 {
            let target = slot
                .checked_sub(1)
                .and_then(|index| draft.targets.get(index as usize));
            bytes.extend(
                target
                    .map_or(ABORT, |&at| REGION + u64::from(at))
                    .to_le_bytes(),
            );
        }
        for index in 0..draft.imports.len() as u32 {
            let slot = REGION + u64::from(layout.gate_slot(index));
            bytes.extend(branch(slot, GATES).to_le_bytes());
        }
        bytes.resize(layout.code_at as usize, 0);
        bytes.extend(draft.words.iter().flat_map(|w| w.to_le_bytes()));
        while bytes.len() < layout.region_len as usize {
            bytes.extend(TRAP_WORD.to_le_bytes());
        }
        self.engine.mem_write(REGION, &bytes).unwrap();
        let kept = draft.is_metered().then_some(u32::from(REG_FUEL));
        self.engine
            .mem_write(KERNEL, &kernel_code(rng, kept, draft.is_biased()))
            .unwrap();
        self.engine
            .mem_write(SHADOW, &vec![0xa5; SHADOW_LEN as usize])
            .unwrap();
        self.engine.ctl_flush_tb().unwrap();
    }
}

/// `b` from one place to another.
fn branch(from: u64, to: u64) -> u32 {
    0x1400_0000 | ((to.wrapping_sub(from) >> 2) as u32 & 0x03ff_ffff) // 26 bits, in words.
}

/// Abort stub, exit, and the gate: every register it may change, all but `kept`, gets noise, small or an address of the
/// window. x9 is the window's base again if that is what images with a biased base are promised.
fn kernel_code(rng: &mut Rng, kept: Option<u32>, biased: bool) -> Vec<u8> {
    let mut words = vec![0xd503_201f; (GATES - KERNEL) as usize / 4];
    for register in (0..=12).chain([16, 17]).filter(|r| Some(*r) != kept) {
        let value = rng.u32(..);
        words.push(0x5280_0000 | (value & 0xffff) << 5 | register); // movz w, #..
        if one_in(rng, 2) {
            words.push(0x72a0_0000 | (value >> 16) << 5 | register); // movk w, #.., lsl #16
        }
        if one_in(rng, 2) {
            words.push(0xaa00_01e0 | register << 16 | register); // orr x, x15, x
        }
    }
    if biased {
        words.push(0xaa0f_03e9); // mov x9, x15
    }
    words.push(0xd65f_03c0); // ret
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// Registers at an entry: as hostile as the contract allows.
fn entry_registers(label: &Label, draft: &Draft, rng: &mut Rng) -> [u64; 32] {
    let (base, (len, _)) = (draft.base(), draft.window());
    let mut registers = [0; 32];
    for register in &mut registers {
        *register = noise(rng, base);
    }
    registers[13] = SHADOW + 64;
    let mut within = |class, extremes| {
        let bound = bound_of_class(class).expect("the verifier knows the class") as u64;
        match rng.u32(..extremes) {
            0 => base.wrapping_sub(bound),
            1 => base + len + bound,
            _ => base + (u64::from(rng.u32(..) & !15) & (len - 1)),
        }
    };
    registers[14] = within(label.class14, 4);
    for register in (0..31).filter(|r| label.registers >> r & 1 == 1) {
        registers[register] = within(label.class, 8);
    }
    registers[15] = base;
    registers[18] = PLATFORM;
    registers[30] = EXIT;
    registers[31] = KERNEL_STACK;
    registers
}

/// A biased base at a label, as far out as the contract allows; where the label claims something of it, the base itself.
fn biased(label: &Label, base: u64, rng: &mut Rng) -> u64 {
    let most = u64::from(BIAS_LEN);
    match (label.registers >> REG_BIASED & 1, rng.u32(..4)) {
        (1, _) => base,
        (_, 0) => base.wrapping_sub(most),
        (_, 1) => base + most,
        _ => base
            .wrapping_sub(most)
            .wrapping_add(u64::from(rng.u32(..=2 * BIAS_LEN))),
    }
}

/// A number of the kinds that programs hold whose window begins at `base`.
fn noise(rng: &mut Rng, base: u64) -> u64 {
    match rng.u32(..6) {
        0 => u64::from(rng.u32(..16)),
        1 => u64::from(rng.u32(..)),
        2 => rng.u64(..),
        3 => 0u64.wrapping_sub(u64::from(rng.u32(..5000))),
        // Near the ends of the window, on both sides.
        4 => (base + pick(rng, &[0, WINDOW_LEN]) + u64::from(rng.u32(..16384))).wrapping_sub(8192),
        _ => base + u64::from(BAND_LEN) + u64::from(rng.u32(..(64 << 10))),
    }
}

/// Maps a page of the window with noise in it, or says that there is none.
fn appear(engine: &mut Unicorn<'_, Watch>, page: u64) -> bool {
    let watch = engine.get_data();
    let mut rng = Rng::with_seed(watch.seed ^ page);
    let base = watch.base;
    let offset = page.wrapping_sub(base);
    let (len, band) = watch.window;
    let inside = offset >= band && offset < len - band;
    if watch.pages.contains(&page) {
        return true;
    }
    if !inside || one_in(&mut rng, 24) || watch.pages.len() == PAGES_MAX {
        return false;
    }
    let mut bytes = Vec::with_capacity(PAGE as usize);
    while bytes.len() < PAGE as usize {
        bytes.extend(noise(&mut rng, base).to_le_bytes());
    }
    if engine
        .mem_map(page, PAGE, Prot::READ | Prot::WRITE)
        .is_err()
    {
        return false;
    }
    engine.get_data_mut().pages.push(page);
    engine.mem_write(page, &bytes).is_ok()
}

fn read_registers(engine: &Unicorn<'_, Watch>) -> [u64; 32] {
    let mut values = [0; 32];
    for (value, id) in values.iter_mut().zip(REGISTERS) {
        *value = engine.reg_read(id).expect("a register of the CPU");
    }
    values
}
