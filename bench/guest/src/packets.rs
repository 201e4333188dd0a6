// SPDX-License-Identifier: GPL-2.0
//! What reading 64 bytes of a packet costs: a datagram to this machine itself meets an extension on its way out, which
//! reads its head so many times.

use super::{least, load};
use lore::kernel::{Device, Extension, Run};
use std::net::UdpSocket;

const HOOK: &str = "netfilter/ipv4/local-out";
const MANY: u64 = 1_000;

/// Has the extension do `rounds` rounds for each packet, with or without reading.
fn set(extension: &Extension, rounds: u64, reads: bool) {
    let mut run = Run {
        entry: 0,
        repeat: 1,
        arg: rounds << 1 | u64::from(reads),
        input: &[],
        output: &mut [],
    };
    extension.run(&mut run).expect("runs");
}

/// Instructions of one reading.
pub fn read(device: &Device) -> f64 {
    let (extension, ..) = load(device, "/bench/packets.lore");
    extension.attach(HOOK, None).expect("attached");
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.set_nonblocking(true).expect("it does not wait");
    let to = socket.local_addr().expect("its address");
    let per_round = |reads| {
        let cost = |rounds| {
            set(&extension, rounds, reads);
            least(|| {
                let mut bytes = [0; 64];
                socket.send_to(&bytes, to).expect("sent");
                // One that was dropped was not read.
                socket.recv_from(&mut bytes).expect("it arrives");
            })
        };
        (cost(MANY) - cost(0)) as f64 / MANY as f64
    };
    per_round(true) - per_round(false)
}
