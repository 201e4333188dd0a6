// SPDX-License-Identifier: GPL-2.0
//! How large the functions of an image were before they were rewritten.

use crate::image::{Image, SymbolKind};
use crate::object::{self, archive, Object, SymbolType};
use crate::rewrite::Input;
use std::collections::HashMap;

/// Bytes of the image's functions as the compiler made them. A function is found again by its name;
/// one that is not found counts as it is now.
pub fn bytes_before(inputs: &[Input], image: &Image) -> u64 {
    let mut sizes: HashMap<String, Vec<u64>> = HashMap::new();
    for input in inputs {
        for object in objects(input) {
            let functions = object
                .symbols
                .iter()
                .filter(|s| s.kind == SymbolType::Function);
            for symbol in functions.filter(|s| s.size > 0) {
                sizes
                    .entry(symbol.name.to_owned())
                    .or_default()
                    .push(symbol.size);
            }
        }
    }
    // Local functions of one name come in the order of the objects, here and in the image.
    sizes.values_mut().for_each(|sizes| sizes.reverse());
    let functions = image
        .symbols
        .iter()
        .filter(|s| s.kind == SymbolKind::Function);
    let mut before = |name: &str| {
        let sizes = sizes.get_mut(name)?;
        let last = sizes.last().copied();
        if sizes.len() > 1 {
            sizes.pop();
        }
        last
    };
    functions
        .map(|f| before(&f.name).unwrap_or(u64::from(f.len)))
        .sum()
}

/// The objects of an input. What cannot be read has been refused by the rewriter before.
pub fn objects(input: &Input) -> Vec<Object<'_>> {
    let parse = |bytes| object::parse(input.name.clone(), bytes).ok();
    if !input.bytes.starts_with(archive::MAGIC) {
        return parse(&input.bytes).into_iter().collect();
    }
    let members = archive::members(&input.bytes).unwrap_or_default();
    members
        .iter()
        .filter_map(|member| parse(member.bytes))
        .collect()
}
