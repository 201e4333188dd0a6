// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What an extension and a user program share in the window: pointers that mean the same on both sides, and values that
//! either may change at any time.
//!
//! The low half of an address is the same in the kernel and in user space: the offset in the window, where that has 4 GiB.
//! A [`Ptr`] is that half;
//! a [`Link`] is a place in shared memory that holds one. What lies in shared memory is [`Shared`]: whatever the other
//! side writes there is a value of the type, and changing it needs no exclusive reference.
//!
//! ```
//! use core::sync::atomic::AtomicU64;
//! use lore_shared::{shared, Link, Ptr};
//!
//! shared! {
//!     /// A list that an extension makes and a program reads.
//!     pub struct Node {
//!         pub count: AtomicU64,
//!         pub next: Link<Node>,
//!     }
//! }
//! assert_eq!(size_of::<Node>(), 16);
//! ```
#![no_std]

use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{
    AtomicI16, AtomicI32, AtomicI64, AtomicI8, AtomicU16, AtomicU32, AtomicU64, AtomicU8, Ordering,
};

/// Types that may lie in memory which another program changes at any time.
///
/// # Safety
///
/// Any bytes are a value, the layout is C's, and all of it may change behind a shared reference.
pub unsafe trait Shared: Sync {}

macro_rules! atomics {
    ($($type:ty),+) => { $(
        // SAFETY: Any bytes are a number, and atomics may change behind a shared reference.
        unsafe impl Shared for $type {}
    )+ };
}
atomics!(AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicI8, AtomicI16, AtomicI32, AtomicI64);

// SAFETY: Elements follow each other without gaps.
unsafe impl<T: Shared, const N: usize> Shared for [T; N] {}

// SAFETY: A number of 32 bits in an atomic; what it points to is checked when it is followed.
unsafe impl<T> Shared for Link<T> {}

/// Defines structs for shared memory: C's layout, every field [`Shared`].
#[macro_export]
macro_rules! shared {
    ($(
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $( $(#[$fmeta:meta])* $fvis:vis $field:ident: $type:ty, )+ }
    )+) => { $(
        $(#[$meta])*
        #[repr(C)]
        $vis struct $name { $( $(#[$fmeta])* $fvis $field: $type, )+ }

        // SAFETY: Every field is shared, by the bound below.
        unsafe impl $crate::Shared for $name {}

        const _: () = {
            const fn is_shared<T: $crate::Shared>() {}
            $( is_shared::<$type>(); )+
        };
    )+ };
}

/// The low half of an address, on both sides: in a window of 4 GiB its offset. 0 is no address, since a window's first
/// bytes are not used.
#[repr(transparent)]
pub struct Ptr<T>(u32, PhantomData<*const T>);

impl<T> Ptr<T> {
    /// Points nowhere.
    pub const NULL: Ptr<T> = Ptr::new(0);

    /// Points to an offset.
    pub const fn new(at: u32) -> Ptr<T> {
        Ptr(at, PhantomData)
    }

    /// Points to where a pointer of the window points, on whichever side.
    pub fn of(pointer: *const T) -> Ptr<T> {
        // The low half is all of it.
        Ptr::new(pointer as usize as u32)
    }

    /// The low half.
    pub const fn offset(self) -> u32 {
        self.0
    }

    /// Whether it points nowhere.
    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The address in the window that holds another address: `near` may be any pointer into it.
    pub fn near<U>(self, near: *const U) -> *const T {
        let window = near.addr() & !0xffff_ffff;
        near.cast::<T>().with_addr(window | self.0 as usize)
    }
}

impl<T> Clone for Ptr<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ptr<T> {}

impl<T> PartialEq for Ptr<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Ptr<T> {}

impl<T> fmt::Debug for Ptr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ptr({:#x})", self.0)
    }
}

/// A place in shared memory that holds a [`Ptr`].
#[repr(transparent)]
pub struct Link<T>(AtomicU32, PhantomData<*const T>);

// SAFETY: A number; nothing is reached through it without a check or an unsafe block.
unsafe impl<T> Send for Link<T> {}
// SAFETY: As above.
unsafe impl<T> Sync for Link<T> {}

impl<T> Link<T> {
    /// Holds a pointer.
    pub const fn new(to: Ptr<T>) -> Link<T> {
        Link(AtomicU32::new(to.0), PhantomData)
    }

    /// The pointer; what was written before it was set is seen through it.
    pub fn load(&self) -> Ptr<T> {
        Ptr::new(self.0.load(Ordering::Acquire))
    }

    /// Sets the pointer; who loads it sees what was written before.
    pub fn store(&self, to: Ptr<T>) {
        self.0.store(to.0, Ordering::Release);
    }

    /// Sets the pointer if it is `from`; else answers what it is.
    pub fn replace(&self, from: Ptr<T>, to: Ptr<T>) -> Result<(), Ptr<T>> {
        let changed = self
            .0
            .compare_exchange(from.0, to.0, Ordering::AcqRel, Ordering::Acquire);
        changed.map(|_| ()).map_err(Ptr::new)
    }
}

impl<T> fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.load().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_the_low_half_of_an_address_on_either_side() {
        let (kernel, user) = (0xffff_8001_2345_6780_usize, 0x0000_0007_2345_6780_usize);
        let one = Ptr::<u64>::of(core::ptr::without_provenance(kernel));
        let other = Ptr::<u64>::of(core::ptr::without_provenance(user));
        assert_eq!((one, one.offset()), (other, 0x2345_6780));
        let anchor = core::ptr::without_provenance::<u8>(0x7_ffff_0000);
        assert_eq!(one.near(anchor).addr(), user);
    }

    #[test]
    fn links_hold_pointers() {
        let link = Link::<u64>::new(Ptr::NULL);
        assert!(link.load().is_null());
        assert_eq!(link.replace(Ptr::new(8), Ptr::new(16)), Err(Ptr::NULL));
        assert_eq!(link.replace(Ptr::NULL, Ptr::new(16)), Ok(()));
        assert_eq!(link.load(), Ptr::new(16));
    }
}
