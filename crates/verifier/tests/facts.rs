// SPDX-License-Identifier: GPL-2.0
//! Intervals against numbers: whatever value a register can have under a fact, it can have what the fact becomes.

use lore_abi::contract::{REACH_LEN, TOUCH_LEN};
use lore_verifier::facts::{Facts, Interval, TOUCH_INSIDE, TOUCH_OFFSET};
use proptest::prelude::*;

/// A window's length in the model; any that is large against the bounds will do.
const WINDOW: i64 = 1 << 32;

/// Whether a value, counted from the window's start, fits a fact.
fn fits(interval: Interval, value: i64) -> bool {
    value >= i64::from(interval.lo()) && value <= WINDOW + i64::from(interval.hi())
}

/// How far outside a register can be.
fn outside(interval: Interval) -> i32 {
    (-interval.lo()).max(interval.hi()).max(0)
}

/// A fact that steps and accesses can make.
fn interval() -> impl Strategy<Value = Interval> {
    let step = prop_oneof![-600i32..600, -5000i32..5000, -REACH_LEN..REACH_LEN];
    (
        0..=REACH_LEN,
        proptest::collection::vec((step, -512i32..4096, 1u8..17), 0..6),
    )
        .prop_map(|(bound, steps)| {
            let mut interval = Interval::around(bound).unwrap();
            for (step, offset, size) in steps {
                interval = interval
                    .shifted(step)
                    .unwrap_or(interval)
                    .touched(offset, size);
            }
            interval
        })
}

/// A value under the fact, mostly near one of its ends.
fn value(interval: Interval) -> impl Strategy<Value = i64> {
    let (lo, hi) = (i64::from(interval.lo()), WINDOW + i64::from(interval.hi()));
    prop_oneof![
        Just(lo),
        Just(hi),
        lo..=lo + 10_000,
        hi - 10_000..=hi,
        lo..=hi
    ]
}

proptest! {
    #[test]
    fn a_step_moves_the_value_and_the_fact(
        (from, at) in interval().prop_flat_map(|i| (Just(i), value(i))),
        step in prop_oneof![-5000i32..5000, any::<i32>()],
    ) {
        if let Some(to) = from.shifted(step) {
            prop_assert!(fits(to, at + i64::from(step)));
            prop_assert!(outside(to) <= REACH_LEN);
        } else {
            let far = i64::from(from.lo()) + i64::from(step) < -i64::from(REACH_LEN)
                || i64::from(from.hi()) + i64::from(step) > i64::from(REACH_LEN);
            prop_assert!(far, "a fact is lost without need");
        }
    }

    #[test]
    fn a_covered_access_stays_within_reach(
        (from, at) in interval().prop_flat_map(|i| (Just(i), value(i))),
        offset in -512i32..32761, size in 1u8..17,
    ) {
        let (start, end) = (at + i64::from(offset), at + i64::from(offset) + i64::from(size));
        if from.covers(offset, size) {
            prop_assert!(start >= -i64::from(REACH_LEN) && end <= WINDOW + i64::from(REACH_LEN));
        }
        prop_assert_eq!(
            from.covers(offset, size),
            outside(from) + offset.abs() + i32::from(size) <= REACH_LEN
        );
    }

    #[test]
    fn what_did_not_fault_was_inside(
        (from, at) in interval().prop_flat_map(|i| (Just(i), value(i))),
        offset in prop_oneof![-512i32..2048, -512i32..32761], size in 1u8..17,
    ) {
        let start = at + i64::from(offset);
        let end = start + i64::from(size);
        let to = from.touched(offset, size);
        if start >= 0 && end <= WINDOW {
            prop_assert!(fits(to, at), "{from:?} {to:?} {at}");
        }
        // In the shadow of a fault the value is where it was, and the fact may be wrong by a page at most.
        if fits(from, at) && to != from {
            let wrong = (i64::from(to.lo()) - at).max(at - WINDOW - i64::from(to.hi())).max(0);
            prop_assert!(wrong <= i64::from(TOUCH_LEN), "{from:?} {to:?} {at}");
        }
        prop_assert!(to.lo() >= from.lo() && to.hi() <= from.hi(), "an access makes no fact weaker");
        prop_assert!(to.lo() <= from.lo().max(TOUCH_INSIDE) && to.hi() >= from.hi().min(-TOUCH_INSIDE));
        if offset > TOUCH_OFFSET {
            prop_assert_eq!(to, from);
        }
    }

    /// The transient window: whatever the order of steps and accesses, what the facts claim too much grows by at most
    /// 2 KiB a word, from the 4 KiB of a single access on.
    #[test]
    fn errors_in_the_shadow_of_a_fault_grow_slowly(
        steps in proptest::collection::vec(
            (any::<bool>(), prop_oneof![-9000i32..9000, -600i32..600, -40_000i32..40_000], -512i32..1100, 1u8..17), 1..200),
    ) {
        let mut interval = Interval::INSIDE;
        // The farthest that the register may truly be, above the end and below the start.
        let (mut above, mut below) = (0i64, 0i64);
        for (words, (adds, step, offset, size)) in steps.into_iter().enumerate() {
            if adds {
                let Some(moved) = interval.shifted(step) else { continue };
                interval = moved;
                above += i64::from(step);
                below -= i64::from(step);
            } else {
                interval = interval.touched(offset, size);
            }
            let error = (above - i64::from(interval.hi())).max(below + i64::from(interval.lo()));
            prop_assert!(error <= 4096 + 2048 * (words as i64 + 1), "{error} after {} words", words + 1);
        }
    }
}

/// What happens to a register of the profile `low`.
#[derive(Clone, Copy, Debug)]
enum Walk {
    /// 32 bits of it are written.
    Write,
    Step(i32),
    Touch(i32, u8),
}

proptest! {
    /// In the profile `low`: a bound that is firm follows from writes and steps alone, and each fact says at most what the default's
    /// would. So what is proven of the default's holds of it.
    #[test]
    fn what_is_firm_leans_on_no_access(
        walk in proptest::collection::vec(prop_oneof![
            1 => Just(Walk::Write),
            4 => prop_oneof![-16i32..17, -5000i32..5000, Just(REACH_LEN), Just(-REACH_LEN)].prop_map(Walk::Step),
            4 => (prop_oneof![-16i32..17, -512i32..1100], 1u8..17).prop_map(|(offset, size)| Walk::Touch(offset, size)),
        ], 1..40),
    ) {
        let (mut low, mut default) = (Interval::INSIDE, Interval::INSIDE);
        // The least that the register can be, if no access has told anything.
        let mut least = 0i64;
        for walk in walk {
            match walk {
                Walk::Write => (low, default, least) = (Interval::INSIDE, Interval::INSIDE, 0),
                Walk::Step(step) => match low.shifted_firmly(step) {
                    Some(moved) => {
                        low = moved;
                        default = default.shifted(step).expect("it says more");
                        least += i64::from(step);
                    }
                    None => continue,
                },
                Walk::Touch(offset, size) => {
                    low = low.touched_firmly(offset, size);
                    default = default.touched(offset, size);
                }
            }
            prop_assert_eq!(low.is_firm(), low.lo() >= 0);
            if low.is_firm() {
                prop_assert!(least >= i64::from(low.lo()), "{low:?}, but {least} by steps");
            }
            prop_assert!(default.within(low), "{low:?} says more than {default:?}");
        }
    }
}

#[test]
fn firm_bounds() {
    let down = Interval::INSIDE.shifted_firmly(-8).unwrap();
    assert_eq!((down.lo(), down.hi()), (-8, -8));
    // An access proves that it was not below 0, and a step goes above it; neither is taken for sure.
    assert_eq!(down.touched_firmly(0, 8).lo(), -1);
    assert_eq!(down.shifted_firmly(8).map(Interval::lo), Some(-1));
    assert_eq!(down.shifted_firmly(4).map(Interval::lo), Some(-4));
    assert_eq!(down.shifted_firmly(8).map(Interval::hi), Some(0));
    assert_eq!(down.touched_firmly(4, 4).lo(), -4);
    // Steps up and back lean on nothing, and an access adds nothing to what they say.
    let up = Interval::INSIDE.shifted_firmly(8).unwrap();
    assert_eq!(up.shifted_firmly(-8), Some(Interval::INSIDE));
    assert_eq!(Interval::INSIDE.touched_firmly(-8, 8), Interval::INSIDE);
    // At the end of the window it proves what it does everywhere.
    assert_eq!(up.touched_firmly(0, 8).hi(), up.touched(0, 8).hi());
    assert_eq!(up.shifted_firmly(REACH_LEN), None);
    assert!(Interval::INSIDE.is_firm() && !Interval::STACK.is_firm() && !around(1).is_firm());
}

/// What happens to facts between two branches.
#[derive(Clone, Debug)]
enum Change {
    Claim(u32, i32, i32),
    Keep(u32),
    Replace(u32, u8, Option<Interval>),
    Narrow(u8, Interval),
    Forget(u32),
    Inside(u32),
}

fn change() -> impl Strategy<Value = Change> {
    let bound = || prop_oneof![Just(0), Just(8), Just(16), Just(1024)];
    let register = || prop_oneof![0u8..3, 14u8..16];
    // Few registers, so that the same ones come again and again.
    let mask = || proptest::bits::u32::masked(0b1100_0000_0000_0111);
    let fact = move || (bound(), -20i32..20).prop_map(|(b, step)| around(b).shifted(step).unwrap());
    prop_oneof![
        (mask(), bound(), bound()).prop_map(|(mask, b, stack)| Change::Claim(mask, b, stack)),
        mask().prop_map(Change::Keep),
        (mask(), register(), proptest::option::of(fact()))
            .prop_map(|(mask, register, fact)| Change::Replace(mask, register, fact)),
        (register(), fact()).prop_map(|(register, fact)| Change::Narrow(register, fact)),
        mask().prop_map(Change::Forget),
        mask().prop_map(Change::Inside),
    ]
}

proptest! {
    /// What is noted of many registers at once says what the facts of each say.
    #[test]
    fn an_edge_establishes_what_each_register_is_known_to_keep(
        changes in proptest::collection::vec(change(), 1..24),
    ) {
        let mut facts = Facts::afar();
        for change in changes {
            match change {
                Change::Claim(registers, bound, stack) => facts.claim(registers, around(bound), around(stack)),
                Change::Keep(registers) => facts.keep(registers),
                Change::Replace(written, register, fact) => facts.replace(written, register, fact),
                // An access narrows the fact that allowed it.
                Change::Narrow(register, fact) => if facts.of(register).is_some_and(|old| fact.within(old)) {
                    facts.narrow(register, fact);
                },
                Change::Forget(registers) => facts.forget(registers),
                Change::Inside(registers) => {
                    let before = facts;
                    facts.learn_inside(registers);
                    for register in 0..32 {
                        let learnt = (registers >> register & 1 == 1).then_some(Interval::INSIDE);
                        prop_assert_eq!(facts.of(register), learnt.or(before.of(register)), "x{}", register);
                    }
                }
            }
            for bound in [0, 8, 16, 1024].map(around) {
                for register in (0..32).filter(|&register| register != 15) {
                    let kept = facts.of(register).is_some_and(|fact| fact.within(bound));
                    prop_assert_eq!(facts.establish(1 << register, bound), kept, "x{}: {:?}", register, facts);
                }
                let kept = |register: &u8| facts.is_within(*register, bound);
                prop_assert_eq!(facts.establish(7, bound), [0, 1, 2].iter().all(kept), "{:?}", facts);
            }
        }
    }
}

/// A fact by its bound.
fn around(bound: i32) -> Interval {
    Interval::around(bound).unwrap()
}

#[test]
fn bounds() {
    assert_eq!(Interval::around(-1), None);
    assert_eq!(Interval::around(REACH_LEN + 1), None);
    let far = Interval::around(REACH_LEN).unwrap();
    assert!(far.within(far) && !far.within(around(REACH_LEN - 1)));
    assert!(Interval::INSIDE.within(Interval::INSIDE) && Interval::INSIDE.within(far));
    assert_eq!(Interval::of_class(0), Some(Interval::INSIDE));
    assert_eq!(Interval::of_class(8), Some(Interval::STACK));
    assert_eq!(Interval::of_class(17), Interval::around(512 << 10));
    assert_eq!(Interval::of_class(18), None);
    // What is far inside stays within the invariant, and says less for it.
    let walk = |interval: Interval, step| interval.shifted(step).unwrap().touched(0, 8);
    let up = (0..300).fold(Interval::INSIDE, |interval, _| walk(interval, 4000));
    assert_eq!((up.lo(), up.hi()), (REACH_LEN, 0));
    let down = (0..300).fold(Interval::INSIDE, |interval, _| walk(interval, -4000));
    assert_eq!((down.lo(), down.hi()), (0, -REACH_LEN));
    assert_eq!(far.shifted(1), None);
    assert_eq!(far.shifted(-1), None);
    assert_eq!(Interval::around(0), Some(Interval::INSIDE));
    for step in [-REACH_LEN, REACH_LEN] {
        assert!(Interval::INSIDE.shifted(step).is_some());
        assert_eq!(Interval::INSIDE.shifted(step + step.signum()), None);
    }
    assert_eq!(Interval::INSIDE.shifted(i32::MIN), None);
    assert_eq!(Interval::INSIDE.shifted(i32::MAX), None);
}

#[test]
fn facts_of_registers() {
    let mut facts = Facts::afar();
    assert_eq!(facts.of(14), Some(Interval::STACK));
    assert_eq!(facts.of(15), Some(Interval::INSIDE));
    assert!((0..14)
        .chain(16..32)
        .all(|register| facts.of(register).is_none()));
    facts.replace(1 << 15, 15, Some(Interval::STACK));
    facts.replace(1 << 15, 15, None);
    facts.narrow(15, Interval::STACK);
    assert_eq!(facts.of(15), Some(Interval::INSIDE), "x15 is what it is");
    facts.replace(1 << 3 | 1 << 5, 3, Some(Interval::STACK));
    facts.replace(1 << 5, 6, Some(Interval::INSIDE));
    assert_eq!(facts.of(6), None, "x6 is not written");
    facts.replace(1 << 6, 6, Some(Interval::INSIDE));
    assert!(facts.establish(1 << 6, Interval::INSIDE));
    facts.replace(1 << 6, 6, None);
    assert!(!facts.establish(1 << 6, around(1 << 20)), "x6 is forgotten");
    facts.forget(1 << 15 | 1 << 14);
    assert_eq!((facts.of(15), facts.of(14)), (Some(Interval::INSIDE), None));
    assert!(facts.establish(1 << 3, around(1024)) && !facts.establish(1 << 3, around(1023)));
    assert!(facts.establish(0, Interval::INSIDE) && facts.establish(1 << 15, Interval::INSIDE));
    assert!(
        !facts.establish(1 << 3 | 1 << 4, around(1 << 20)),
        "of x4 nothing is known"
    );
    facts.keep(1 << 3);
    assert_eq!(
        (facts.of(3), facts.of(14)),
        (Some(Interval::STACK), Some(Interval::STACK))
    );
    // What is narrow enough is inside, and what takes its place is not for that.
    facts.narrow(3, Interval::INSIDE);
    assert!(facts.establish(1 << 3, Interval::INSIDE));
    facts.replace(1 << 3, 3, Some(Interval::STACK));
    assert!(!facts.establish(1 << 3, Interval::INSIDE));
    facts.claim(
        1 << 4 | 1 << 29,
        Interval::INSIDE,
        Interval::around(8).unwrap(),
    );
    assert_eq!(
        (facts.of(3), facts.of(4), facts.of(29)),
        (None, Some(Interval::INSIDE), Some(Interval::INSIDE))
    );
    assert_eq!(facts.of(14), Interval::around(8));
    facts.keep(0);
    assert_eq!((facts.of(4), facts.of(15)), (None, Some(Interval::INSIDE)));
    facts.learn_inside(1 << 2 | 1 << 14 | 1 << 15 | 1 << 29);
    assert!([2, 14, 15, 29]
        .iter()
        .all(|&register| facts.of(register) == Some(Interval::INSIDE)));
    assert!(facts.establish(1 << 2 | 1 << 14 | 1 << 29, Interval::INSIDE));
    assert_eq!(facts.of(3), None);
    facts.forget(1 << 2);
    assert!(!facts.establish(1 << 2, around(1 << 20)), "x2 is forgotten");
    facts.replace(1 << 29, 29, Some(Interval::STACK));
    assert!(!facts.establish(1 << 29, Interval::INSIDE));
}

/// The same by search: of all sequences of steps and accesses on a grid of 512 bytes, the worst.
#[test]
fn no_ladder_of_accesses_outruns_the_band() {
    const GRID: i32 = 512;
    // One side suffices at a time; the other bound is kept far inside, as a guard's sum would.
    for upper in [true, false] {
        let mut worst = std::collections::BTreeMap::from([(0, 0i64)]);
        for words in 1..=96i64 {
            let mut next = worst.clone();
            for (&bound, &error) in &worst {
                // A side's bound grows outwards; the access's offset counts against it.
                let mut reach = |bound: i32, error: i64| {
                    let best = next.entry(bound).or_insert(error);
                    *best = (*best).max(error);
                };
                for to in -4..=16 {
                    // An addition of whatever size: bound and truth move alike.
                    reach(to * GRID, error);
                }
                for offset in (-1..=2).map(|n| n * GRID) {
                    let shift = if upper { bound } else { -bound };
                    let Some(before) = Interval::INSIDE.shifted(shift) else {
                        continue;
                    };
                    let after = before.touched(offset, 1);
                    let bound_after = if upper { after.hi() } else { -after.lo() };
                    let gained = i64::from(bound - bound_after);
                    reach(bound_after, error + gained);
                    // Write-back steps by at most 512 in the same word.
                    reach(bound_after + GRID, error + gained);
                }
            }
            worst = next;
            let most = worst.values().copied().max().unwrap_or(0);
            assert!(
                most <= 4096 + 2048 * words,
                "{most} after {words} words, upper: {upper}"
            );
        }
    }
}
