// SPDX-License-Identifier: GPL-2.0
//! LLVM's MC disassembler through its C API, opened at run time so that only the tests need it.
//!
//! `LLVMDisasmInstruction` answers 0 both for what it cannot decode and for soft failures, which are LLVM's
//! word for constrained-unpredictable encodings: both count as refused, as they should.

use libloading::{Library, Symbol};
use std::ffi::{c_char, c_int, c_void, CString};
use std::sync::OnceLock;

/// The library of Debian's `libllvm22` (a dependency of `llvm-22`), by soname.
const LIBRARY: &str = "libLLVM.so.22.1";

type Create = unsafe extern "C" fn(
    *const c_char,
    *const c_char,
    *const c_char,
    *mut c_void,
    c_int,
    *const c_void,
    *const c_void,
) -> *mut c_void;
type Decode = unsafe extern "C" fn(*mut c_void, *mut u8, u64, u64, *mut c_char, usize) -> usize;
type Dispose = unsafe extern "C" fn(*mut c_void);

struct Api {
    create: Create,
    decode: Decode,
    dispose: Dispose,
}

/// Opens the library once per process; it is never closed.
fn api() -> &'static Api {
    static API: OnceLock<Api> = OnceLock::new();
    API.get_or_init(|| {
        // SAFETY: Loading LLVM runs its static initialisers, which are made for that.
        let library = unsafe { Library::new(LIBRARY) }
            .unwrap_or_else(|e| panic!("{LIBRARY} (package libllvm22) is needed: {e}"));
        let library: &'static Library = Box::leak(Box::new(library));
        for init in ["TargetInfo", "TargetMC", "Disassembler"] {
            let name = format!("LLVMInitializeAArch64{init}");
            // SAFETY: `void f(void)` in llvm-c/Target.h.
            unsafe {
                let init: Symbol<unsafe extern "C" fn()> = library.get(name.as_bytes()).unwrap();
                init();
            }
        }
        // SAFETY: The types are those of llvm-c/Disassembler.h.
        unsafe {
            Api {
                create: *library.get(b"LLVMCreateDisasmCPUFeatures").unwrap(),
                decode: *library.get(b"LLVMDisasmInstruction").unwrap(),
                dispose: *library.get(b"LLVMDisasmDispose").unwrap(),
            }
        }
    })
}

/// LLVM's names of the features, by [`lore_abi::feature`] bit.
pub const FEATURE_NAMES: &[(u64, &str)] = &[
    (lore_abi::feature::LSE, "lse"),
    (lore_abi::feature::LRCPC, "rcpc"),
    (lore_abi::feature::LRCPC2, "rcpc-immo"),
    (lore_abi::feature::FLAGM, "flagm"),
    (lore_abi::feature::CRC32, "crc"),
    (lore_abi::feature::CSSC, "cssc"),
    (lore_abi::feature::SB, "sb"),
];

/// One disassembler for one set of features; not shared between threads.
pub struct Llvm {
    context: *mut c_void,
    text: [u8; 128],
}

impl Llvm {
    /// A plain Armv8.0-A core with the features given as [`lore_abi::feature`] bits.
    pub fn new(features: u64) -> Llvm {
        let list: Vec<String> = FEATURE_NAMES
            .iter()
            .map(|&(bit, name)| format!("{}{name}", if features & bit != 0 { '+' } else { '-' }))
            .collect();
        let [triple, cpu, features] =
            ["aarch64-none-elf", "generic", &list.join(",")].map(|s| CString::new(s).unwrap());
        // SAFETY: Three C strings, no callbacks.
        let context = unsafe {
            (api().create)(
                triple.as_ptr(),
                cpu.as_ptr(),
                features.as_ptr(),
                std::ptr::null_mut(),
                0,
                std::ptr::null(),
                std::ptr::null(),
            )
        };
        assert!(!context.is_null(), "LLVM has no AArch64 disassembler");
        Llvm {
            context,
            text: [0; 128],
        }
    }

    /// The text of a word, without the tab before it; `None` if it is no instruction, or an unpredictable one.
    pub fn decode(&mut self, word: u32) -> Option<&str> {
        let mut bytes = word.to_le_bytes();
        // SAFETY: `bytes` and `text` live over the call and have the lengths given.
        let used = unsafe {
            (api().decode)(
                self.context,
                bytes.as_mut_ptr(),
                4,
                0,
                self.text.as_mut_ptr().cast(),
                self.text.len(),
            )
        };
        if used == 0 {
            return None;
        }
        let end = self
            .text
            .iter()
            .position(|&b| b == 0)
            .expect("LLVM ends its text");
        Some(
            std::str::from_utf8(&self.text[..end])
                .expect("LLVM prints ASCII")
                .trim_start(),
        )
    }
}

impl Drop for Llvm {
    fn drop(&mut self) {
        // SAFETY: Made by `create`, disposed of once.
        unsafe { (api().dispose)(self.context) }
    }
}
