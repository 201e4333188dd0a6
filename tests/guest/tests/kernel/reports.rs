// SPDX-License-Identifier: GPL-2.0
//! What `lore run` says of a fault, in C and Rust: the place in the source with its neighbours, names as their authors wrote
//! them, and the calls. Offsets in the code are the compilers' and the rewriter's, and are left out.

use lore_guest_tests::command::program;
use lore_guest_tests::fixture;

/// What the command says, up to the listing of instructions, and the backtrace; offsets as `+N`.
fn report(image: &str, arg: &str) -> Vec<String> {
    let output = program("/bin/lore", &["run", image, "--arg", arg]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).expect("text");
    let (mut lines, mut shown) = (Vec::new(), true);
    for line in text.lines() {
        if line.starts_with("note: the instruction") {
            shown = false;
        }
        shown |= line.contains("note: backtrace");
        if shown {
            lines.push(without_offset(line.trim_end()));
        }
    }
    lines
}

fn without_offset(line: &str) -> String {
    let Some((before, rest)) = line.split_once("+0x") else {
        return line.to_owned();
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    format!("{before}+N{rest}")
}

#[test]
fn a_wild_pointer_in_c_is_shown_in_its_source() {
    let want = r#"error[memory]: wild.lore was cancelled: an access to an address of the window that is not mapped
  --> examples/wild/wild.c:15:9
   |
13 | __attribute__((noinline)) static uint64_t count(struct entry *entry)
14 | {
15 |     return ++entry->hits;
   |            ^ loads from window address 0x2a400010
16 | }
17 |
   |
   = note: backtrace, innermost first
             0: count+N (examples/wild/wild.c:15)
                    return ++entry->hits;
             1: look_up+N (examples/wild/wild.c:21)
                    uint64_t hits = count(entry);
             2: each+N (examples/wild/wild.c:32)
                    hits += look_up((uint64_t)keys[i] << 20);
             3: wild+N (examples/wild/wild.c:42)
                    uint64_t hits = each(from, len);
   = help: `lore explain memory` says what this fault means"#;
    // The wild pointer is made of a good one, and so depends on where data begins.
    let data = lore::image::data_at(&fixture("wild").image.header);
    let want = want.replace("0x2a400010", &format!("{:#x}", 0x2a00_0010 + data));
    let got = report("/fixtures/wild.lore", "0");
    assert_eq!(got.join("\n"), want);
}

#[test]
fn functions_in_line_are_shown_with_their_calls() {
    let want = r#"error[memory]: inlined.lore was cancelled: an access to an address of the window that is not mapped
  --> tests/fixtures/inlined.c:13:15
   |
11 | __attribute__((always_inline)) static inline uint64_t value_of(const struct node *node)
12 | {
13 |     return node->value;
   |                  ^^^^^ loads from window address 0x8
14 | }
15 |
   |
   = note: backtrace, innermost first
             0: value_of (tests/fixtures/inlined.c:13), inlined
                    return node->value;
                sum_of (tests/fixtures/inlined.c:18), inlined
                    return value_of(first) + value_of(first->next);
                sum+N (tests/fixtures/inlined.c:23)
                    return sum_of(first);
             1: inlined+N (tests/fixtures/inlined.c:30)
                    return (long)(sum(&node) + 1);
   = help: `lore explain memory` says what this fault means"#;
    let got = report("/fixtures/inlined.lore", "0");
    assert_eq!(got.join("\n"), want);
}

#[test]
fn a_panic_in_rust_is_shown_where_it_was() {
    let want = r#"error[abort]: rust_faults.lore was cancelled: it called abort(1): index out of bounds: the len is 4 but the index is 9 (src/lib.rs:14:9)
  --> tests/fixtures/rust_faults/src/lib.rs:14:9
   |
12 |     #[inline(never)]
13 |     fn pick(&self, at: usize) -> u64 {
14 |         self.0[at].into()
   |         ^^^^ in the gate `abort`, called here
15 |     }
16 |
   |"#;
    let got = report("/fixtures/rust_faults.lore", "9").join("\n");
    assert!(got.starts_with(want), "{got}");
    // Those of the library have its own lines, which are not ours to know.
    let (_, calls) = got
        .split_once("backtrace, innermost first\n")
        .expect("calls");
    let lines: Vec<&str> = calls.lines().collect();
    let own = lines
        .windows(2)
        .filter(|pair| pair[0].contains("rust_faults/"));
    let own: Vec<_> = own.map(|pair| (pair[0].trim(), pair[1].trim())).collect();
    let want = [
        (
            "<rust_faults::Table<u8>>::pick+N (tests/fixtures/rust_faults/src/lib.rs:14)",
            "self.0[at].into()",
        ),
        (
            "faults (tests/fixtures/rust_faults/src/lib.rs:32), inlined",
            "at => table.pick(at as usize),",
        ),
        (
            "rust_faults::_::faults_entry+N (tests/fixtures/rust_faults/src/lib.rs:27)",
            "#[lore::run]",
        ),
    ];
    assert_eq!(own.len(), want.len(), "{got}");
    for ((call, text), (want, line)) in own.into_iter().zip(want) {
        assert!(call.ends_with(want) && text == line, "{got}");
    }
    let help = "= help: `lore explain abort` says what this fault means";
    assert_eq!(lines.last().map(|line| line.trim()), Some(help));
}

#[test]
fn a_loop_in_rust_is_shown_where_it_was_when_the_time_was_over() {
    let got = report("/fixtures/rust_faults.lore", "0").join("\n");
    let title = "error[time]: rust_faults.lore was cancelled: the time budget was used up\n";
    assert!(got.starts_with(title), "{got}");
    assert!(got.contains("was here when the time was over"), "{got}");
    // In the search or in what it calls, whichever it was.
    let call = ": <rust_faults::Table<u8>>::search+N (tests/fixtures/rust_faults/src/lib.rs:20)";
    assert!(got.contains(call), "{got}");
    let call = ": faults (tests/fixtures/rust_faults/src/lib.rs:31), inlined";
    assert!(got.contains(call), "{got}");
}
