// SPDX-License-Identifier: GPL-2.0
//! The arena: mapped where the programs expect it, and populated, which a program could not do on a kernel without BTF.

use super::Memory;
use aya::maps::{Map, MapData};
use aya::Ebpf;
use std::os::fd::{AsFd, AsRawFd};

/// Where things are, for the programs too.
const LAYOUT: &str = include_str!("../../../ebpf/arena/layout.h");

/// The number that `layout.h` defines.
fn layout(name: &str) -> usize {
    let line = LAYOUT.lines().find_map(|line| {
        line.strip_prefix("#define ")?
            .strip_prefix(name)?
            .strip_prefix(" 0x")
    });
    let digits = line.unwrap_or_else(|| panic!("layout.h has no {name}"));
    usize::from_str_radix(digits, 16).expect("a number")
}

/// An arena, mapped as long as this lives.
pub struct Arena {
    /// Programs name it by its descriptor when they are loaded.
    _map: MapData,
    start: *mut u8,
    len: usize,
}

impl Arena {
    /// Maps the arena of an object, and gives it its input.
    pub fn of(programs: &mut Ebpf, input: &[u8]) -> Arena {
        let Some(Map::Unsupported(map)) = programs.take_map("arena_map") else {
            panic!("aya has no name for arenas");
        };
        let (wanted, len) = (layout("ARENA_START"), layout("ARENA_LEN"));
        assert!(
            layout("ARENA_INPUT") + input.len() <= layout("ARENA_HEAP"),
            "too many keys"
        );
        // SAFETY: Nothing is mapped there yet, or this fails.
        let start = unsafe {
            libc::mmap(
                wanted as *mut libc::c_void,
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED | libc::MAP_FIXED_NOREPLACE,
                map.fd().as_fd().as_raw_fd(),
                0,
            )
        };
        assert_eq!(
            start as usize,
            wanted,
            "mmap: {}",
            std::io::Error::last_os_error()
        );
        let arena = Arena {
            _map: map,
            start: start.cast(),
            len,
        };
        // The first fault of a page gives it to the programs.
        for page in (0..len).step_by(4096) {
            // SAFETY: The mapping has that page, and no program runs.
            unsafe { arena.start.add(page).write_volatile(0) };
        }
        // SAFETY: The input ends before the heap, as has been checked, and no program runs.
        unsafe {
            let to = arena.start.add(layout("ARENA_INPUT"));
            to.copy_from_nonoverlapping(input.as_ptr(), input.len());
        }
        arena
    }
}

impl Memory for Arena {
    fn checksum(&self) -> u64 {
        // SAFETY: The arena's state begins with it, and no program runs.
        unsafe {
            self.start
                .add(layout("ARENA_STATE"))
                .cast::<u64>()
                .read_volatile()
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: It is this mapping, which nobody else knows of.
        unsafe { libc::munmap(self.start.cast(), self.len) };
    }
}
