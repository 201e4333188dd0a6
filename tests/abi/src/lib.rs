// SPDX-License-Identifier: GPL-2.0
//! `include/uapi/lore.h`, the C view of `crates/abi`: structs and constants by cbindgen from the
//! sources, the code tables and request numbers from the crate itself.

use lore_abi::{attach, fault, feature, image, refusal, request, rule, trace};
use lore_iface::Gate;
use std::fmt::Write;
use std::path::Path;

/// Files whose structs and constants are in the header.
const SOURCES: &[&str] = &[
    "attach.rs",
    "fault.rs",
    "image.rs",
    "refusal.rs",
    "request.rs",
    "ring.rs",
    "trace.rs",
];

/// Structs and their names in C, in no particular order.
const STRUCTS: &[(&str, &str)] = &[
    ("AttachRequest", "lore_attach_request"),
    ("AttachmentStatus", "lore_attachment_status"),
    ("AttachmentsRequest", "lore_attachments_request"),
    ("CountersRequest", "lore_counters_request"),
    ("DetachRequest", "lore_detach_request"),
    ("Entry", "lore_entry"),
    ("Excerpt", "lore_excerpt"),
    ("Fault", "lore_fault"),
    ("FaultsRequest", "lore_faults_request"),
    ("Header", "lore_header"),
    ("InfoRequest", "lore_info_request"),
    ("Label", "lore_label"),
    ("ListRequest", "lore_list_request"),
    ("LoadRequest", "lore_load_request"),
    ("OpenRequest", "lore_open_request"),
    ("Refusal", "lore_refusal"),
    ("RingHeader", "lore_ring_header"),
    ("RunContext", "lore_run_context"),
    ("RunRequest", "lore_run_request"),
    ("ShowRequest", "lore_show_request"),
    ("Status", "lore_status"),
    ("TraceRecord", "lore_trace_record"),
    ("TraceRequest", "lore_trace_request"),
    ("UnloadRequest", "lore_unload_request"),
    ("UserSpan", "lore_user_span"),
    ("WindowPlan", "lore_window_plan"),
];

const TOP: &str = "/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The requests of /dev/lore and of an extension's file. Generated from crates/abi, whose pages say
 * more: `UPDATE=1 cargo test -p lore_abi_header` writes it anew.
 */
#ifndef _UAPI_LORE_H
#define _UAPI_LORE_H

#include <linux/ioctl.h>
#include <linux/types.h>
";

/// The whole header.
pub fn header(sources: &Path) -> Result<String, cbindgen::Error> {
    let mut text = TOP.to_owned();
    let _ = writeln!(text, "\n#define LORE_ABI_VERSION {}", lore_abi::ABI_VERSION);
    macro_rules! tables {
        ($( $prefix:literal, $what:literal, $table:path; )+) => {
            $( table(&mut text, $prefix, $what, <$table>::ALL.iter().map(|c| (c.id(), c.number(), c.text()))); )+
        };
    }
    tables! {
        "LORE_REASON", "Why a request was refused", refusal::Reason;
        "LORE_RULE", "Why the verifier refused a word", rule::Rule;
        "LORE_FAULT", "What ended an activation", fault::FaultKind;
        "LORE_GATE", "Gates, as an image imports them", Gate;
        "LORE_PROFILE", "How an image keeps its accesses inside the window", image::Profile;
        "LORE_HOOK", "Where an entry can be attached", image::Hook;
        "LORE_ATTACHMENT", "Whether an attachment is in force", attach::AttachmentState;
        "LORE_VERDICT", "What becomes of a packet", attach::Verdict;
        "LORE_SPAN", "Spans of a load request", request::SpanName;
    }
    text.push_str("\n/* Features that open instructions, as bits */\n");
    for (bit, name) in feature::ALL {
        let _ = writeln!(
            text,
            "#define LORE_{} (1ULL << {})",
            upper(name),
            bit.trailing_zeros()
        );
    }
    text.push_str(&structs(sources)?);
    requests(&mut text);
    text.push_str("\n#endif /* _UAPI_LORE_H */\n");
    Ok(text)
}

fn upper(id: &str) -> String {
    id.to_ascii_uppercase().replace('-', "_")
}

fn table<'a>(
    text: &mut String,
    prefix: &str,
    what: &str,
    codes: impl Iterator<Item = (&'a str, u32, &'a str)>,
) {
    let _ = write!(
        text,
        "\n/* {what} */\nenum {}_code {{\n",
        prefix.to_ascii_lowercase()
    );
    for (id, number, meaning) in codes {
        let _ = writeln!(text, "\t{prefix}_{} = {number}, /* {meaning} */", upper(id));
    }
    text.push_str("};\n");
}

/// What cbindgen makes of the sources, with the kernel's names of the types.
fn structs(sources: &Path) -> Result<String, cbindgen::Error> {
    let mut config = cbindgen::Config {
        language: cbindgen::Language::C,
        style: cbindgen::Style::Tag,
        documentation_style: cbindgen::DocumentationStyle::C,
        tab_width: 8,
        no_includes: true,
        ..cbindgen::Config::default()
    };
    config.export.prefix = Some("LORE_".to_owned());
    config.export.rename = STRUCTS
        .iter()
        .map(|(rust, c)| (rust.to_string(), c.to_string()))
        .collect();
    config.export.include = STRUCTS.iter().map(|(rust, _)| rust.to_string()).collect();
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(sources.join(source));
    }
    let mut bytes = Vec::new();
    builder.generate()?.write(&mut bytes);
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    // cbindgen puts its prefix before the names of structs too.
    for (c, kernel) in [
        ("LORE_lore_", "lore_"),
        ("uint64_t", "__u64"),
        ("uint32_t", "__u32"),
        ("int32_t", "__s32"),
        ("uint16_t", "__u16"),
        ("uint8_t", "__u8"),
        ("        ", "\t"),
    ] {
        text = text.replace(c, kernel);
    }
    Ok(comments(&text))
}

/// Comments of one line on one line, without the marks of Rust's links.
fn comments(text: &str) -> String {
    let mut out = String::from("\n");
    let mut comment: Option<Vec<&str>> = None;
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        match (&mut comment, line.trim()) {
            (None, "/*") => comment = Some(Vec::new()),
            (None, _) => {
                let _ = writeln!(out, "{line}");
            }
            (Some(lines), "*/") => {
                let indent = indent.trim_end_matches(' ');
                let words = lines.join(&format!("\n{indent} * ")).replace("[`", "`");
                let words = words.replace("`]", "`").replace("crate::", "");
                let _ = writeln!(out, "{indent}/* {words} */");
                comment = None;
            }
            (Some(lines), words) => lines.push(words),
        }
    }
    out
}

/// Request numbers, as C programs are used to have them.
fn requests(text: &mut String) {
    text.push_str("\n/* Requests; the C library's ioctl() takes the address of the struct */\n");
    for (name, nr, of) in REQUESTS {
        let _ = writeln!(
            text,
            "#define LORE_{name} _IOWR('L', {}, struct {of})",
            nr & 0xff
        );
    }
}

/// Requests: name, number, struct.
pub const REQUESTS: &[(&str, u32, &str)] = &[
    ("INFO", request::INFO, "lore_info_request"),
    ("LOAD", request::LOAD, "lore_load_request"),
    ("OPEN", request::OPEN, "lore_open_request"),
    ("UNLOAD", request::UNLOAD, "lore_unload_request"),
    ("LIST", request::LIST, "lore_list_request"),
    ("SHOW", request::SHOW, "lore_show_request"),
    ("RUN", request::RUN, "lore_run_request"),
    ("FAULTS", request::FAULTS, "lore_faults_request"),
    ("ATTACH", attach::ATTACH, "lore_attach_request"),
    ("DETACH", attach::DETACH, "lore_detach_request"),
    (
        "ATTACHMENTS",
        attach::ATTACHMENTS,
        "lore_attachments_request",
    ),
    ("WINDOW", request::WINDOW, "lore_window_plan"),
    ("COUNTERS", request::COUNTERS, "lore_counters_request"),
    ("TRACE", trace::TRACE, "lore_trace_request"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;
    use std::process::Command;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn the_header_is_up_to_date() {
        let path = root().join("include/uapi/lore.h");
        let new = header(&root().join("crates/abi/src")).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &new).unwrap();
        }
        let old = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            old == new,
            "out of date: UPDATE=1 cargo test -p lore_abi_header"
        );
    }

    #[test]
    fn a_c_compiler_agrees_on_sizes_and_numbers() {
        macro_rules! sizes {
            ($($of:path),+) => { [$( (stringify!($of), size_of::<$of>()) ),+] };
        }
        let mut c = "#include \"lore.h\"\n".to_owned();
        for (of, size) in sizes![
            attach::AttachRequest,
            attach::AttachmentStatus,
            attach::AttachmentsRequest,
            attach::DetachRequest,
            request::CountersRequest,
            image::Entry,
            fault::Fault,
            request::FaultsRequest,
            image::Header,
            request::InfoRequest,
            image::Label,
            request::ListRequest,
            request::LoadRequest,
            request::OpenRequest,
            refusal::Refusal,
            request::RunContext,
            request::RunRequest,
            request::ShowRequest,
            request::Status,
            request::UnloadRequest,
            request::UserSpan,
            lore_abi::ring::RingHeader,
            trace::TraceRecord,
            trace::TraceRequest,
            request::WindowPlan
        ] {
            let rust = of.rsplit("::").next().unwrap();
            let (_, name) = STRUCTS.iter().find(|(known, _)| *known == rust).unwrap();
            let _ = writeln!(
                c,
                "_Static_assert(sizeof(struct {name}) == {size}, \"{name}\");"
            );
        }
        for (name, nr, _) in REQUESTS {
            let _ = writeln!(c, "_Static_assert(LORE_{name} == {nr}u, \"{name}\");");
        }
        let folder = std::env::temp_dir().join(format!("lore-uapi-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("check.c"), c).unwrap();
        let done = Command::new("cc")
            .args([
                "-std=c11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-pedantic",
                "-fsyntax-only",
                "-I",
            ])
            .arg(root().join("include/uapi"))
            .arg(folder.join("check.c"))
            .output()
            .unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }

    /// The SDKs are written by hand for people who read them; their numbers are these.
    #[test]
    fn the_sdks_have_the_same_numbers() {
        let has = |file: &str, text: String| {
            let sdk = fs::read_to_string(root().join(file)).unwrap();
            assert!(sdk.contains(&text), "{file} lacks `{text}`");
        };
        let (c, rust) = ("sdk/c/include/lore.h", "sdk/rust/src/hook.rs");
        for hook in image::Hook::ALL {
            let number = hook.number();
            has(c, format!("LORE_HOOK_{} = {number},", upper(hook.id())));
            let attribute = match hook {
                image::Hook::Return => "returns",
                _ => hook.id(),
            };
            has(
                "sdk/macros/src/hook.rs",
                format!("attribute: \"{attribute}\",\n        number: {number},"),
            );
        }
        for verdict in attach::Verdict::ALL {
            let number = verdict.number();
            has(c, format!("LORE_{} = {number},", upper(verdict.id())));
            has(rust, format!("DeviceVerdict::{verdict:?}"));
        }
    }
}
