// SPDX-License-Identifier: GPL-2.0
//! The plan of a code region: table, gate slots, code, trap words (`lore_abi::image` has the picture).

/// Most bytes of code that any kernel can be configured to take; keeps every offset below 2^31.
pub const CODE_MAX: u64 = 64 << 20;
/// Most declared targets of an image.
pub const TARGETS_MAX: u64 = 1 << 16;
/// Most imports of an image.
pub const IMPORTS_MAX: u64 = 1 << 10;
/// Code begins at a multiple of this.
pub const CODE_ALIGN: u64 = 64;
/// Regions are at least this large, and aligned to their size.
pub const REGION_MIN: u64 = 4096;

/// What the plan depends on: counts from the image, each a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Declared targets.
    pub targets: u64,
    /// Imports.
    pub imports: u64,
    /// Bytes of code.
    pub code_len: u64,
}

/// Which count of a [`Demand`] cannot be planned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oversize {
    /// More than [`TARGETS_MAX`].
    Targets,
    /// More than [`IMPORTS_MAX`].
    Imports,
    /// More than [`CODE_MAX`].
    Code,
}

/// Offsets in bytes from the start of the region.
///
/// # Invariants
///
/// `0 < table_len <= gates_at <= code_at <= code_end < region_len`, all below 2^31; `table_len` and `region_len` are
/// powers of two; at least one word lies between `code_end` and `region_len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLayout {
    /// Bytes of the table, from 0 on; a power of two of at least 16.
    pub table_len: u32,
    /// First gate slot, which is the end of the table.
    pub gates_at: u32,
    /// End of the gate slots.
    pub gates_end: u32,
    /// First word of the code.
    pub code_at: u32,
    /// Behind the last word of the code.
    pub code_end: u32,
    /// Size of the region.
    pub region_len: u32,
}

impl CodeLayout {
    /// Mask of the table sequence: an offset and this is the offset of a slot.
    pub const fn table_mask(&self) -> u32 {
        self.table_len - 8
    }

    /// Table offset of declared target `index`, which is the value of its function pointers.
    pub const fn slot_of_target(index: u32) -> u32 {
        (index + 1) * 8
    }

    /// Region offset of gate slot `index`.
    pub const fn gate_slot(&self, index: u32) -> u32 {
        self.gates_at + index * 4
    }
}

/// Computes the layout of a region.
pub const fn plan(demand: Demand) -> Result<CodeLayout, Oversize> {
    if demand.targets > TARGETS_MAX {
        return Err(Oversize::Targets);
    }
    if demand.imports > IMPORTS_MAX {
        return Err(Oversize::Imports);
    }
    if demand.code_len > CODE_MAX {
        return Err(Oversize::Code);
    }
    // The first and the last slot hold the abort stub. No sum below can pass 2^27: each count was bounded above.
    let slots = (demand.targets + 2).next_power_of_two();
    let table_len = slots * 8;
    let gates_end = table_len + demand.imports * 4;
    let code_at = gates_end.next_multiple_of(CODE_ALIGN);
    let code_end = code_at + demand.code_len;
    let fit = (code_end + 4).next_power_of_two();
    let region_len = if fit < REGION_MIN { REGION_MIN } else { fit };
    // INVARIANT: In this order each is at least the one before, and `region_len` is at least 4 above `code_end`.
    // The casts are lossless since `region_len` is at most 2^28.
    Ok(CodeLayout {
        table_len: table_len as u32,
        gates_at: table_len as u32,
        gates_end: gates_end as u32,
        code_at: code_at as u32,
        code_end: code_end as u32,
        region_len: region_len as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_follow_each_other_and_a_trap_word_fits_behind_the_code(
            targets in 0..=TARGETS_MAX, imports in 0..=IMPORTS_MAX, code_len in 0..=CODE_MAX,
        ) {
            let l = plan(Demand { targets, imports, code_len }).unwrap();
            prop_assert!(u64::from(l.table_len) >= 8 * (targets + 2));
            prop_assert!(l.table_len.is_power_of_two() && l.region_len.is_power_of_two());
            prop_assert!(l.table_len == l.gates_at && l.gates_end == l.gate_slot(imports as u32));
            prop_assert!(l.gates_end <= l.code_at && u64::from(l.code_at) % CODE_ALIGN == 0);
            prop_assert_eq!(u64::from(l.code_end - l.code_at), code_len);
            prop_assert!(l.code_end + 4 <= l.region_len);
            prop_assert!(u64::from(l.region_len) >= REGION_MIN);
        }

        #[test]
        fn any_demand_is_planned_or_refused(targets: u64, imports: u64, code_len: u64) {
            let _ = plan(Demand { targets, imports, code_len });
        }
    }

    #[test]
    fn each_count_has_its_own_refusal() {
        let fit = Demand {
            targets: TARGETS_MAX,
            imports: IMPORTS_MAX,
            code_len: CODE_MAX,
        };
        assert!(plan(fit).is_ok());
        assert_eq!(
            plan(Demand {
                targets: TARGETS_MAX + 1,
                ..fit
            }),
            Err(Oversize::Targets)
        );
        assert_eq!(
            plan(Demand {
                imports: IMPORTS_MAX + 1,
                ..fit
            }),
            Err(Oversize::Imports)
        );
        assert_eq!(
            plan(Demand {
                code_len: CODE_MAX + 1,
                ..fit
            }),
            Err(Oversize::Code)
        );
    }
}
