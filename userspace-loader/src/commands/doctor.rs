// SPDX-License-Identifier: GPL-2.0
//! `lore doctor`: what stands between this machine and a running extension.

use super::extension::{bytes_text, time_text};
use super::profile::profile_names;
use anstyle::{AnsiColor, Style};
use clap::Args;
use lore::kernel::{Device, Error, DEVICE};
use lore::output::{thousands, Answer, Output, Status};
use lore::verify::feature_names;
use lore_abi::contract::WINDOW_LEN_MIN;
use lore_abi::image::Profile;
use lore_abi::request::InfoRequest;
use lore_sandbox::window::Extent;
use rustix::io::Errno;
use serde_json::json;

/// The oldest kernel that the module builds for.
const KERNEL_MIN: (u32, u32) = (7, 2);

/// Look for what keeps extensions from running here
#[derive(Args)]
pub struct Doctor {}

/// What the smallest window of `--guard=mask` takes of the address space.
const SMALLEST_STRIDE: u64 = match Extent::of(Profile::Mask, WINDOW_LEN_MIN) {
    Some(extent) => extent.stride(),
    None => unreachable!(),
};

/// One thing that was looked at.
struct Check {
    name: &'static str,
    ok: bool,
    text: String,
    help: Option<&'static str>,
    /// Exit status if it is not as it should be.
    status: Status,
}

impl Doctor {
    pub fn run(self, out: &Output) -> Answer {
        let device = Device::open();
        let mut checks = vec![machine(), kernel(), module(), permission(), open(&device)];
        let mut info = None;
        if let Ok(device) = &device {
            match device.info() {
                Ok(found) => {
                    checks.push(version(&found));
                    info = Some(found);
                }
                Err(_) => checks.push(Check {
                    name: "abi",
                    ok: false,
                    text: "the device does not answer like lore.ko".to_owned(),
                    help: Some("build and load lore.ko and lore from the same source"),
                    status: Status::Abi,
                }),
            }
        }
        out.show(
            || {
                let check = |c: &Check| {
                    json!({ "name": c.name, "ok": c.ok, "text": c.text, "help": c.help })
                };
                json!({
                    "checks": checks.iter().map(check).collect::<Vec<_>>(),
                    "kernel": info.as_ref().map(info_json),
                })
            },
            || {
                let mut text: String = checks.iter().map(line).collect();
                text.extend(info.as_ref().map(offers));
                text
            },
        );
        // The last check that failed is the closest to the cause that the user can mend.
        Ok(checks
            .iter()
            .rev()
            .find(|check| !check.ok)
            .map_or(Status::Done, |check| check.status))
    }
}

fn line(check: &Check) -> String {
    let style: Style = match check.ok {
        true => AnsiColor::Green.on_default(),
        false => AnsiColor::Red.on_default().bold(),
    };
    let mark = if check.ok { "ok" } else { "no" };
    let mut text = format!(
        "{style}{mark}{style:#}  {:<11} {}\n",
        check.name, check.text
    );
    if let (false, Some(help)) = (check.ok, check.help) {
        text.push_str(&format!("                {help}\n"));
    }
    text
}

fn machine() -> Check {
    let machine = rustix::system::uname()
        .machine()
        .to_string_lossy()
        .into_owned();
    Check {
        name: "machine",
        ok: machine == "aarch64",
        text: machine,
        help: Some("extensions run on arm64; here they can be built, verified and inspected"),
        status: Status::NoDevice,
    }
}

fn kernel() -> Check {
    let release = rustix::system::uname()
        .release()
        .to_string_lossy()
        .into_owned();
    let mut numbers = release
        .split(|c: char| !c.is_ascii_digit())
        .map_while(|n| n.parse().ok());
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    Check {
        name: "kernel",
        ok: found >= KERNEL_MIN,
        text: release,
        help: Some("lore.ko needs Linux 7.2 or later"),
        status: Status::NoDevice,
    }
}

fn module() -> Check {
    let ok = std::path::Path::new("/sys/module/lore").exists();
    Check {
        name: "module",
        ok,
        text: if ok {
            "lore is loaded"
        } else {
            "lore is not loaded"
        }
        .to_owned(),
        help: Some("insmod lore.ko"),
        status: Status::NoDevice,
    }
}

/// CAP_SYS_ADMIN is bit 21, CAP_BPF bit 39 of the effective set (`include/uapi/linux/capability.h`).
fn permission() -> Check {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let bits = effective
        .and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok())
        .unwrap_or(0);
    let has = |bit: u32| bits >> bit & 1 == 1;
    let held: Vec<_> = [(21, "CAP_SYS_ADMIN"), (39, "CAP_BPF")]
        .into_iter()
        .filter(|(bit, _)| has(*bit))
        .map(|(_, name)| name)
        .collect();
    Check {
        name: "permission",
        ok: !held.is_empty(),
        text: if held.is_empty() {
            "neither CAP_SYS_ADMIN nor CAP_BPF".to_owned()
        } else {
            held.join(", ")
        },
        help: Some("run it as root, or give it CAP_BPF"),
        status: Status::NoDevice,
    }
}

fn open(device: &Result<Device, Error>) -> Check {
    let text = match device {
        Ok(_) => format!("{DEVICE} opens"),
        Err(Error::NoDevice(Errno::NOENT)) => format!("{DEVICE} is not there"),
        Err(Error::NoDevice(errno) | Error::Failed(errno)) => {
            format!("{DEVICE}: {}", std::io::Error::from(*errno))
        }
        Err(Error::Refused(_)) => format!("{DEVICE} refuses"),
    };
    Check {
        name: "device",
        ok: device.is_ok(),
        text,
        help: Some("load the module, and mind the device's owner and mode"),
        status: Status::NoDevice,
    }
}

fn version(info: &InfoRequest) -> Check {
    let (kernel, own) = (info.abi_version, lore_abi::ABI_VERSION);
    Check {
        name: "abi",
        ok: kernel == own,
        text: format!("lore.ko has version {kernel}, this lore {own}"),
        help: Some("build and load lore.ko and lore from the same source"),
        status: Status::Abi,
    }
}

fn offers(info: &InfoRequest) -> String {
    let features = feature_names(info.features);
    let rows = [
        (
            "features",
            if features.is_empty() {
                "none".to_owned()
            } else {
                features.join(", ")
            },
        ),
        (
            "policy",
            if info.strict != 0 {
                "strict"
            } else {
                "facts outlive calls"
            }
            .to_owned(),
        ),
        ("profiles", profile_names(info).join(", ")),
        ("code", format!("{} per image", bytes_text(info.code_max))),
        (
            "arena",
            format!(
                "{} of {} in use",
                bytes_text(info.arena_used),
                bytes_text(info.arena_len)
            ),
        ),
        (
            "heap",
            format!("{} per extension", bytes_text(info.heap_max)),
        ),
        (
            "windows",
            format!(
                "{} of address space: {} of 4 GiB, or {} of 64 KiB, less what others take",
                bytes_text(info.space),
                thousands(info.space / Extent::WHOLE.stride()),
                thousands(info.space / SMALLEST_STRIDE),
            ),
        ),
        (
            "budget",
            format!(
                "{} per activation",
                time_text(info.budget_max_us.saturating_mul(1000))
            ),
        ),
        (
            "extensions",
            format!("{} of {}", info.extensions, info.extensions_max),
        ),
    ];
    rows.iter()
        .map(|(name, value)| format!("    {name:<11} {value}\n"))
        .collect()
}

fn info_json(info: &InfoRequest) -> serde_json::Value {
    json!({
        "abi_version": info.abi_version,
        "strict": info.strict != 0,
        "profiles": profile_names(info),
        "features": feature_names(info.features),
        "code_max": info.code_max,
        "arena_bytes": info.arena_len,
        "arena_used": info.arena_used,
        "heap_max": info.heap_max,
        "space_bytes": info.space,
        "budget_max_us": info.budget_max_us,
        "extensions_max": info.extensions_max,
        "extensions": info.extensions,
    })
}
