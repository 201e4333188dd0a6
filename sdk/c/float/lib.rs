// SPDX-License-Identifier: GPL-2.0
//! What compilers call for what the machine has no instruction for: the archive made of it carries `compiler_builtins`, whose
//! soft floating point stands where C says `double`, and what gcc calls beside it to count bits.
#![no_std]

/// The bits of `int` that are set.
#[no_mangle]
pub extern "C" fn __popcountsi2(value: u32) -> u32 {
    value.count_ones()
}

/// The bits of `long` that are set.
#[no_mangle]
pub extern "C" fn __popcountdi2(value: u64) -> u32 {
    value.count_ones()
}

/// The bits of `__int128` that are set.
#[no_mangle]
pub extern "C" fn __popcountti2(value: u128) -> u32 {
    value.count_ones()
}

/// Whether an odd number of the bits of `int` is set.
#[no_mangle]
pub extern "C" fn __paritysi2(value: u32) -> u32 {
    value.count_ones() & 1
}

/// Whether an odd number of the bits of `long` is set.
#[no_mangle]
pub extern "C" fn __paritydi2(value: u64) -> u32 {
    value.count_ones() & 1
}

/// Whether an odd number of the bits of `__int128` is set.
#[no_mangle]
pub extern "C" fn __parityti2(value: u128) -> u32 {
    value.count_ones() & 1
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // Nothing of it is linked: no function that C calls here can panic.
    loop {}
}
