// SPDX-License-Identifier: GPL-2.0
//! The image: all functions at their places, the tables the kernel wants, and what people want to see.

use super::code::{place_code, Code};
use super::decode::features;
use super::emit::{patch_branch, Need};
use super::encode::adrp_link;
use super::error::{Error, Problem};
use super::layout::Layout;
use super::origin;
use super::program::Program;
use super::Options;
use crate::image::{Image, Note, NoteKind, Place, Symbol, SymbolKind};
use crate::object::{SectionKind, SymbolPlace, SymbolType};
use lore_abi::contract::{BOUND_CLASS_STACK, TRAP_WORD};
use lore_abi::image::{Entry, Header, Label, FLAG_BIASED, FLAG_METERED, MAGIC};
use std::collections::HashMap;

/// The image's flags.
fn flags(options: &Options, code: &Code) -> u32 {
    if options.metered {
        FLAG_METERED
    } else if code.biased {
        FLAG_BIASED
    } else {
        0
    }
}

/// Rewrites all functions and puts the image together.
pub fn assemble(
    program: &Program<'_>,
    layout: &Layout<'_>,
    options: &Options,
) -> Result<Image, Error> {
    let code = place_code(program, layout, options)?;
    let (data, relocs) = layout.data(program, &code.entries, |function| {
        code.at[function as usize] != 0
    })?;
    let mut image = Image {
        header: Header {
            magic: MAGIC,
            abi_version: lore_abi::ABI_VERSION,
            profile: options.guard.number(),
            flags: flags(options, &code),
            features: 0,
            stack_len: options.wishes.stack_len,
            ring_len: options.wishes.ring_len,
            heap_max: options.wishes.heap_max,
            window_len: options.window_len,
        },
        code: Vec::with_capacity((code.layout.code_end - code.layout.code_at) as usize),
        data,
        bss_len: layout.bss_len,
        labels: Vec::new(),
        lists: vec![0],
        targets: layout
            .targets
            .iter()
            .map(|&index| code.at[index as usize])
            .collect(),
        entries: Vec::new(),
        places: Vec::new(),
        imports: program.gates.iter().map(|gate| gate.number()).collect(),
        relocs,
        guards: Vec::new(),
        symbols: Vec::new(),
        lines: Vec::new(),
        inlined: Vec::new(),
        files: Vec::new(),
        notes: Vec::new(),
    };
    for ((section, offset), hook) in &program.entries {
        let function = layout.function_from(*section, *offset);
        let target = function.and_then(|index| layout.targets.binary_search(&index).ok());
        let target =
            target.ok_or_else(|| program.error(*section, *offset, Problem::LabelAddress))?;
        let entry = image.entries.len() as u32;
        let function = (*section, *offset);
        let places = program.places.iter().filter(|(of, _)| *of == function);
        image.places.extend(places.map(|(_, hook)| Place {
            entry,
            hook: hook.clone(),
        }));
        image.entries.push(Entry {
            hook: *hook,
            target: target as u32,
        });
    }
    fill_code(program, layout, &code, &mut image)?;
    fill_labels(layout, &code, &mut image)?;
    fill_symbols(program, layout, &code, &mut image);
    origin::fill(program, layout, &code, &mut image);
    Ok(image)
}

fn fill_code(
    program: &Program<'_>,
    layout: &Layout<'_>,
    code: &Code,
    image: &mut Image,
) -> Result<(), Error> {
    for (start, output) in &code.placed {
        let mut words = output.words.clone();
        for (word, need) in &output.needs {
            let at = start + word * 4;
            let to = match need {
                Need::Function(to) => code.at[*to as usize],
                Need::Gate(gate) => {
                    let import = program
                        .gates
                        .iter()
                        .position(|known| known == gate)
                        .unwrap_or(0);
                    code.layout.gate_slot(import as u32)
                }
                Need::Trap => code.trap.unwrap_or(0),
                Need::Table => {
                    words[*word as usize] = adrp_link(-((at >> 12) as i32));
                    continue;
                }
            };
            let distance = (i64::from(to) - i64::from(at)) / 4;
            let patched = patch_branch(words[*word as usize], distance);
            words[*word as usize] = patched.ok_or_else(|| {
                let function = &layout.functions[output.function as usize];
                program.error(
                    function.section,
                    function.start.into(),
                    Problem::BranchRange,
                )
            })?;
        }
        for word in words {
            image.header.features |= features(word);
            image.code.extend_from_slice(&word.to_le_bytes());
        }
        let guards = output.guards.iter().map(|word| start + word * 4);
        image.guards.extend(guards);
        image
            .notes
            .extend(output.notes.iter().map(|&(word, kind)| Note {
                at: start + word * 4,
                kind,
            }));
    }
    if let Some(at) = code.trap {
        image.code.extend_from_slice(&TRAP_WORD.to_le_bytes());
        image.notes.push(Note {
            at,
            kind: NoteKind::Trap,
        });
    }
    Ok(())
}

fn fill_labels(layout: &Layout<'_>, code: &Code, image: &mut Image) -> Result<(), Error> {
    let mut known: HashMap<u64, u16> = HashMap::from([(0, 0)]);
    for (start, output) in &code.placed {
        let targeted = layout.functions[output.function as usize].slot != 0;
        let looped = output.loops;
        if targeted || looped || code.called[output.function as usize] {
            let claim = code.arguments.claim(output.function);
            image.labels.push(Label {
                registers: claim.registers,
                class: if claim.registers == 0 { 0 } else { claim.class },
                ..plain_label(*start)
            });
        }
        for label in &output.labels {
            let next = image.lists.len();
            let list = *known.entry(label.list).or_insert_with(|| {
                image.lists.push(label.list);
                next as u16
            });
            if image.lists.len() > usize::from(u16::MAX) {
                let count = image.lists.len() as u64;
                return Err(Error::TooLarge {
                    what: "frame lists",
                    count,
                    limit: u16::MAX.into(),
                });
            }
            image.labels.push(Label {
                at: start + label.at * 4,
                registers: label.registers,
                class: label.class,
                class14: label.class14,
                list,
            });
        }
    }
    image.labels.extend(code.trap.map(|at| Label {
        class14: lore_abi::contract::BOUND_CLASS_MAX,
        ..plain_label(at)
    }));
    Ok(())
}

fn plain_label(at: u32) -> Label {
    Label {
        at,
        registers: 0,
        class: 0,
        class14: BOUND_CLASS_STACK,
        list: 0,
    }
}

fn fill_symbols(program: &Program<'_>, layout: &Layout<'_>, code: &Code, image: &mut Image) {
    for (start, output) in &code.placed {
        let function = &layout.functions[output.function as usize];
        let name = if function.name.is_empty() {
            format!(
                "{}+{:#x}",
                program.section(function.section).name,
                function.start
            )
        } else {
            function.name.into()
        };
        image.symbols.push(Symbol {
            name,
            at: *start,
            len: output.words.len() as u32 * 4,
            kind: SymbolKind::Function,
            global: function.global,
        });
    }
    for (import, gate) in program.gates.iter().enumerate() {
        image.symbols.push(Symbol {
            name: format!("lore_gate_{}", gate.id()),
            at: code.layout.gate_slot(import as u32),
            len: 4,
            kind: SymbolKind::Gate,
            global: true,
        });
    }
    for (at, object) in program.objects.iter().enumerate() {
        for symbol in &object.symbols {
            let SymbolPlace::Section(index) = symbol.place else {
                continue;
            };
            let id = program.first_section[at] + index;
            let kind = program.section(id).kind;
            let data = matches!(
                kind,
                SectionKind::Constant | SectionKind::Data | SectionKind::Zero
            );
            if data
                && program.live[id as usize]
                && symbol.kind == SymbolType::Object
                && !symbol.name.is_empty()
            {
                image.symbols.push(Symbol {
                    name: symbol.name.into(),
                    at: layout.data_at[id as usize].wrapping_add(symbol.value as u32),
                    len: symbol.size as u32,
                    kind: SymbolKind::Data,
                    global: symbol.global,
                });
            }
        }
    }
}
