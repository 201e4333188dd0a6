// SPDX-License-Identifier: GPL-2.0
//! An image that is being made up: tables as vectors here, as bytes for the verifier.

use lore_abi::contract::{BAND_LEN, SAVED_FIRST, TRAP_WORD, WINDOW_LEN};
use lore_abi::image::{frame_list, Entry, Label, Profile, FLAG_BIASED, FLAG_METERED};
use lore_sandbox::code::{plan, CodeLayout, Demand};
use lore_verifier::{room_for, verify, Image, Note, Policy, Violation};
use zerocopy::IntoBytes;

/// Everything of an image that the verifier looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Words of `.text`.
    pub words: Vec<u32>,
    /// Labels, as they stand in the table.
    pub labels: Vec<Label>,
    /// Frame lists; the first should be 0.
    pub lists: Vec<u64>,
    /// Declared targets.
    pub targets: Vec<u32>,
    /// Entries.
    pub entries: Vec<Entry>,
    /// Imported gates.
    pub imports: Vec<u32>,
    /// Image flags.
    pub flags: u32,
    /// Guard profile.
    pub profile: Profile,
    /// Bytes of the window, if the profile says.
    pub window_len: u64,
}

impl Draft {
    /// A case of the corpora, without its data; its guards are filled in for the emulator's window.
    pub fn of_case(built: &lore_corpus::Built) -> Option<Draft> {
        let built = &lore_corpus::Built {
            window: crate::WINDOW,
            ..built.clone()
        };
        let built = &built.bound().ok()?;
        let words = |bytes: &[u8]| -> Vec<u32> {
            let chunks = bytes.chunks_exact(4);
            chunks
                .map(|b| u32::from_le_bytes(b.try_into().expect("four bytes")))
                .collect()
        };
        let pair = |w: &[u32]| u64::from(w[0]) | u64::from(w[1]) << 32;
        let label = |w: &[u32]| Label {
            at: w[0],
            registers: w[1],
            class: w[2] as u8, // The fields of the last word, by their widths.
            class14: (w[2] >> 8) as u8,
            list: (w[2] >> 16) as u16,
        };
        let draft = Draft {
            words: words(&built.code),
            labels: words(&built.labels).chunks_exact(3).map(label).collect(),
            lists: words(&built.lists).chunks_exact(2).map(pair).collect(),
            targets: words(&built.targets),
            entries: words(&built.entries)
                .chunks_exact(2)
                .map(|w| Entry {
                    hook: w[0],
                    target: w[1],
                })
                .collect(),
            imports: words(&built.imports),
            flags: built.flags,
            profile: Profile::from_u32(built.profile)?,
            window_len: built.window_len,
        };
        let whole = built.code.len() == draft.words.len() * 4 && draft.words.len() < 1 << 16;
        (whole && !draft.labels.is_empty()).then_some(draft)
    }

    /// The layout by the counts as they are now.
    pub fn layout(&self) -> CodeLayout {
        plan(Demand {
            targets: self.targets.len() as u64,
            imports: self.imports.len() as u64,
            code_len: self.words.len() as u64 * 4,
        })
        .expect("drafts are small")
    }

    /// The verifier's opinion.
    pub fn verify(&self, policy: &Policy) -> Result<CodeLayout, Violation> {
        let image = Image {
            code: self.words.as_bytes(),
            labels: self.labels.as_bytes(),
            lists: self.lists.as_bytes(),
            targets: self.targets.as_bytes(),
            entries: self.entries.as_bytes(),
            imports: self.imports.as_bytes(),
            relocs: &[],
            guards: &[],
            window_len: self.window_len,
            data_len: 0,
            profile: self.profile.number(),
            flags: self.flags,
        };
        let mut room = vec![Note::default(); room_for(image.code.len())];
        verify(&image, policy, &mut room)
    }

    /// Where the window begins for its code.
    pub fn base(&self) -> u64 {
        match self.profile {
            Profile::Low => 0,
            _ => crate::WINDOW,
        }
    }

    /// Where the window ends, counted from its start, and how much at both ends inside of it is never mapped.
    pub fn window(&self) -> (u64, u64) {
        match self.profile {
            Profile::Mask => (self.window_len, 0),
            _ => (WINDOW_LEN, u64::from(BAND_LEN)),
        }
    }

    /// Whether x9 is fuel.
    pub fn is_metered(&self) -> bool {
        self.flags & FLAG_METERED != 0
    }

    /// Whether x9 is the biased base.
    pub fn is_biased(&self) -> bool {
        self.flags & FLAG_BIASED != 0
    }

    /// Labels at which a run may begin, given what they claim: those where nothing is pushed.
    pub fn starts(&self) -> Vec<Label> {
        let empty = |l: &&Label| self.lists.get(usize::from(l.list)) == Some(&0);
        self.labels.iter().filter(empty).copied().collect()
    }

    /// The word at a region offset.
    pub fn word_at(&self, at: u32) -> Option<u32> {
        let index = at.checked_sub(self.layout().code_at)? / 4;
        self.words.get(index as usize).copied()
    }

    /// The words as text, with labels and claims, so that a finding can be read and made a case.
    pub fn listing(&self) -> String {
        let layout = self.layout();
        let mut llvm = crate::llvm::Llvm::new(u64::MAX);
        let mut out = format!(
            "// targets {:x?} imports {:?}\n",
            self.targets, self.imports
        );
        for (index, &word) in self.words.iter().enumerate() {
            let at = layout.code_at + index as u32 * 4;
            for label in self.labels.iter().filter(|l| l.at == at) {
                let list = self
                    .lists
                    .get(usize::from(label.list))
                    .map(|&l| registers_of(l));
                out += &format!(
                    "{at:#x}: // claims {:#x} class {} class14 {} list {list:?}\n",
                    label.registers, label.class, label.class14
                );
            }
            let text = if word == TRAP_WORD {
                "trap"
            } else {
                llvm.decode(word).unwrap_or("?")
            };
            out += &format!("  {at:#06x}  {word:08x}  {}\n", text.replace('\t', " "));
        }
        out
    }
}

/// The registers of a frame list, oldest first.
pub fn registers_of(list: u64) -> Vec<u8> {
    (0..16)
        .map(|i| (list >> (4 * i) & 0xf) as u8) // Four bits.
        .take_while(|&code| code != 0)
        .filter_map(frame_list::register_of)
        .collect()
}

/// The frame list of registers.
pub fn list_of(registers: &[u8]) -> u64 {
    registers
        .iter()
        .rev()
        .fold(0, |list, r| list << 4 | u64::from(r - SAVED_FIRST + 1))
}
