// SPDX-License-Identifier: GPL-2.0
//! `lore build`, from sources to an image that verifies or to a message that says what is wrong.

use crate::fixture::Folder;

/// Builds one source, and gives back the folder, the status and what was said.
fn build(test: &str, name: &str, source: &str) -> (Folder, i32, String) {
    let folder = Folder::new(test).file(name, source.as_bytes());
    let run = folder.lore(&["build", "-o", "x.lore", name]);
    (folder, run.status, run.text)
}

#[test]
fn nothing_to_build_is_a_usage_error() {
    let folder = Folder::new("build").file("x.rs", b"");
    for args in [&["build"][..], &["build", "x.rs"], &["build", "none.c"]] {
        let run = folder.lore(args);
        assert_eq!(run.status, 2, "{args:?}: {}", run.text);
    }
}

#[test]
fn c_sources_become_an_image_that_verifies() {
    let folder = Folder::new("build-c");
    for example in ["hello/c", "wild", "spin"] {
        let source = format!("{}/../examples/{example}", env!("CARGO_MANIFEST_DIR"));
        let run = folder.lore(&["build", "--json", "-o", "x.lore", &source]);
        assert_eq!(run.status, 0, "{example}: {}", run.text);
        assert!(run.json()["stats"]["guards"].as_u64() > Some(0));
        let run = folder.lore(&["verify", "x.lore"]);
        assert_eq!(run.status, 0, "{example}: {}", run.text);
    }
}

#[test]
fn compilers_have_the_word_when_a_source_is_wrong() {
    let folder = Folder::new("build-bad").file("bad.c", b"int f(void) { return nobody; }\n");
    let run = folder.lore(&["build", "bad.c"]);
    assert_eq!(run.status, 2);
    assert!(run.text.contains("bad.c:1:22: error"), "{}", run.text);
    let run = folder.lore(&["build", "--json", "bad.c"]);
    let messages = run.json()["error"]["messages"].clone();
    assert!(
        messages
            .as_str()
            .is_some_and(|text| text.contains("nobody")),
        "{messages}"
    );
}

#[test]
fn what_nobody_defines_is_named_with_who_needs_it() {
    let text = b"#include <lore.h>\nlong nobody(void);\n\
        static long f(struct lore_run *run) { (void)run; return nobody(); }\nLORE_ENTRY_RUN(f);\n";
    let folder = Folder::new("undefined").file("f.c", text);
    let run = folder.lore(&["build", "f.c"]);
    assert_eq!(run.status, 4);
    assert!(run.text.contains("undefined symbol nobody"), "{}", run.text);
}

#[test]
fn cxx_has_classes_templates_new_and_delete() {
    let source = "#include <lore.h>\n\
        struct Shape { virtual long area() const = 0; virtual ~Shape() {} };\n\
        struct Square : Shape { long a; Square(long a) : a(a) {} long area() const override { return a * a; } };\n\
        template <class T> T twice(T x) { return x + x; }\n\
        static long f(lore_run *run) { Shape *s = new Square(run->arg); long a = s->area(); delete s; return twice(a); }\n\
        LORE_ENTRY_RUN(f);\n";
    let (folder, status, text) = build("cxx", "shapes.cpp", source);
    assert_eq!(status, 0, "{text}");
    assert_eq!(folder.lore(&["verify", "x.lore"]).status, 0);
}

#[test]
fn the_c_library_is_there_when_it_is_asked_for() {
    let source = "#include <ctype.h>\n#include <lore.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
        static int order(const void *a, const void *b) { return *(int *)a - *(int *)b; }\n\
        static long f(struct lore_run *run) { int v[] = { 3, 1, 2 }; qsort(v, 3, sizeof *v, order);\n\
        run->output_len = snprintf((char *)run->output, run->output_cap, \"%d %.3f %c\", v[0], 0.5, toupper('a'));\n\
        return strtol(\"12\", NULL, 8); }\nLORE_ENTRY_RUN(f);\n";
    let (folder, status, text) = build("libc", "uses.c", source);
    assert_eq!(status, 0, "{text}");
    assert_eq!(folder.lore(&["verify", "x.lore"]).status, 0);
}

/// Two sources become one object before they are rewritten, by either compiler.
#[test]
fn sources_are_optimised_together_when_the_manifest_says_so() {
    let one = "#include <lore.h>\nlong two(long);\n\
        static long f(struct lore_run *run) { return two(run->arg); }\nLORE_ENTRY_RUN(f);\n";
    let two = "long two(long a) { return a * 3; }\n";
    let manifest = "name = 'both'\nsources = ['one.c', 'two.c']\ncflags = ['-flto']\n";
    for compiler in ["clang-19", "aarch64-linux-gnu-gcc"] {
        let folder = Folder::new(&format!("lto-{compiler}"))
            .file("one.c", one.as_bytes())
            .file("two.c", two.as_bytes())
            .file("lore.toml", manifest.as_bytes());
        let run = folder.lore_with("LORE_CC", compiler, &["build", ".", "-o", "both.lore"]);
        assert_eq!(run.status, 0, "{}", run.text);
        let run = folder.lore(&["inspect", "both.lore"]);
        // `two` is gone into `f`.
        assert!(run.text.contains("in 1 function"), "{}", run.text);
        assert_eq!(folder.lore(&["verify", "both.lore"]).status, 0);
    }
}

#[test]
fn makefiles_build_by_what_the_sdk_says() {
    let makefile = "include $(SDK)/lore.mk\nx.lore: one.o two.o\n";
    let one = "#include <lore.h>\nlong two(const char *);\n\
        static long f(struct lore_run *run) { return two((const char *)run->input); }\nLORE_ENTRY_RUN(f);\n";
    let two = "#include <string.h>\nlong two(const char *a) { return strcmp(a, \"two\"); }\n";
    let folder = Folder::new("make")
        .file("Makefile", makefile.as_bytes())
        .file("one.c", one.as_bytes())
        .file("two.c", two.as_bytes());
    let done = std::process::Command::new("make")
        .args(["-s", "LORE_CC=clang-19", "x.lore"])
        .arg(concat!("SDK=", env!("CARGO_MANIFEST_DIR"), "/../sdk/c"))
        .arg(concat!("LORE=", env!("CARGO_BIN_EXE_lore")))
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert_eq!(folder.lore(&["verify", "x.lore"]).status, 0);
}

#[test]
fn constructors_and_thread_local_data_are_refused_by_name() {
    let entry = "static long f(struct lore_run *run) { return x; }\nLORE_ENTRY_RUN(f);\n";
    for (test, line, message) in [
        (
            "constructor",
            "static volatile long x;\n__attribute__((constructor)) static void set(void) { x = x + 1; }\n",
            "constructors (.init_array) are not run",
        ),
        (
            "tdata",
            "static _Thread_local volatile long x = 3;\n",
            "thread-local",
        ),
    ] {
        let (_, status, text) = build(test, "f.c", &format!("#include <lore.h>\n{line}{entry}"));
        assert_eq!(status, 4, "{test}: {text}");
        assert!(text.contains(message), "{test}: {text}");
    }
}

/// Each profile is told by `inspect`, and taken by `verify` as the kernel's policy takes it.
#[test]
fn guard_profiles_are_named_allowed_and_refused() {
    let folder = Folder::new("build-guard");
    let source = format!("{}/../examples/hello/c", env!("CARGO_MANIFEST_DIR"));
    for (profile, more, status) in [
        ("uxtw", &[][..], 0),
        ("match", &[], 0),
        ("movk", &[], 0),
        ("stores", &[], 3),
        ("mask", &["--window=64k"], 0),
        ("low", &[], 0),
    ] {
        let guard = format!("--guard={profile}");
        let build = ["build", "-o", "x.lore", &guard, &source];
        let run = folder.lore(&[&build, more].concat());
        assert_eq!(run.status, 0, "{profile}: {}", run.text);
        let run = folder.lore(&["inspect", "--json", "x.lore"]);
        assert_eq!(run.json()["profile"], profile);
        let run = folder.lore(&["verify", "--json", "x.lore"]);
        assert_eq!(run.status, status, "{profile}: {}", run.text);
        if status == 3 {
            assert_eq!(run.json()["error"]["rule"], "PRO-4", "{profile}");
        }
        let run = folder.lore(&["verify", "--stores", "x.lore"]);
        assert_eq!(run.status, 0, "{profile}: {}", run.text);
    }
    for wrong in [
        &["--guard=none"][..],
        &["--guard=mask", "--window=3M"],
        &["--guard=mask", "--window=32k"],
        &["--guard=mask", "--window=8G"],
        &["--window=16M"],
    ] {
        let run = folder.lore(&[&["build", &source][..], wrong].concat());
        assert_eq!(run.status, 2, "{wrong:?}: {}", run.text);
    }
    // Data begins 4 KiB behind the start of a small window.
    let code = b"static char room[62 << 10];\nchar *run(void) { return room; }\n";
    let folder = folder.file("large.c", code);
    for (window, status) in [("--window=64k", 4), ("--window=128k", 0)] {
        let run = folder.lore(&["build", "--guard=mask", window, "--entry=run", "large.c"]);
        assert_eq!(run.status, status, "{window}: {}", run.text);
    }
}
