// SPDX-License-Identifier: GPL-2.0
//! One table per set of codes: number, identifier, text and the way back from a number.

/// Defines an enum of codes that cross a boundary.
///
/// Numbers are ABI: append, never reuse. `id` is what people search for, `text` what they read.
#[macro_export]
macro_rules! codes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident = $number:literal, $id:literal, $text:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u32)]
        pub enum $name {
            $( $(#[$vmeta])* #[doc = concat!("`", $id, "`: ", $text, ".")] $variant = $number, )+
        }

        impl $name {
            /// Every code, in the order of the table.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )+ ];

            /// The short identifier, unique within the set.
            pub const fn id(self) -> &'static str {
                match self { $( $name::$variant => $id, )+ }
            }

            /// What the code means, as the middle of a sentence.
            pub const fn text(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }

            /// The number that crosses the boundary.
            pub const fn number(self) -> u32 {
                self as u32
            }

            /// The code of a number; `None` for a number this version does not know.
            pub const fn from_u32(number: u32) -> Option<$name> {
                match number { $( $number => Some($name::$variant), )+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}
