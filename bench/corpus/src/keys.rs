// SPDX-License-Identifier: GPL-2.0
//! The input of the structures: keys of 32 bytes, and which of them each operation is about. Only arithmetic that is the
//! same on every machine: Zipf's weights come of IEEE's four operations.

/// How often each key is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// All as often.
    Uniform,
    /// The key of rank r in proportion to r^-0.99, as in YCSB; ranks are scattered over the keys.
    Zipf,
}

impl Distribution {
    /// Both.
    pub const ALL: [Distribution; 2] = [Distribution::Uniform, Distribution::Zipf];

    /// Its name in records and files.
    pub fn name(self) -> &'static str {
        match self {
            Distribution::Uniform => "uniform",
            Distribution::Zipf => "zipf",
        }
    }
}

/// SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }
}

/// `x^0.99`, by Newton's method for the hundredth root: from above, each step is closer.
fn weight_of(rank: u64) -> f64 {
    let x = rank as f64;
    let mut root = 2.0f64;
    for _ in 0..120 {
        let mut power = 1.0;
        for _ in 0..99 {
            power *= root;
        }
        root -= (root * power - x) / (100.0 * power);
    }
    root / x
}

/// The file: `u64 n, u64 m, u64 key[n][4], u32 draw[m]`.
pub fn file(keys: u64, draws: u64, how: Distribution) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(keys.to_le_bytes());
    out.extend(draws.to_le_bytes());
    let mut numbers = Numbers(1);
    for _ in 0..4 * keys {
        out.extend(numbers.next().to_le_bytes());
    }
    // Which key has which rank.
    let mut ranked: Vec<u32> = (0..keys as u32).collect();
    for at in (1..ranked.len()).rev() {
        ranked.swap(at, numbers.below(at as u64 + 1) as usize);
    }
    let sums: Vec<f64> = (1..=keys)
        .scan(0.0, |sum, rank| {
            *sum += weight_of(rank);
            Some(*sum)
        })
        .collect();
    for _ in 0..draws {
        let rank = match how {
            Distribution::Uniform => numbers.below(keys) as usize,
            Distribution::Zipf => {
                let at = (numbers.next() >> 11) as f64 / (1u64 << 53) as f64 * sums[sums.len() - 1];
                sums.partition_point(|sum| *sum <= at)
            }
        };
        out.extend(ranked[rank].to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_power() {
        for rank in [1, 2, 10, 1_000, 100_000] {
            let exact = (rank as f64).powf(-0.99);
            assert!((weight_of(rank) / exact - 1.0).abs() < 1e-12, "{rank}");
        }
    }

    #[test]
    fn the_most_frequent_key_is_drawn_as_often_as_zipf_says() {
        let (keys, draws) = (1_000, 10_000);
        let file = file(keys, draws, Distribution::Zipf);
        let drawn = &file[16 + 32 * keys as usize..];
        let mut counts = vec![0u32; keys as usize];
        for draw in drawn.chunks(4) {
            counts[u32::from_le_bytes(draw.try_into().unwrap()) as usize] += 1;
        }
        let most = f64::from(*counts.iter().max().unwrap());
        let total: f64 = (1..=keys).map(weight_of).sum();
        let expected = draws as f64 / total;
        assert!((most / expected - 1.0).abs() < 0.1, "{most} {expected}");
    }
}
