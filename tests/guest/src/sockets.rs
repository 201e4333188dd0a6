// SPDX-License-Identifier: GPL-2.0
//! The fixture `sockets`: looks sockets up, and sends from them.

use crate::hooks::wait_for;
use crate::{device, fixture, patient};
use lore::kernel::{Extension, Run};
use lore_abi::request::RunRequest;
use lore_iface::{SocketEnds, SocketInfo};
use std::net::{IpAddr, SocketAddr};
use zerocopy::{FromBytes, IntoBytes};

/// Protocol numbers.
pub const TCP: u16 = 6;
/// See [`TCP`].
pub const UDP: u16 = 17;
/// States.
pub const ESTABLISHED: u32 = 1;
/// See [`ESTABLISHED`].
pub const CLOSED: u32 = 7;

/// What the fixture does; the order is that of `enum op` in `tests/fixtures/sockets.c`, which says more.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
#[allow(missing_docs, reason = "sockets.c says it")]
pub enum Op {
    Find,
    Send,
    SendWild,
    Leak,
    Fault,
    Watch,
    Noted,
}

/// What a packet's call has noted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Noted {
    /// The packet's own socket.
    pub own: SocketInfo,
    /// The one that was looked for.
    pub found: SocketInfo,
    /// 0, or why there is no own one.
    pub of_packet: i64,
    /// 0, or why none was found.
    pub find_at: i64,
    /// The same, of the look-up that is only for runs.
    pub find: i64,
    /// What sending answered.
    pub sent: i64,
}

impl Noted {
    /// As the fixture lays it out.
    fn of(bytes: &[u8]) -> Noted {
        let (own, rest) = SocketInfo::read_from_prefix(bytes).expect("an info");
        let (found, rest) = SocketInfo::read_from_prefix(rest).expect("an info");
        let (answers, _) = <[i64; 4]>::read_from_prefix(rest).expect("answers");
        let [of_packet, find_at, find, sent] = answers;
        Noted {
            own,
            found,
            of_packet,
            find_at,
            find,
            sent,
        }
    }
}

/// Two halves of an address.
fn halves(address: IpAddr) -> [u64; 2] {
    match address {
        IpAddr::V4(address) => [0, u64::from(u32::from(address))],
        IpAddr::V6(address) => {
            let bits = u128::from(address);
            [(bits >> 64) as u64, bits as u64]
        }
    }
}

/// Two ends as a gate wants them.
pub fn ends(protocol: u16, local: SocketAddr, remote: SocketAddr) -> SocketEnds {
    let ([local_high, local_low], [remote_high, remote_low]) =
        (halves(local.ip()), halves(remote.ip()));
    SocketEnds {
        version: if local.is_ipv4() { 4 } else { 6 },
        protocol,
        local_port: local.port(),
        remote_port: remote.port(),
        local_high,
        local_low,
        remote_high,
        remote_low,
    }
}

/// What is known of a socket with these ends.
pub fn info(of: SocketEnds, state: u32, user: u32) -> SocketInfo {
    SocketInfo {
        version: of.version,
        protocol: of.protocol,
        local_port: of.local_port,
        remote_port: of.remote_port,
        state,
        user,
        local_high: of.local_high,
        local_low: of.local_low,
        remote_high: of.remote_high,
        remote_low: of.remote_low,
    }
}

/// A loaded `sockets`.
pub struct Sockets {
    /// Its file.
    pub extension: Extension,
}

impl Sockets {
    /// Loads it anonymously.
    pub fn load() -> Sockets {
        let image = fixture("sockets").image;
        let (extension, _) = device().load(&image, &patient()).expect("sockets loads");
        Sockets { extension }
    }

    /// One run, in the namespace of the caller.
    pub fn ask(
        &self,
        op: Op,
        ends: SocketEnds,
        to: SocketEnds,
        len: u64,
        text: &[u8],
    ) -> (RunRequest, Vec<u8>) {
        let input = [ends.as_bytes(), to.as_bytes(), len.as_bytes(), text].concat();
        let mut output = vec![0; 256];
        let done = self.extension.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: op as u64,
            input: &input,
            output: &mut output,
        });
        (done.expect("the request is accepted"), output)
    }

    /// Looks a socket up: what is known of it, or the error.
    pub fn find(&self, ends: SocketEnds) -> Result<SocketInfo, i64> {
        let (done, output) = self.ask(Op::Find, ends, ends, 0, &[]);
        match done.result {
            0 => Ok(SocketInfo::read_from_prefix(&output).expect("an info").0),
            error => Err(error as i64),
        }
    }

    /// Sends a text; what that answered.
    pub fn send(&self, from: SocketEnds, to: SocketEnds, text: &[u8]) -> i64 {
        let (done, _) = self.ask(Op::Send, from, to, text.len() as u64, text);
        done.result as i64
    }

    /// Has the next packet look for a socket, and send a text from it.
    pub fn watch(&self, ends: SocketEnds, to: SocketEnds, text: &[u8]) {
        let (done, _) = self.ask(Op::Watch, ends, to, text.len() as u64, text);
        assert_eq!(done.result, 0);
    }

    /// What it has noted.
    pub fn noted(&self) -> Noted {
        wait_for("a packet", || {
            let mut output = vec![0; 256];
            let done = self.extension.run(&mut Run {
                entry: 0,
                repeat: 1,
                arg: Op::Noted as u64,
                input: &[],
                output: &mut output,
            });
            let done = done.expect("the request is accepted");
            (done.result == 1).then(|| Noted::of(&output))
        })
    }
}
