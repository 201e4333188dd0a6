// SPDX-License-Identifier: GPL-2.0
//! Frame lists, and the list at every word as the kernel's backtrace wants it.

use lore_abi::contract::TRAP_WORD;
use lore_sandbox::code::{plan, CodeLayout, Demand};
use lore_verifier::frames::{list_at, FrameList, ShadowMove, WALK_MAX};
use lore_verifier::Image;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_list_is_a_stack_without_duplicates(moves in proptest::collection::vec((any::<bool>(), 0u8..32), 0..60)) {
        let mut list = FrameList::EMPTY;
        let mut model: Vec<u8> = Vec::new();
        for (push, register) in moves {
            if push {
                let may = (19..=30).contains(&register) && !model.contains(&register);
                let pushed = list.push(register);
                prop_assert_eq!(pushed.is_some(), may);
                if let Some(pushed) = pushed {
                    list = pushed;
                    model.push(register);
                }
            } else {
                let popped = list.pop(register);
                prop_assert_eq!(popped.is_some(), model.last() == Some(&register));
                if let Some(popped) = popped {
                    list = popped;
                    model.pop();
                }
            }
            prop_assert_eq!(list.registers().collect::<Vec<_>>(), model.clone());
            prop_assert_eq!(list.len() as usize, model.len());
            prop_assert_eq!(list.is_empty(), model.is_empty());
            prop_assert_eq!(list.mask(), model.iter().fold(0, |mask, r| mask | 1 << r));
            prop_assert_eq!(list.link_slot(), model.iter().position(|&r| r == 30).map(|i| i as u32));
            prop_assert!((0..32).all(|r| list.has(r) == model.contains(&r)));
            prop_assert_eq!(FrameList::parse(list.bits()), Some(list));
        }
    }

    #[test]
    fn parsing_takes_what_pushing_makes(claim in prop_oneof![any::<u64>(), 0u64..1 << 16, 0u64..1 << 24]) {
        let codes: Vec<u8> = (0..16).map(|i| ((claim >> (4 * i)) & 15) as u8).collect();
        let used: Vec<u8> = codes.iter().copied().take_while(|&code| code != 0).collect();
        let mut sorted = used.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let fine = codes[used.len()..].iter().all(|&code| code == 0)
            && used.iter().all(|&code| code <= 12)
            && sorted.len() == used.len();
        prop_assert_eq!(FrameList::parse(claim).is_some(), fine);
    }
}

const PUSH_LINK: u32 = 0xf800_85be; // str x30, [x13], #8
const PUSH_PAIR: u32 = 0xa881_51b3; // stp x19, x20, [x13], #16
const POP_PAIR: u32 = 0xa9ff_51b3; // ldp x19, x20, [x13, #-16]!
const POP_LINK: u32 = 0xf85f_8dbe; // ldr x30, [x13, #-8]!
const RET: u32 = 0xd65f_03c0;
const NOP: u32 = 0xd503_201f;
const B: u32 = 0x1400_0000;

#[test]
fn the_four_moves() {
    assert_eq!(ShadowMove::of(PUSH_LINK), Some(ShadowMove::Push(30)));
    assert_eq!(
        ShadowMove::of(PUSH_PAIR),
        Some(ShadowMove::PushPair(19, 20))
    );
    assert_eq!(ShadowMove::of(POP_PAIR), Some(ShadowMove::PopPair(19, 20)));
    assert_eq!(ShadowMove::of(POP_LINK), Some(ShadowMove::Pop(30)));
    for word in [PUSH_LINK, PUSH_PAIR, POP_PAIR, POP_LINK] {
        // Neither another base nor any other bit outside the register fields makes a move.
        for bit in (5..10)
            .chain(15..32)
            .chain((word >> 31 & word >> 30 & 1 != 0).then_some(10))
        {
            assert_eq!(
                ShadowMove::of(word ^ 1 << bit),
                None,
                "{word:08x} bit {bit}"
            );
        }
    }
    let pair = ShadowMove::PushPair(19, 20)
        .apply(FrameList::EMPTY)
        .unwrap();
    assert_eq!(pair.registers().collect::<Vec<_>>(), [19, 20]);
    assert_eq!(ShadowMove::PopPair(20, 19).apply(pair), None);
    assert_eq!(
        ShadowMove::PopPair(19, 20).apply(pair),
        Some(FrameList::EMPTY)
    );
}

/// Words, and labels at word numbers with list numbers.
fn at_each(words: &[u32], labels: &[(u32, u16)], lists: &[u64]) -> Vec<Option<u64>> {
    let code: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let layout = plan(Demand {
        targets: 0,
        imports: 0,
        code_len: code.len() as u64,
    })
    .unwrap();
    let labels: Vec<u8> = labels
        .iter()
        .flat_map(|&(word, list)| {
            let mut label = (layout.code_at + 4 * word).to_le_bytes().to_vec();
            label.extend([0, 0, 0, 0, 0, 8]);
            label.extend(list.to_le_bytes());
            label
        })
        .collect();
    let lists: Vec<u8> = lists.iter().flat_map(|list| list.to_le_bytes()).collect();
    let image = image(&code, &labels, &lists);
    let at = |word: u32| list_at(&image, &layout, layout.code_at + 4 * word).map(FrameList::bits);
    assert_eq!(list_at(&image, &layout, layout.code_end), None);
    assert_eq!(list_at(&image, &layout, layout.code_at - 4), None);
    assert_eq!(list_at(&image, &layout, layout.code_at + 2), None);
    (0..words.len() as u32).map(at).collect()
}

fn image<'a>(code: &'a [u8], labels: &'a [u8], lists: &'a [u8]) -> Image<'a> {
    Image {
        code,
        labels,
        lists,
        targets: &[],
        entries: &[],
        imports: &[],
        relocs: &[],
        data_len: 0,
        guards: &[],
        window_len: 0,
        profile: 0,
        flags: 0,
    }
}

#[test]
fn lists_at_the_words_of_a_function() {
    let words = [
        NOP, PUSH_LINK, PUSH_PAIR, NOP, POP_PAIR, POP_LINK, RET, NOP, NOP, POP_LINK, B, NOP,
    ];
    let got = at_each(&words, &[(1, 0), (9, 1)], &[0, 12]);
    let (link, all) = (Some(12), Some(0x21c));
    assert_eq!(
        got,
        [
            None,
            Some(0),
            link,
            all,
            all,
            link,
            Some(0),
            None,
            None,
            link,
            Some(0),
            None
        ],
        "nothing is known before the first label, behind ret and behind b"
    );
}

#[test]
fn a_labelled_trap_word_has_no_list() {
    let got = at_each(
        &[NOP, TRAP_WORD, NOP, TRAP_WORD, NOP],
        &[(1, 1), (2, 1)],
        &[0, 12],
    );
    assert_eq!(got, [None, None, Some(12), Some(12), None]);
}

#[test]
fn a_walk_is_bounded() {
    let words = vec![NOP; WALK_MAX as usize + 2];
    let code: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let layout: CodeLayout = plan(Demand {
        targets: 0,
        imports: 0,
        code_len: code.len() as u64,
    })
    .unwrap();
    let mut label = layout.code_at.to_le_bytes().to_vec();
    label.extend([0, 0, 0, 0, 0, 8, 0, 0]);
    let image = image(&code, &label, &[0; 8]);
    let last = layout.code_at + 4 * (WALK_MAX - 1);
    assert_eq!(list_at(&image, &layout, last), Some(FrameList::EMPTY));
    assert_eq!(list_at(&image, &layout, last + 4), None);
}

#[test]
fn tables_that_are_not_the_verified_ones_give_no_list() {
    let got = at_each(&[PUSH_LINK, PUSH_LINK, NOP], &[(0, 0)], &[0]);
    assert_eq!(got, [Some(0), Some(12), None], "pushed twice");
    assert_eq!(at_each(&[NOP], &[(0, 3)], &[0]), [None], "no such list");
    assert_eq!(
        at_each(&[NOP], &[(0, 1)], &[0, 13]),
        [None],
        "no such register"
    );
}
