// SPDX-License-Identifier: GPL-2.0
//! What a guard profile changes of the contract. The pass is compiled once for each contract, so that a profile costs the
//! others nothing.

use crate::classes::Class;

/// A contract, as far as contracts differ.
pub trait Contract {
    /// Loads need no fact about their base. Stores, prefetches, exclusive and ordered accesses do.
    const FREE_LOADS: bool;
    /// The class of the second word of two that make a fact: `movk` where two put the window's upper half in, `add` behind `and`.
    const DERIVES: Option<Class>;
    /// The window is as large as the image says, a power of two, and its bands lie outside of it: nothing that goes by a
    /// register's low half makes a fact.
    const MASKS: bool;
    /// The window begins at address 0: a register of which a word has written 32 bits lies in it. A lower bound of at least 0 holds
    /// in the shadow of a misprediction, too, and a sum of two registers that has one may be accessed.
    const LOW: bool;
}

/// The contract that carries the guarantee: of `uxtw`, and of `match`, which is a matter of the rewriter alone.
pub struct Guarded;

impl Contract for Guarded {
    const FREE_LOADS: bool = false;
    const DERIVES: Option<Class> = None;
    const MASKS: bool = false;
    const LOW: bool = false;
}

/// Of `stores`: the guarantee does not hold for reads.
pub struct Stores;

impl Contract for Stores {
    const FREE_LOADS: bool = true;
    const DERIVES: Option<Class> = None;
    const MASKS: bool = false;
    const LOW: bool = false;
}

/// Of `movk`: one more way to make a fact.
pub struct Movk;

impl Contract for Movk {
    const FREE_LOADS: bool = false;
    const DERIVES: Option<Class> = Some(Class::MoveKeep);
    const MASKS: bool = false;
    const LOW: bool = false;
}

/// Of `mask`: windows smaller than 4 GiB.
pub struct Mask;

impl Contract for Mask {
    const FREE_LOADS: bool = false;
    const DERIVES: Option<Class> = Some(Class::Binary);
    const MASKS: bool = true;
    const LOW: bool = false;
}

/// Of `low`: the window begins at address 0.
pub struct Low;

impl Contract for Low {
    const FREE_LOADS: bool = false;
    const DERIVES: Option<Class> = None;
    const MASKS: bool = false;
    const LOW: bool = true;
}
