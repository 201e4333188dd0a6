// SPDX-License-Identifier: GPL-2.0
//! A metered function that is larger than its checks' branches reach: trap words stand within it.

use crate::{check, linked, options, program, tools, Mode};
use lore::image::SymbolKind;
use lore_abi::contract::TRAP_WORD;
use lore_abi::image::Profile;

/// How far `tbnz` reaches, in bytes.
const REACH: u32 = 32 << 10;

#[test]
fn large_metered_functions_have_trap_words_within_reach() {
    let source = program("large");
    let expected = tools::natively(std::slice::from_ref(&source), &[], "large", &source);
    check("large", "-O2", &[], Mode::Metered(Profile::Uxtw), &expected);
    let inputs = [tools::compile(&source, "-O2", &[])];
    let image = linked("large", &inputs, &options(Mode::Metered(Profile::Uxtw)));
    let mut functions = image.symbols.iter();
    let is_it = |name: &str, kind| name == "large" && kind == SymbolKind::Function;
    let large = functions.find(|symbol| is_it(&symbol.name, symbol.kind));
    let large = large.expect("the function, not in line");
    assert!(large.len > REACH, "{}", large.len);
    let words = image.code.chunks_exact(4);
    let words = words.map(|word| u32::from_le_bytes(word.try_into().expect("four bytes")));
    let traps = words.filter(|&word| word == TRAP_WORD).count();
    assert!(traps > 1, "{traps}");
}
