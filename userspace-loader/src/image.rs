// SPDX-License-Identifier: GPL-2.0
//! An image in memory, between the rewriter, the file and the kernel.

use lore_abi::image::{Entry, Header, Label, Profile};
use lore_abi::request::{SpanName, SPAN_COUNT};
use lore_client::requests::Sections;
use lore_sandbox::window::{self, Extent, DATA_AT};
use zerocopy::IntoBytes;

/// Everything that an image file holds. Code offsets are region offsets, data offsets are window offsets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Version, profile, flags, features.
    pub header: Header,
    /// Verified words, from `code_at` of the layout on.
    pub code: Vec<u8>,
    /// Initialised data, from [`data_at`] on.
    pub data: Vec<u8>,
    /// Zeroed bytes behind `data`.
    pub bss_len: u64,
    /// Label table, ascending.
    pub labels: Vec<Label>,
    /// Frame lists; entry 0 is the empty one.
    pub lists: Vec<u64>,
    /// Declared targets, ascending.
    pub targets: Vec<u32>,
    /// Entries.
    pub entries: Vec<Entry>,
    /// Where the author has said that entries are to be attached, which the kernel is not told.
    pub places: Vec<Place>,
    /// Imported gates.
    pub imports: Vec<u32>,
    /// Data relocations: offsets in `data`.
    pub relocs: Vec<u32>,
    /// Guards that are filled in at load: region offsets, ascending; of the profile `movk` alone.
    pub guards: Vec<u32>,
    /// For people: functions, data objects and gates.
    pub symbols: Vec<Symbol>,
    /// For people: source places, ascending by `at`.
    pub lines: Vec<Line>,
    /// For people: calls that compilers have put in line, ascending by `at`, the outer before the inner; one lies in another
    /// or beside it.
    pub inlined: Vec<Inlined>,
    /// Source files that `lines` and `inlined` name.
    pub files: Vec<String>,
    /// For people: words that the rewriter added or changed, ascending by `at`.
    pub notes: Vec<Note>,
}

/// The window of an image, if its header says one that there is.
pub fn extent(header: &Header) -> Option<Extent> {
    Extent::of(Profile::from_u32(header.profile)?, header.window_len)
}

/// Window offset of the first byte of an image's data.
pub fn data_at(header: &Header) -> u32 {
    Profile::from_u32(header.profile).map_or(DATA_AT, window::data_at)
}

impl<'a> From<&'a Image> for Sections<'a> {
    fn from(image: &'a Image) -> Sections<'a> {
        let mut spans: [&[u8]; SPAN_COUNT] = [&[]; SPAN_COUNT];
        for name in SpanName::ALL {
            spans[*name as usize] = match name {
                SpanName::Code => &image.code,
                SpanName::Data => &image.data,
                SpanName::Labels => image.labels.as_bytes(),
                SpanName::Lists => image.lists.as_bytes(),
                SpanName::Targets => image.targets.as_bytes(),
                SpanName::Entries => image.entries.as_bytes(),
                SpanName::Imports => image.imports.as_bytes(),
                SpanName::Relocs => image.relocs.as_bytes(),
                SpanName::Guards => image.guards.as_bytes(),
            };
        }
        Sections {
            header: &image.header,
            bss_len: image.bss_len,
            spans,
        }
    }
}

/// Where an entry is to be attached unless somebody says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index in [`Image::entries`].
    pub entry: u32,
    /// Name of a hook, like `tracepoint/sched_switch`.
    pub hook: String,
}

/// A named range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// As in the object (mangled).
    pub name: String,
    /// Region offset (code, gate) or window offset (data).
    pub at: u32,
    /// Bytes.
    pub len: u32,
    /// Which of the two, and whether others may see it.
    pub kind: SymbolKind,
    /// Visible outside its object.
    pub global: bool,
}

/// What a [`Symbol`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function of the code section.
    Function,
    /// A data object in the window.
    Data,
    /// A gate slot.
    Gate,
}

/// A place in the source: from `at` to the next line's `at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Region offset.
    pub at: u32,
    /// Index in [`Image::files`].
    pub file: u32,
    /// Line, 0 for none.
    pub line: u32,
    /// Column, 0 for none.
    pub column: u32,
}

/// A call that a compiler has put in line: from `at` to `end` the words are the called function's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlined {
    /// Region offset.
    pub at: u32,
    /// Behind the last word.
    pub end: u32,
    /// The function that was called, as in the object (mangled).
    pub function: String,
    /// File of the call: index in [`Image::files`].
    pub file: u32,
    /// Line of the call, 0 for none.
    pub line: u32,
    /// Column of the call, 0 for none.
    pub column: u32,
}

/// Why a word is not as the compiler wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Region offset.
    pub at: u32,
    /// What the word is for.
    pub kind: NoteKind,
}

/// The kinds of words that the rewriter adds or changes, each counted by `inspect --stats`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NoteKind {
    /// `add xN, x15, wN, uxtw` in place.
    Guard = 1,
    /// The sum of a register-offset access, in scratch.
    Sum = 2,
    /// An access turned into form Z.
    FormZ = 3,
    /// A guard on x14.
    StackGuard = 4,
    /// A push or pop of the shadow stack.
    Shadow = 5,
    /// A word of the table sequence.
    Table = 6,
    /// `bti c`.
    Bti = 7,
    /// A trap word.
    Trap = 8,
    /// An address of data or of a function.
    Address = 9,
    /// x30 as a general register moved to x11.
    Link = 10,
    /// Any other change.
    Other = 11,
    /// A word of a check of fuel, in metered images.
    Fuel = 12,
    /// A word of the compare before a guard, in the profile `match`.
    Compare = 13,
    /// The trap word of a compare.
    Wild = 14,
    /// The biased base made.
    Biased = 15,
}
