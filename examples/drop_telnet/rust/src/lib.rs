// SPDX-License-Identifier: GPL-2.0
//! A rule of a firewall: nobody reaches port 23 by TCP.
#![no_std]
#![forbid(unsafe_code)]

use lore::{FilterVerdict, GateError, Packet};

const TCP: u8 = 6;
const TELNET: u16 = 23;

/// What cannot be read passes.
#[lore::netfilter("ipv4/local-in")]
fn drop_telnet(packet: &Packet) -> Result<FilterVerdict, GateError> {
    // At this hook a packet begins with its IP header, of which the kernel has checked the length.
    let mut header = [0; 20];
    let [first, _, _, _, _, _, _, _, _, TCP, ..] = packet.read(0, &mut header)? else {
        return Ok(FilterVerdict::Pass);
    };
    // Behind its options: source and destination. The first fragment alone has them.
    let behind = u32::from(*first & 15) * 4;
    let mut ports = [0; 4];
    Ok(match packet.read(behind, &mut ports)? {
        [_, _, high, low] if u16::from_be_bytes([*high, *low]) == TELNET => FilterVerdict::Drop,
        _ => FilterVerdict::Pass,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lore::host::Host;
    extern crate std;
    use std::vec::Vec;

    /// An IPv4 header without options, and ports behind it.
    fn packet(protocol: u8, port: u16) -> Vec<u8> {
        let mut bytes = Vec::from([0x45, 0, 0, 24, 0, 0, 0, 0, 64, protocol]);
        bytes.resize(22, 0);
        bytes.extend(port.to_be_bytes());
        bytes
    }

    #[test]
    fn only_tcp_to_port_23_is_dropped() {
        let host = Host::new();
        let verdict = |bytes: &[u8]| host.packet(bytes, drop_telnet).answer;
        assert_eq!(verdict(&packet(TCP, 23)), Ok(FilterVerdict::Drop));
        assert_eq!(verdict(&packet(TCP, 24)), Ok(FilterVerdict::Pass));
        assert_eq!(verdict(&packet(17, 23)), Ok(FilterVerdict::Pass));
        assert_eq!(verdict(&packet(TCP, 23)[..22]), Ok(FilterVerdict::Pass));
    }
}
