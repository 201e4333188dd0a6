// SPDX-License-Identifier: GPL-2.0
//! Nothing of its own: the archive made of it carries `compiler_builtins`, whose soft floating point is what compilers
//! call where C says `double`.
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // Nothing of it is linked: no function that C calls here can panic.
    loop {}
}
