// SPDX-License-Identifier: GPL-2.0
//! CPU features that open classes of instructions. The kernel takes them from its system-wide
//! capabilities, never from the CPU that happens to load.

/// Names a feature bit.
macro_rules! features {
    ($( $(#[$meta:meta])* $name:ident = $bit:literal, $text:literal; )+) => {
        $( $(#[$meta])* #[doc = $text] pub const $name: u64 = 1 << $bit; )+
        /// Every feature: bit and the name that the Arm ARM gives it.
        pub const ALL: &[(u64, &str)] = &[ $( ($name, $text), )+ ];
    };
}

features! {
    LSE = 0, "FEAT_LSE";
    LRCPC = 1, "FEAT_LRCPC";
    LRCPC2 = 2, "FEAT_LRCPC2";
    FLAGM = 3, "FEAT_FlagM";
    CRC32 = 4, "FEAT_CRC32";
    CSSC = 5, "FEAT_CSSC";
    SB = 6, "FEAT_SB";
}
