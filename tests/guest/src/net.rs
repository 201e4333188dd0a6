// SPDX-License-Identifier: GPL-2.0
//! Network namespaces and pairs of devices between them, and a client that pings.
//!
//! The guest's tools do not know such pairs, so the few messages that make them are written here.

use rustix::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

/// A network namespace, as long as this lives and nothing runs in it.
pub struct Namespace(OwnedFd);

impl Namespace {
    /// A new one, in which only IPv4 works, so that every packet is one that a test has sent.
    #[expect(
        clippy::new_without_default,
        reason = "it makes something in the kernel, which is no default"
    )]
    pub fn new() -> Namespace {
        let enter = || {
            check(
                // SAFETY: A thread of its own changes its own namespace.
                unsafe { libc::unshare(libc::CLONE_NEWNET) },
                "unshare",
            );
            let file = std::fs::File::open("/proc/thread-self/ns/net").expect("a namespace");
            for name in ["all", "default"] {
                let path = format!("/proc/sys/net/ipv6/conf/{name}/disable_ipv6");
                std::fs::write(path, "1").expect("IPv6 is switched off");
            }
            Namespace(file.into())
        };
        std::thread::spawn(enter).join().expect("a thread")
    }

    /// Does something in it.
    pub fn within<T: Send>(&self, act: impl FnOnce() -> T + Send) -> T {
        std::thread::scope(|scope| {
            let inside = || {
                // SAFETY: Changes this thread's namespace only.
                let done = unsafe { libc::setns(self.0.as_raw_fd(), libc::CLONE_NEWNET) };
                check(done, "setns");
                act()
            };
            match scope.spawn(inside).join() {
                Ok(value) => value,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// A pair of devices, one here and one there, both with an address of `10.0.NET.0/24` (`.1` here) and up.
    pub fn pair(&self, here: &str, there: &Namespace, peer: &str, net: u8) {
        self.within(|| make_pair(here, peer, &there.0));
        self.within(|| set_up(here, Ipv4Addr::new(10, 0, net, 1)));
        there.within(|| set_up(peer, Ipv4Addr::new(10, 0, net, 2)));
    }

    /// Takes a device away, and its peer.
    pub fn delete(&self, name: &str) {
        self.within(|| {
            let mut message = Message::new(libc::RTM_DELLINK, 0);
            message.header(&[0; 16]);
            message.attribute(libc::IFLA_IFNAME, &c_name(name));
            message.send().expect("the device is deleted");
        });
    }

    /// Switches a device on or off.
    pub fn switch(&self, name: &str, on: bool) {
        self.within(|| flags(name, on));
    }

    /// Index of a device.
    pub fn index(&self, name: &str) -> u32 {
        self.within(|| {
            // SAFETY: The name ends with a zero.
            let index = unsafe { libc::if_nametoindex(c_name(name).as_ptr().cast()) };
            assert_ne!(index, 0, "{name}");
            index
        })
    }

    /// A client in it.
    pub fn ping(&self) -> Ping {
        self.within(Ping::new)
    }
}

fn check(result: i32, what: &str) {
    assert!(result >= 0, "{what}: {}", io::Error::last_os_error());
}

fn c_name(name: &str) -> Vec<u8> {
    [name.as_bytes(), &[0]].concat()
}

/// A request of rtnetlink.
struct Message(Vec<u8>);

impl Message {
    fn new(kind: u16, flags: i32) -> Message {
        let flags = (libc::NLM_F_REQUEST | libc::NLM_F_ACK | flags) as u16;
        let mut bytes = vec![0; 4];
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(flags.to_ne_bytes());
        bytes.extend([0; 8]);
        Message(bytes)
    }

    fn header(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    fn attribute(&mut self, kind: u16, value: &[u8]) {
        self.nest(kind, |message| message.0.extend(value));
    }

    fn nest(&mut self, kind: u16, fill: impl FnOnce(&mut Message)) {
        let at = self.0.len();
        self.0.extend([0; 4]);
        fill(self);
        let len = (self.0.len() - at) as u16;
        self.0[at..at + 2].copy_from_slice(&len.to_ne_bytes());
        self.0[at + 2..at + 4].copy_from_slice(&kind.to_ne_bytes());
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    fn send(mut self) -> io::Result<()> {
        let len = self.0.len() as u32;
        self.0[..4].copy_from_slice(&len.to_ne_bytes());
        // SAFETY: Makes a descriptor, which is owned from here on.
        let socket = unsafe {
            let fd = libc::socket(
                libc::AF_NETLINK,
                libc::SOCK_RAW | libc::SOCK_CLOEXEC,
                libc::NETLINK_ROUTE,
            );
            check(fd, "netlink");
            OwnedFd::from_raw_fd(fd)
        };
        let mut answer = [0; 4096];
        rustix::io::write(&socket, &self.0)?;
        let len = rustix::io::read(&socket, &mut answer)?;
        assert!(len >= 20, "an acknowledgement");
        match i32::from_ne_bytes([answer[16], answer[17], answer[18], answer[19]]) {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(-error)),
        }
    }
}

fn make_pair(here: &str, peer: &str, there: &OwnedFd) {
    const VETH_INFO_PEER: u16 = 1;
    let mut message = Message::new(libc::RTM_NEWLINK, libc::NLM_F_CREATE | libc::NLM_F_EXCL);
    message.header(&[0; 16]);
    message.attribute(libc::IFLA_IFNAME, &c_name(here));
    message.nest(libc::IFLA_LINKINFO, |message| {
        message.attribute(libc::IFLA_INFO_KIND, b"veth");
        message.nest(libc::IFLA_INFO_DATA, |message| {
            message.nest(VETH_INFO_PEER, |message| {
                message.header(&[0; 16]);
                message.attribute(libc::IFLA_IFNAME, &c_name(peer));
                message.attribute(
                    libc::IFLA_NET_NS_FD,
                    &there.as_fd().as_raw_fd().to_ne_bytes(),
                );
            });
        });
    });
    message.send().expect("a pair of devices");
}

/// A request about a device, of the old kind.
fn about(name: &str, request: libc::c_ulong, fill: impl FnOnce(&mut libc::ifreq)) {
    // SAFETY: Zeros are a request; a socket of any kind takes it, and is closed at once.
    unsafe {
        let mut ifreq: libc::ifreq = core::mem::zeroed();
        for (to, from) in ifreq.ifr_name.iter_mut().zip(c_name(name)) {
            *to = from as libc::c_char;
        }
        fill(&mut ifreq);
        let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0);
        check(socket, "socket");
        let socket = OwnedFd::from_raw_fd(socket);
        check(
            libc::ioctl(socket.as_raw_fd(), request as _, &mut ifreq),
            name,
        );
    }
}

fn inet(address: Ipv4Addr) -> libc::sockaddr {
    let mut data = [0; 14];
    for (to, from) in data[2..].iter_mut().zip(address.octets()) {
        *to = from as libc::c_char;
    }
    libc::sockaddr {
        sa_family: libc::AF_INET as u16,
        sa_data: data,
    }
}

fn flags(name: &str, on: bool) {
    about(name, libc::SIOCSIFFLAGS as _, |ifreq| {
        ifreq.ifr_ifru.ifru_flags = if on { libc::IFF_UP as i16 } else { 0 };
    });
}

fn set_up(name: &str, address: Ipv4Addr) {
    about(name, libc::SIOCSIFADDR as _, |ifreq| {
        ifreq.ifr_ifru.ifru_addr = inet(address);
    });
    about(name, libc::SIOCSIFNETMASK as _, |ifreq| {
        ifreq.ifr_ifru.ifru_netmask = inet(Ipv4Addr::new(255, 255, 255, 0));
    });
    flags(name, true);
}

/// `ping`: echo requests, numbered by hand.
pub struct Ping(OwnedFd);

impl Ping {
    /// In the caller's namespace.
    pub fn new() -> Ping {
        // SAFETY: Makes a descriptor, which is owned from here on.
        let socket = unsafe {
            let fd = libc::socket(
                libc::AF_INET,
                libc::SOCK_RAW | libc::SOCK_CLOEXEC,
                libc::IPPROTO_ICMP,
            );
            check(fd, "a raw socket");
            OwnedFd::from_raw_fd(fd)
        };
        Ping(socket)
    }

    /// Sends a request; `false` where nobody takes it.
    pub fn send(&self, to: Ipv4Addr, number: u16) -> bool {
        let mut packet = [8, 0, 0, 0, 0x10, 0x4e, 0, 0];
        packet[6..].copy_from_slice(&number.to_be_bytes());
        let sum: u32 = packet
            .chunks_exact(2)
            .map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])))
            .sum();
        let sum = !((sum & 0xffff) + (sum >> 16)) as u16;
        packet[2..4].copy_from_slice(&sum.to_be_bytes());
        let address = inet(to);
        // SAFETY: All pointers are to locals, with their sizes.
        let sent = unsafe {
            libc::sendto(
                self.0.as_raw_fd(),
                packet.as_ptr().cast(),
                packet.len(),
                0,
                &address,
                size_of_val(&address) as u32,
            )
        };
        sent == packet.len() as isize
    }

    /// The number of the next answer, unless none comes for a long time.
    pub fn answer(&self, patience: Duration) -> Option<u16> {
        let timeout = libc::timeval {
            tv_sec: patience.as_secs() as i64,
            tv_usec: i64::from(patience.subsec_micros()),
        };
        // SAFETY: The option's own type.
        let done = unsafe {
            libc::setsockopt(
                self.0.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_RCVTIMEO,
                (&raw const timeout).cast(),
                size_of_val(&timeout) as u32,
            )
        };
        check(done, "a timeout");
        let mut packet = [0; 256];
        loop {
            let len = rustix::io::read(&self.0, &mut packet).ok()?;
            let header = usize::from(packet[0] & 15) * 4;
            match packet.get(header..len) {
                Some([0, 0, _, _, 0x10, 0x4e, high, low, ..]) => {
                    return Some(u16::from_be_bytes([*high, *low]));
                }
                _ => continue,
            }
        }
    }
}

impl Default for Ping {
    fn default() -> Ping {
        Ping::new()
    }
}
