// SPDX-License-Identifier: GPL-2.0
//! The pass: one look at every word, in order, with the state that holds before it.
//!
//! ```text
//!             +-- label here? the state must establish its claims, then they are the state
//!   word  ----+-- class, effects --> rules --> the state after it
//!             +-- branch? the state must establish the claims of the target's label
//! ```

mod compute;
mod flow;

use crate::classes::{absent, find, is_branch, judge_exception, refusal_of, Class};
use crate::facts::Facts;
use crate::frames::FrameList;
use crate::places::Places;
use crate::profile::Contract;
use crate::rules::{frame, registers};
use crate::shape::{shape_of, Shape};
use crate::tables::{u32_at, LabelIter};
use crate::{Image, Policy, Violation};
use core::marker::PhantomData;
use lore_abi::image::Label;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// How control comes to the word at hand from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// It may.
    Live,
    /// Not at all: there is no word before.
    Start,
    /// Only by speculation past a `ret`.
    Returned,
    /// Only in the shadow of the trap word's fault.
    Trapped,
    /// Not at all: the word before is `b`.
    Cut,
}

/// What holds before a word.
struct State {
    facts: Facts,
    list: FrameList,
    /// The number of a frame list of the image that is `list`, if one is known.
    list_number: Option<u16>,
    /// The registers that no word but a push, a pop or a call may write, whatever is pushed.
    kept: u32,
    /// The same where `list` is what is pushed.
    unwritable: u32,
    reach: Reach,
}

impl State {
    /// Before the first word of an image with these flags.
    const fn start(flags: u32) -> State {
        let kept = registers::unwritable(flags);
        State {
            facts: Facts::afar(),
            list: FrameList::EMPTY,
            list_number: None,
            kept,
            unwritable: kept | frame::SAVED,
            reach: Reach::Start,
        }
    }

    /// Another frame list, of this number in the image if it is known to be there.
    #[inline]
    fn set_list(&mut self, list: FrameList, number: Option<u16>) {
        self.list = list;
        self.list_number = number;
        self.unwritable = self.kept | (frame::SAVED & !list.mask());
    }

    /// Whether x9 is the biased base.
    #[inline]
    const fn has_biased(&self) -> bool {
        self.kept & registers::BIASED != 0
    }
}

struct Pass<'a, C> {
    image: &'a Image<'a>,
    policy: &'a Policy,
    layout: &'a CodeLayout,
    places: Places<'a>,
    /// Region offset behind the last word of the table sequences that have been judged.
    sequence_end: u32,
    /// Which word is refused, if not the word at hand.
    elsewhere: Option<u32>,
    /// The next word at which more is to be done than to judge it: one with a label, the first, or one behind `b`.
    stop: u32,
    /// The first label that is not before the word at hand.
    next: Label,
    /// The labels behind it.
    later: LabelIter<'a>,
    /// Where the label before it is.
    entered: u32,
    state: State,
    contract: PhantomData<C>,
}

/// What is behind the last label: one that no word has, since code ends long before.
const NO_LABEL: Label = Label {
    at: u32::MAX,
    registers: 0,
    class: 0,
    class14: 0,
    list: 0,
};

/// Looks at every word, under the contract `C`.
#[inline(never)]
pub fn run<C: Contract>(
    image: &Image<'_>,
    policy: &Policy,
    layout: &CodeLayout,
    places: Places<'_>,
) -> Result<(), Violation> {
    let mut pass = Pass::<C> {
        image,
        policy,
        layout,
        places,
        sequence_end: 0,
        elsewhere: None,
        stop: layout.code_at,
        next: NO_LABEL,
        later: places.labels().iter(),
        entered: NO_LABEL.at,
        state: State::start(image.flags),
        contract: PhantomData,
    };
    pass.find_next();
    let absent = absent(policy.features);
    let mut words = words(image.code);
    let mut at = layout.code_at;
    // A word is looked up while the one before it is judged: a processor that went the wrong way there knows this one
    // already when it comes back.
    let mut coming = words.next().map(|word| (word, find(word, absent)));
    while let Some((word, class)) = coming {
        coming = words.next().map(|word| (word, find(word, absent)));
        if let Err(rule) = pass.step(at, word, class) {
            return Err(pass.violation(at, rule));
        }
        // Cannot wrap: the layout keeps every offset under 2^31.
        at = at.wrapping_add(4);
    }
    Ok(())
}

/// The words of some code.
fn words(code: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let bytes = code.chunks_exact(4).map(<[u8]>::first_chunk::<4>);
    bytes.map_while(|bytes| bytes.map(|bytes| u32::from_le_bytes(*bytes)))
}

/// Judges a word as one of its class. For the classes that make up most of all code the compiler makes a way each, from
/// the same source, where everything that the class decides is decided; the others share one that looks it up.
macro_rules! judge_as {
    ($pass:ident, $at:ident, $word:ident, $class:ident, $($common:ident)+) => {
        match $class {
            $(Class::$common => $pass.judge($at, $word, Class::$common, shape_of(Class::$common)),)+
            class => $pass.judge_rest($at, $word, class),
        }
    };
}

impl<C: Contract> Pass<'_, C> {
    /// The code's word at a region offset.
    #[inline]
    fn word(&self, at: u32) -> Option<u32> {
        u32_at(self.image.code, at.checked_sub(self.layout.code_at)? >> 2)
    }

    /// What a refusal of the word at hand, or of the one to be named instead, says to the outside.
    #[cold]
    fn violation(&self, at: u32, rule: Rule) -> Violation {
        let at = self.elsewhere.unwrap_or(at);
        let word = self.word(at).unwrap_or(0);
        Violation { at, word, rule }
    }

    /// Judges the word at hand.
    #[inline(always)]
    fn step(&mut self, at: u32, word: u32, class: Option<Class>) -> Result<(), Rule> {
        if self.stop == at {
            if self.next.at == at {
                self.arrive(at)?;
            } else {
                self.go_on(word)?;
            }
            self.stop = self.next.at;
        }
        let Some(class) = class else {
            return Err(refusal_of(word));
        };
        judge_as!(self, at, word, class,
            AddSubImm64 AddSubImm32 AddSubFlagsImm LogicalImm MoveWide Unary Binary LogicalShifted AddSubExtended
            Ternary Branch Call BranchIf BranchZero BranchBit Return TablePage TableLoad TableCall
            StoreImm LoadImm StoreUnscaled LoadUnscaled StoreWindow LoadWindow
            StorePair LoadPair StorePost LoadPre StorePairPost LoadPairPre)
    }

    /// Judges a word of a class without a way of its own.
    #[inline(never)]
    fn judge_rest(&mut self, at: u32, word: u32, class: Class) -> Result<(), Rule> {
        self.judge(at, word, class, shape_of(class))
    }

    /// Judges a word of `class`, whose shape is `shape`.
    #[inline(always)]
    fn judge(&mut self, at: u32, word: u32, class: Class, shape: Shape) -> Result<(), Rule> {
        if is_branch(class) {
            self.transfer(at, word, class, shape)
        } else {
            judge_exception(word, class)?;
            self.compute(at, word, class, shape)
        }
    }
}
