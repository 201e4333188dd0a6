// SPDX-License-Identifier: GPL-2.0
//! Pings, but not too many: each sender may send [`BURST`] at once, and one more for each [`PERIOD`] that has passed. What is
//! above that is dropped. Senders that share a bucket share its limit.
#![no_std]
#![forbid(unsafe_code)]

use lore::{time_now, FilterVerdict, GateError, Packet, SpinLock};

const ICMP: u8 = 1;
const ECHO_REQUEST: u8 = 8;

const BURST: u64 = 5;
/// In nanoseconds.
const PERIOD: u64 = 30_000_000_000;
const BUCKETS: usize = 1024;

#[derive(Clone, Copy)]
struct Bucket {
    /// When its first token came back last.
    since: u64,
    taken: u64,
}

static ALL: SpinLock<[Bucket; BUCKETS]> = SpinLock::new([Bucket { since: 0, taken: 0 }; BUCKETS]);

impl Bucket {
    /// Whether a sender may send at a time; takes a token if so.
    fn may_send(&mut self, now: u64) -> bool {
        let back = now.wrapping_sub(self.since) / PERIOD;
        if back >= self.taken {
            (self.since, self.taken) = (now, 0);
        } else {
            self.since += back * PERIOD;
            self.taken -= back;
        }
        let may = self.taken < BURST;
        self.taken += u64::from(may);
        may
    }
}

/// What cannot be read passes.
#[lore::netfilter("ipv4/local-in")]
fn rate_limit(packet: &Packet) -> Result<FilterVerdict, GateError> {
    let mut header = [0; 20];
    let [first, _, _, _, _, _, _, _, _, ICMP, _, _, a, b, c, d, ..] =
        packet.read(0, &mut header)?
    else {
        return Ok(FilterVerdict::Pass);
    };
    let mut kind = [0];
    if packet.read(u32::from(*first & 15) * 4, &mut kind)? != [ECHO_REQUEST] {
        return Ok(FilterVerdict::Pass);
    }
    let sender = u32::from_be_bytes([*a, *b, *c, *d]);
    let mut buckets = ALL.lock()?;
    Ok(
        match buckets[sender as usize % BUCKETS].may_send(time_now()) {
            true => FilterVerdict::Pass,
            false => FilterVerdict::Drop,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_one_by_one() {
        let mut bucket = Bucket { since: 0, taken: 0 };
        let mut at = |time: u64| bucket.may_send(100 * PERIOD + time);
        assert_eq!([0; 6].map(&mut at), [true, true, true, true, true, false]);
        assert_eq!(
            [PERIOD - 1, PERIOD, PERIOD].map(&mut at),
            [false, true, false]
        );
        assert_eq!([3 * PERIOD; 3].map(&mut at), [true, true, false]);
        assert_eq!(
            [99 * PERIOD; 6].map(&mut at),
            [true, true, true, true, true, false]
        );
    }
}
