// SPDX-License-Identifier: GPL-2.0
//! The verifier's rules. Each id has a heading in `docs/rules.md`, one function in `crates/verifier/src/rules/`
//! and a folder of cases in `tests/verifier/reject/`.

codes! {
    /// Why the verifier refused a word. Numbers are ABI: append, never reuse.
    pub enum Rule {
        UnknownInstruction = 1, "INS-1", "the word is no instruction of the table for this CPU";
    }
}
