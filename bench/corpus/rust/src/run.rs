// SPDX-License-Identifier: GPL-2.0
//! CoreMark's loop over its algorithms, by the rules of its "2K performance run": seeds 0, 0, 0x66, 2,000 bytes of data.

use crate::list::core_list_init;
use crate::matrix::core_init_matrix;
use crate::state::core_init_state;
use crate::types::{
    ALL_ALGORITHMS_MASK, CoreResults, LIST_KNOWN_CRC, MATRIX_KNOWN_CRC, NUM_ALGORITHMS,
    STATE_KNOWN_CRC, TOTAL_DATA_SIZE,
};
use crate::util::crcu16;

const ITERATIONS: u32 = 20;
/// Where this run's checksums are in the tables of those that are known.
const PERFORMANCE_2K: usize = 3;

/// All iterations; CoreMark's final checksum, or 0 if one of its own is not as known.
#[unsafe(no_mangle)]
extern "C" fn coremark_run() -> u64 {
    let mut results = CoreResults {
        seed3: 0x66,
        size: TOTAL_DATA_SIZE / NUM_ALGORITHMS,
        execs: ALL_ALGORITHMS_MASK,
        ..CoreResults::default()
    };
    results.list = Some(core_list_init(results.size, results.seed1));
    core_init_matrix(results.size, 0, &mut results.mat);
    results.state_mem = core_init_state(results.size, results.seed1);
    for iteration in 0..ITERATIONS {
        let Some(mut list) = results.list.take() else {
            return 0;
        };
        for direction in [1, -1] {
            let crc = list.bench(&mut results, direction);
            results.crc = crcu16(crc, results.crc);
        }
        results.list = Some(list);
        if iteration == 0 {
            results.crclist = results.crc;
        }
    }
    let known = results.crclist == LIST_KNOWN_CRC[PERFORMANCE_2K]
        && results.crcmatrix == MATRIX_KNOWN_CRC[PERFORMANCE_2K]
        && results.crcstate == STATE_KNOWN_CRC[PERFORMANCE_2K];
    if known { results.crc.into() } else { 0 }
}
