// SPDX-License-Identifier: GPL-2.0
//! What the verbs that talk to the kernel have in common.

use super::profile::profile_name;
use lore::elf::ImageFile;
use lore::kernel::{Device, Error, Who, DEVICE};
use lore::output::{thousands, Failure, Status};
use lore::report;
use lore_abi::request;
use rustix::io::Errno;
use serde_json::{json, Value};

/// Opens the device and compares versions.
pub fn device() -> Result<Device, Box<Failure>> {
    let device = Device::open().map_err(|error| failure("open", error, None))?;
    let info = device
        .info()
        .map_err(|error| failure("ask the kernel", error, None))?;
    if info.abi_version != lore_abi::ABI_VERSION {
        let (kernel, own) = (info.abi_version, lore_abi::ABI_VERSION);
        let message = format!("lore.ko has ABI version {kernel}, this lore has {own}");
        return Err(Failure::new(Status::Abi, "abi-version", message)
            .detail("kernel", kernel)
            .detail("lore", own)
            .help("build and load lore.ko and lore from the same source")
            .into());
    }
    Ok(device)
}

/// An error of the kernel as a failure; `loading` is the image it was about, if it was one.
pub fn failure(what: &str, error: Error, loading: Option<(&str, &ImageFile)>) -> Box<Failure> {
    match error {
        Error::NoDevice(errno) => no_device(errno),
        Error::Refused(refusal) => report::refusal(what, &refusal, loading),
        Error::Failed(Errno::NOTTY) => {
            let message = format!("{what}: the kernel does not know this request");
            Failure::new(Status::Abi, "no-such-request", message)
                .help("build and load lore.ko and lore from the same source")
                .into()
        }
        Error::Failed(errno) => {
            let status = match errno {
                Errno::PERM | Errno::ACCESS => Status::NoDevice,
                _ => Status::Kernel,
            };
            let message = format!("{what}: {}", text(errno));
            Failure::new(status, "errno", message)
                .detail("errno", errno.raw_os_error())
                .into()
        }
    }
}

fn no_device(errno: Errno) -> Box<Failure> {
    let message = format!("cannot open {DEVICE}: {}", text(errno));
    let (kind, help) = match errno {
        Errno::NOENT => ("no-device", "load the module first: insmod lore.ko"),
        Errno::PERM | Errno::ACCESS => ("permission", "run it as root, or give it CAP_BPF"),
        _ => ("no-device", "`lore doctor` looks for the cause"),
    };
    Failure::new(Status::NoDevice, kind, message)
        .detail("errno", errno.raw_os_error())
        .help(help)
        .into()
}

fn text(errno: Errno) -> String {
    std::io::Error::from(errno).to_string()
}

/// An extension on the command line: digits are its number, all else its name.
pub fn parse_who(text: &str) -> Result<Who, String> {
    match text.strip_prefix('#').unwrap_or(text).parse() {
        Ok(id) => Ok(Who::Id(id)),
        Err(_) => Ok(Who::Name(text.to_owned())),
    }
}

/// How messages call an extension.
pub fn who_text(who: &Who) -> String {
    match who {
        Who::Name(name) => name.clone(),
        Who::Id(id) => format!("#{id}"),
    }
}

/// Bytes with a suffix: `64k`, `16M`, `1G`.
pub fn parse_bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" => 0,
        "k" | "kib" => 10,
        "m" | "mib" => 20,
        "g" | "gib" => 30,
        suffix => return Err(format!("no suffix `{suffix}`; there are k, M and G")),
    };
    let number: u64 = digits
        .parse()
        .map_err(|_| "a number of bytes, like 64k".to_owned())?;
    number
        .checked_shl(shift)
        .filter(|n| n >> shift == number)
        .ok_or("too large".to_owned())
}

/// A time in microseconds: `500us`, `20ms`, `1s`.
pub fn parse_time(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "us" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        _ => return Err("a time with its unit, like 500us, 20ms or 1s".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "a time like 20ms".to_owned())?;
    number.checked_mul(unit).ok_or("too large".to_owned())
}

/// A field of bytes padded with zeros as text.
pub fn name_of(field: &[u8]) -> String {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// What is known of a loaded extension, for programs.
pub fn status_json(status: &request::Status) -> Value {
    json!({
        "id": status.id,
        "name": name_of(&status.name),
        "code_bytes": status.code_len,
        "region_bytes": status.region_len,
        "region_at": status.region_at,
        "data_bytes": status.data_len,
        "heap_bytes": status.heap_len,
        "heap_max": status.heap_max,
        "stack_bytes": status.stack_len,
        "budget_us": status.budget_us,
        "runs": status.runs,
        "faults": status.faults,
        "faults_unrecorded": status.faults_unrecorded,
        "skips": status.skips,
        "objects": status.held,
        "leaks": status.leaks,
        "kept": status.kept,
        "events_lost": status.events_lost,
        "pages": status.pages,
        "faults_max": status.faults_max,
        "time_ns": status.time_ns,
        "detached": status.detached != 0,
        "files": status.files,
        "targets": status.targets,
        "entries": status.entries,
        "profile": profile_name(status.profile),
        "window_bytes": status.window_len,
    })
}

/// Nanoseconds for people.
pub fn time_text(ns: u64) -> String {
    match ns {
        0..10_000 => format!("{} ns", thousands(ns)),
        10_000..10_000_000 => format!("{:.1} us", ns as f64 / 1e3),
        10_000_000..10_000_000_000 => format!("{:.1} ms", ns as f64 / 1e6),
        _ => format!("{:.1} s", ns as f64 / 1e9),
    }
}

/// Bytes for people.
pub fn bytes_text(bytes: u64) -> String {
    match bytes {
        0..10_240 => format!("{} B", thousands(bytes)),
        10_240..10_485_760 => format!("{} KiB", thousands(bytes >> 10)),
        _ => format!("{} MiB", thousands(bytes >> 20)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_have_units() {
        assert_eq!(parse_bytes("64k"), Ok(65536));
        assert_eq!(parse_bytes("3"), Ok(3));
        assert_eq!(parse_bytes("1GiB"), Ok(1 << 30));
        assert!(parse_bytes("99999999999999G").is_err() && parse_bytes("x").is_err());
        assert_eq!(parse_time("20ms"), Ok(20_000));
        assert_eq!(parse_time("1s"), Ok(1_000_000));
        assert!(parse_time("20").is_err() && parse_time("ms").is_err());
    }

    #[test]
    fn digits_are_a_number_and_the_rest_is_a_name() {
        assert_eq!(parse_who("7"), Ok(Who::Id(7)));
        assert_eq!(parse_who("#7"), Ok(Who::Id(7)));
        assert_eq!(parse_who("lz4"), Ok(Who::Name("lz4".to_owned())));
    }
}
