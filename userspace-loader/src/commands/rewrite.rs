// SPDX-License-Identifier: GPL-2.0
//! `lore rewrite`: objects and archives of any compiler to an image.

use super::extension::parse_bytes;
use super::profile::parse_profile;
use super::{name_of, read, stats, write_image};
use clap::Args;
use lore::elf::{ImageFile, Source};
use lore::image::Image;
use lore::output::{thousands, Answer, Failure, Output, Status};
use lore::report;
use lore::rewrite::{link, Input, Options, Step, Wishes};
use lore::verify::{all_features, verify};
use lore_abi::contract::{WINDOW_LEN, WINDOW_LEN_MIN};
use lore_abi::image::{Hook, Profile};
use lore_verifier::Policy;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Most bytes of one source file that is embedded, and of all of them.
const SOURCE_MAX: usize = 4 << 20;
/// See [`SOURCE_MAX`].
const SOURCES_MAX: usize = 32 << 20;

/// Rewrite and link objects and archives to an image
#[derive(Args)]
pub struct Rewrite {
    /// Relocatable objects (.o) and archives (.a) for AArch64
    #[arg(required = true)]
    objects: Vec<PathBuf>,
    #[command(flatten)]
    link: LinkArgs,
}

/// What `rewrite` and `build` have in common.
#[derive(Args)]
pub struct LinkArgs {
    /// Image to write
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// A function to enter by the hook `run`, beside those that the SDK's macro marks
    #[arg(long, value_name = "FUNCTION")]
    pub entry: Vec<String>,
    /// How pointers are kept inside the window: uxtw puts them right; match ends the extension at one that is wrong; movk
    /// moves constants into them that the kernel fills in; mask cuts them down to a window of the size that is asked for; low has
    /// the window at address 0 while the code runs, where half a register is a pointer; stores leaves loads unguarded, which only
    /// kernels with the module parameter `stores` take
    #[arg(long, value_name = "PROFILE", value_parser = parse_profile, default_value = "uxtw")]
    pub guard: Profile,
    /// Bytes of the window, with --guard=mask: a power of two up to 4G
    #[arg(long, value_name = "BYTES", value_parser = parse_bytes)]
    pub window: Option<u64>,
    /// For kernels with the `strict` policy: facts do not outlive calls
    #[arg(long)]
    pub strict: bool,
    /// End by itself: for hooks that can run with interrupts masked, where no timer ends it
    #[arg(long)]
    pub metered: bool,
    /// Take objects that were built without the -ffixed flags: their code is given other registers, and is slower
    #[arg(long)]
    pub compat: bool,
    /// Leave out a step that saves guards, to see what it is worth: the image is larger, and does the same
    #[arg(long, value_name = "STEP")]
    pub without: Vec<Step>,
    #[command(flatten)]
    pub wishes: WishArgs,
    /// Leave the text of the source files out of the image
    #[arg(long)]
    pub no_sources: bool,
}

/// What the image asks of the kernel. `lore load` can give it more or less of all but the ring.
#[derive(Args)]
pub struct WishArgs {
    /// Bytes of data stack that an activation needs (16k, 1M)
    #[arg(long, value_parser = parse_bytes, default_value = "0", hide_default_value = true, value_name = "BYTES")]
    stack: u64,
    /// Most bytes of heap (64k, 16M)
    #[arg(long, value_parser = parse_bytes, default_value = "0", hide_default_value = true, value_name = "BYTES")]
    heap: u64,
    /// Bytes of the ring of events (64k, 1M)
    #[arg(long, value_parser = parse_bytes, default_value = "0", hide_default_value = true, value_name = "BYTES")]
    ring: u64,
}

impl WishArgs {
    /// Those of the command line win over those of `lore.toml` or `Cargo.toml`.
    pub fn over(&self, file: Wishes) -> Result<Wishes, Box<Failure>> {
        let narrow = |asked: u64, file: u32| match asked {
            0 => Ok(file),
            _ => u32::try_from(asked).map_err(|_| {
                let message =
                    format!("{asked} bytes of stack or ring are more than fit in a window");
                Box::new(Failure::new(Status::Usage, "too-large", message))
            }),
        };
        Ok(Wishes {
            stack_len: narrow(self.stack, file.stack_len)?,
            ring_len: narrow(self.ring, file.ring_len)?,
            heap_max: if self.heap == 0 {
                file.heap_max
            } else {
                self.heap
            },
        })
    }
}

impl Rewrite {
    pub fn run(self, out: &Output) -> Answer {
        let output = self.link.output.clone().unwrap_or_else(|| {
            self.objects
                .first()
                .map_or("out".into(), |o| o.with_extension("lore"))
        });
        let inputs = self
            .objects
            .iter()
            .map(|path| {
                Ok(Input {
                    name: path.display().to_string(),
                    bytes: read(path)?,
                })
            })
            .collect::<Result<Vec<_>, Box<Failure>>>()?;
        finish(
            &inputs,
            &self.link,
            &self.link.options(Wishes::default())?,
            &output,
            out,
        )
    }
}

impl LinkArgs {
    /// Bytes of the window, if the profile asks for them.
    fn window_len(&self) -> Result<u64, Box<Failure>> {
        let fail = |message| Err(Failure::new(Status::Usage, "window", message).into());
        match (self.guard, self.window) {
            (Profile::Mask, len) => {
                let len = len.unwrap_or(WINDOW_LEN);
                match len.is_power_of_two() && (WINDOW_LEN_MIN..=WINDOW_LEN).contains(&len) {
                    true => Ok(len),
                    false => fail(format!("{len} is no power of two from 64k to 4G")),
                }
            }
            (_, None) => Ok(0),
            (guard, Some(_)) => fail(format!("--guard={guard} has windows of one size, 4G")),
        }
    }

    /// How to link; `wishes` are the manifest's.
    pub fn options(&self, wishes: Wishes) -> Result<Options, Box<Failure>> {
        let entry = |name: &String| (name.clone(), Hook::Run);
        Ok(Options {
            entries: self.entry.iter().map(entry).collect(),
            strict: self.strict,
            metered: self.metered,
            guard: self.guard,
            window_len: self.window_len()?,
            compat: self.compat,
            without: self.without.iter().copied().collect(),
            wishes: self.wishes.over(wishes)?,
        })
    }
}

/// Rewrites, verifies, writes and reports.
pub fn finish(
    inputs: &[Input],
    args: &LinkArgs,
    options: &Options,
    output: &Path,
    out: &Output,
) -> Answer {
    let mut image = link(inputs, options).map_err(|error| report::object(&error))?;
    let mut sources = if args.no_sources {
        Vec::new()
    } else {
        sources(&image)
    };
    let here = std::env::current_dir().unwrap_or_default();
    let paths = image
        .files
        .iter_mut()
        .chain(sources.iter_mut().map(|source| &mut source.path));
    for path in paths {
        *path = portable(path, &here.to_string_lossy());
    }
    let bytes_before = lore::growth::bytes_before(inputs, &image);
    let file = ImageFile {
        image,
        bytes_before,
        sources,
        warnings: Vec::new(),
    };
    let len = write_image(output, &file)?;
    // The rewriter owes an image that verifies; the file stays, to look at what it did.
    let policy = Policy {
        features: all_features(),
        strict: args.strict,
        profiles: args.guard.bit(),
        window: 0,
    };
    verify(&file.image, &policy).map_err(|violation| {
        let mut failure = report::violation(&name_of(output), &file, &violation);
        failure
            .help
            .push("this is a bug of the rewriter: please report it".to_owned());
        failure
    })?;
    let stats = stats::Stats::of(&file);
    out.show(
        || json!({ "image": output, "bytes": len, "stats": stats.json() }),
        || {
            format!(
                "{}: {} bytes of code{}, {} of data, {} guards",
                output.display(),
                thousands(file.image.code.len() as u64),
                stats
                    .growth()
                    .map_or(String::new(), |g| format!(" ({g:+.1} %)")),
                thousands(file.image.data.len() as u64 + file.image.bss_len),
                thousands(stats.guards()),
            )
        },
    );
    Ok(Status::Done)
}

/// The texts of the source files that are at hand.
fn sources(image: &Image) -> Vec<Source> {
    let mut room = SOURCES_MAX;
    let mut sources = Vec::new();
    for path in &image.files {
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        if text.len() <= SOURCE_MAX.min(room) {
            room -= text.len();
            sources.push(Source {
                path: path.clone(),
                text,
            });
        }
    }
    sources
}

/// A path that means the same on other machines: from the folder of the build, of the crate, or of
/// Rust's library on.
fn portable(path: &str, here: &str) -> String {
    if let Some((_, library)) = path.split_once("/lib/rustlib/src/rust/") {
        return library.to_owned();
    }
    if let Some((_, own)) = path.split_once("/sdk/").filter(|_| is_cached_sdk(path)) {
        // Behind the key.
        return format!("sdk/{}", own.split_once('/').map_or(own, |(_, rest)| rest));
    }
    if let Some((_, crate_path)) = path.split_once("/registry/src/") {
        // Behind the registry's own name.
        return crate_path
            .split_once('/')
            .map_or(crate_path, |(_, rest)| rest)
            .to_owned();
    }
    let inside = path
        .strip_prefix(here)
        .and_then(|rest| rest.strip_prefix('/'));
    inside
        .filter(|_| !here.is_empty())
        .unwrap_or(path)
        .to_owned()
}

/// Whether a path goes on behind `sdk/` with the cache's key of 16 digits.
fn is_cached_sdk(path: &str) -> bool {
    let key = path
        .split_once("/sdk/")
        .and_then(|(_, rest)| rest.split_once('/'));
    key.is_some_and(|(key, _)| key.len() == 16 && key.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn paths_lose_what_only_this_machine_has() {
        assert_eq!(portable("/w/examples/a.c", "/w"), "examples/a.c");
        assert_eq!(portable("/wide/a.c", "/w"), "/wide/a.c");
        assert_eq!(portable("a.c", ""), "a.c");
        assert_eq!(
            portable("/h/.cache/lore/sdk/0123456789abcdef/src/heap.c", "/w"),
            "sdk/src/heap.c"
        );
        assert_eq!(portable("/w/sdk/c/src/heap.c", "/w"), "sdk/c/src/heap.c");
        assert_eq!(
            portable("/h/.cargo/registry/src/idx-1/lz4-sys-1/lz4.c", "/w"),
            "lz4-sys-1/lz4.c"
        );
        assert_eq!(
            portable(
                "/usr/lib/rustlib/src/rust/library/core/src/fmt/mod.rs",
                "/w"
            ),
            "library/core/src/fmt/mod.rs"
        );
    }
}
