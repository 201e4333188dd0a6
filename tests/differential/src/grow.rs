// SPDX-License-Identifier: GPL-2.0
//! Images grown word by word under the verifier's eyes: a word stays if the verifier accepts the code up to it.
//!
//! So whatever hole the verifier has, words fall through it, with no model of the contract in between that could
//! have the same hole. What is not yet written is `udf`, which must be what the verifier stops at.

use crate::draft::{list_of, registers_of, Draft};
use crate::words::{candidate, Around};
use crate::{one_in, pick};
use fastrand::Rng;
use lore_abi::contract::{BOUND_CLASS_MAX, BOUND_CLASS_STACK, BTI_C, TRAP_WORD};
use lore_abi::image::{Entry, Hook, Label, Profile, FLAG_BIASED};
use lore_abi::rule::Rule;
use lore_verifier::Policy;

/// Candidates that are tried for one place before words before it are given up.
const TRIES: u32 = 48;
/// How often words may be given up.
const RETREATS: u32 = 24;
const UDF: u32 = 0;
/// Windows of the profile `mask`: the smallest.
pub const MASKED_LEN: u64 = lore_abi::contract::WINDOW_LEN_MIN;

struct Growth<'a> {
    draft: Draft,
    policy: &'a Policy,
    /// What is pushed before each word; `None` if that is not known.
    pushed: Vec<Option<Vec<u8>>>,
    done: usize,
}

/// Grows an image; `None` if it withered.
pub fn grow(rng: &mut Rng, policy: &Policy, profile: Profile) -> Option<Draft> {
    let len = 16 + rng.u32(..80) as usize;
    let mut growth = Growth {
        draft: Draft {
            profile,
            flags: match profile {
                Profile::Mask => 0,
                _ if one_in(rng, 3) => FLAG_BIASED,
                _ => 0,
            },
            window_len: match profile {
                Profile::Mask => MASKED_LEN,
                _ => 0,
            },
            ..seedling(rng, len)
        },
        policy,
        pushed: vec![None; len + 8],
        done: 0,
    };
    let mut retreats = 0;
    while growth.done < len {
        growth.maybe_label(rng);
        if (0..TRIES).any(|_| growth.try_one(rng))
            || growth.try_words(&[TRAP_WORD])
            || growth.drop_label()
        {
            continue;
        }
        retreats += 1;
        if retreats > RETREATS {
            return None;
        }
        let keep = growth.done.saturating_sub(1 + rng.u32(..6) as usize);
        growth.draft.words[keep..growth.done].fill(UDF);
        growth.done = keep;
    }
    growth.draft.verify(policy).is_ok().then_some(growth.draft)
}

/// Targets, imports and lists, without any word.
fn seedling(rng: &mut Rng, len: usize) -> Draft {
    let mut draft = Draft {
        words: vec![UDF; len],
        lists: vec![0],
        ..Draft::default()
    };
    let mut starts: Vec<u32> = (0..rng.u32(..4))
        .map(|_| rng.u32(..(len as u32)))
        .chain([0])
        .collect();
    starts.sort_unstable();
    starts.dedup();
    draft.targets = vec![0; starts.len()];
    draft.imports = (0..rng.u32(..3)).map(|_| 1 + rng.u32(..3)).collect();
    let code_at = draft.layout().code_at;
    draft.targets = starts.iter().map(|s| code_at + 4 * s).collect();
    draft.entries = vec![Entry {
        hook: Hook::Run as u32,
        target: 0,
    }];
    let label = |&at: &u32| Label {
        at,
        registers: 0,
        class: 0,
        class14: BOUND_CLASS_STACK,
        list: 0,
    };
    draft.labels = draft.targets.iter().map(label).collect();
    draft
}

impl Growth<'_> {
    fn at(&self, index: usize) -> u32 {
        self.draft.layout().code_at + index as u32 * 4
    }

    /// The verifier has nothing against the first `done` words.
    fn stands(&self, done: usize) -> bool {
        match self.draft.verify(self.policy) {
            Ok(_) => true,
            Err(v) => {
                let unwritten = matches!(v.rule, Rule::UnknownInstruction | Rule::NothingFollows);
                unwritten && v.at == self.at(done)
            }
        }
    }

    fn pushed(&self) -> &[u8] {
        self.pushed[self.done].as_deref().unwrap_or(&[])
    }

    /// Puts a label here or further on, with claims, if the verifier does not mind.
    fn maybe_label(&mut self, rng: &mut Rng) {
        if !one_in(rng, 5) {
            return;
        }
        let ahead = if one_in(rng, 2) {
            0
        } else {
            rng.u32(..12) as usize
        };
        let index = self.done + ahead;
        let at = self.at(index);
        if index >= self.draft.words.len() || self.draft.labels.iter().any(|l| l.at == at) {
            return;
        }
        let list = list_of(self.pushed());
        let known = self.draft.lists.iter().position(|&l| l == list);
        let before = self.draft.clone();
        let list = known.unwrap_or_else(|| {
            self.draft.lists.push(list);
            self.draft.lists.len() - 1
        });
        let claims = (0..rng.u32(..3)).fold(0, |set, _| {
            set | 1 << pick(rng, &[0u32, 1, 2, 3, 9, 16, 19, 20])
        });
        let class14 = match rng.u32(..4) {
            0 => rng.u32(..(u32::from(BOUND_CLASS_MAX) + 1)) as u8, // At most 17.
            _ => BOUND_CLASS_STACK,
        };
        let class = pick(rng, &[0, 0, 1, 5, 8, 12, 16, 17]);
        let label = Label {
            at,
            registers: claims,
            class,
            class14,
            list: list as u16,
        }; // Few lists.
        self.draft.labels.push(label);
        self.draft.labels.sort_unstable_by_key(|l| l.at);
        if !self.stands(self.done) {
            self.draft = before;
        }
    }

    /// Takes away the label of the next place or the one behind it, which is in the way, unless a branch needs it.
    fn drop_label(&mut self) -> bool {
        let near = [self.at(self.done), self.at(self.done + 1)];
        let targets = &self.draft.targets;
        let Some(index) = self
            .draft
            .labels
            .iter()
            .position(|l| near.contains(&l.at) && !targets.contains(&l.at))
        else {
            return false;
        };
        let label = self.draft.labels.remove(index);
        let stands = self.stands(self.done);
        if !stands {
            self.draft.labels.insert(index, label);
        }
        stands
    }

    /// Tries one candidate at the first free place.
    fn try_one(&mut self, rng: &mut Rng) -> bool {
        let layout = self.draft.layout();
        let at = self.at(self.done);
        if self.draft.targets.contains(&at) && !one_in(rng, 64) {
            return self.try_words(&[BTI_C]);
        }
        let follows_jump = self.done > 0 && self.draft.words[self.done - 1] >> 26 == 0b000101;
        if follows_jump && one_in(rng, 2) {
            return self.try_words(&[TRAP_WORD]);
        }
        let labels: Vec<u32> = self
            .draft
            .labels
            .iter()
            .map(|l| (l.at - layout.code_at) / 4)
            .collect();
        let mut words = candidate(
            rng,
            &Around {
                index: self.done as u32,
                labels: &labels,
                gates: (
                    (layout.code_at - layout.gates_at) / 4,
                    self.draft.imports.len() as u32,
                ),
                table_mask: layout.table_mask(),
                at,
                pushed: self.pushed(),
                before: &self.draft.words[..self.done],
            },
        );
        if one_in(rng, 6) {
            // Next to what is allowed lies what must not be.
            let word = rng.u32(..(words.len() as u32)) as usize;
            words[word] ^= 1 << rng.u32(..32);
        }
        self.try_words(&words)
    }

    /// Puts words at the first free place, if the verifier does not mind.
    fn try_words(&mut self, words: &[u32]) -> bool {
        let words = &words[..words.len().min(self.draft.words.len() - self.done)];
        let end = self.done + words.len();
        let at = self.at(self.done);
        let label = self.draft.labels.iter().find(|l| l.at == at);
        let mut pushed = match label {
            Some(label) => registers_of(self.draft.lists[usize::from(label.list)]),
            None => self.pushed().to_vec(),
        };
        self.draft.words[self.done..end].copy_from_slice(words);
        if !self.stands(end) {
            self.draft.words[self.done..end].fill(UDF);
            return false;
        }
        for &word in words {
            follow(&mut pushed, word);
        }
        self.pushed[end] = Some(pushed);
        self.done = end;
        true
    }
}

/// What a word does to the list of pushed registers, for the choice of candidates only.
fn follow(pushed: &mut Vec<u8>, word: u32) {
    let (t, t2) = ((word & 31) as u8, (word >> 10 & 31) as u8);
    if word & 0xffff_ffe0 == 0xf800_85a0 {
        pushed.push(t);
    } else if word & 0xffff_83e0 == 0xa881_01a0 {
        pushed.extend([t, t2]);
    } else if word & 0xffff_ffe0 == 0xf85f_8da0 {
        pushed.pop();
    } else if word & 0xffff_83e0 == 0xa9ff_01a0 {
        pushed.truncate(pushed.len().saturating_sub(2));
    }
    pushed.retain(|r| (19..=30).contains(r));
    pushed.truncate(12);
}

/// A copy with one thing changed, and which word that is, if it is one.
pub fn mutate(draft: &Draft, rng: &mut Rng) -> (Draft, Option<usize>) {
    let mut other = draft.clone();
    let mut changed = None;
    let words = other.words.len() as u32;
    let word = |rng: &mut Rng| rng.u32(..words) as usize;
    let (labels, lists) = (other.labels.len() as u32, other.lists.len() as u32);
    match rng.u32(..12) {
        _ if words == 0 => other.words.push(rng.u32(..)),
        6 => {
            let at = word(rng);
            other.words[at] = other.words[word(rng)];
            changed = Some(at);
        }
        7 => other.words.swap(word(rng), word(rng)),
        8 | 9 if labels > 0 => {
            let label = &mut other.labels[rng.u32(..labels) as usize];
            match rng.u32(..5) {
                0 => label.registers ^= 1 << rng.u32(..32),
                1 => label.class = rng.u32(..20) as u8, // Small, like the next two.
                2 => label.class14 = rng.u32(..20) as u8,
                3 => label.list = rng.u32(..lists.max(1)) as u16,
                _ => label.at ^= 1 << rng.u32(..9),
            }
        }
        10 if lists > 0 => other.lists[rng.u32(..lists) as usize] ^= 1 << rng.u32(..16),
        11 if !other.targets.is_empty() => {
            let at = rng.u32(..(other.targets.len() as u32)) as usize;
            other.targets[at] ^= 1 << rng.u32(..9);
        }
        _ => {
            let at = word(rng);
            other.words[at] ^= 1 << rng.u32(..32);
            changed = Some(at);
        }
    }
    (other, changed)
}
