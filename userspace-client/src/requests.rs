// SPDX-License-Identifier: GPL-2.0
//! Every request to the kernel module.
//!
//! A wrapper fills the request from borrowed memory that outlives the call, and turns the answer
//! into a value or an [`Error`] that carries the kernel's [`Refusal`].

use lore_abi::attach::{
    AttachRequest, AttachmentStatus, AttachmentsRequest, DetachRequest, ATTACH, ATTACHMENTS,
    DETACH, ENTRY_FIRST, HOOK_NAME_MAX,
};
use lore_abi::fault::Fault;
use lore_abi::image::Header;
use lore_abi::refusal::{Reason, Refusal};
use lore_abi::request::{
    FaultsRequest, InfoRequest, ListRequest, LoadRequest, OpenRequest, RunRequest, ShowRequest,
    Status, UnloadRequest, UserSpan, WindowPlan, FAULTS, INFO, LIST, LOAD, NAME_MAX, OPEN, RUN,
    SHOW, SPAN_COUNT, UNLOAD, WINDOW,
};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::ioctl::{ioctl, Opcode, Updater};
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};
use zerocopy::{FromBytes, FromZeros, IntoBytes};

/// The module's device.
pub const DEVICE: &str = "/dev/lore";
/// Records that are asked for at once.
const BATCH: usize = 64;

/// Why a request was not done.
#[derive(Debug)]
pub enum Error {
    /// The device cannot be opened.
    NoDevice(Errno),
    /// Refused with a reason.
    Refused(Refusal),
    /// Failed without one.
    Failed(Errno),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NoDevice(errno) => write!(f, "{DEVICE} cannot be opened: {errno}"),
            Error::Refused(refusal) => match Reason::from_u32(refusal.reason) {
                Some(reason) => write!(f, "the kernel refused: {}", reason.text()),
                None => write!(f, "the kernel refused, reason {}", refusal.reason),
            },
            Error::Failed(errno) => write!(f, "the request failed: {errno}"),
        }
    }
}

impl std::error::Error for Error {}

/// An extension as the command line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By name.
    Name(String),
    /// By number.
    Id(u64),
}

/// An image as a load request hands it over: the bytes of its sections by [`lore_abi::request::SpanName`], and what stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'a> {
    /// Version, profile, flags, features.
    pub header: &'a Header,
    /// Zeroed bytes behind the initialised data.
    pub bss_len: u64,
    /// Sections.
    pub spans: [&'a [u8]; SPAN_COUNT],
}

/// How to load an image; zeros take the kernel's defaults.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// Name that holds the extension.
    pub name: Option<String>,
    /// Most bytes of heap; 0 takes the image's wish.
    pub heap_max: u64,
    /// Time budget of an activation in microseconds.
    pub budget_us: u64,
    /// Bytes of data stack; 0 takes the image's wish.
    pub stack_len: u64,
    /// Faults after which it is detached.
    pub faults_max: u64,
    /// Region offset of a word of the code that becomes a trap word; 0 for none.
    pub stop_at: u32,
    /// Calls of gates that its trace has room for; 0 for no trace.
    pub trace: u32,
}

/// What the kernel says of a load.
#[derive(Clone, Copy, Debug)]
pub struct Loaded {
    /// Number of the extension.
    pub id: u64,
    /// Nanoseconds for copying, verifying and mapping.
    pub times_ns: [u64; 3],
}

/// What to run.
#[derive(Debug)]
pub struct Run<'a> {
    /// Index of the entry.
    pub entry: u32,
    /// Activations.
    pub repeat: u32,
    /// Given to the extension.
    pub arg: u64,
    /// Given to the extension.
    pub input: &'a [u8],
    /// Where its output goes.
    pub output: &'a mut [u8],
}

/// What the kernel says of an attachment that it made.
#[derive(Clone, Copy, Debug)]
pub struct Attached {
    /// Its number.
    pub id: u64,
    /// `WARN_*` of [`lore_abi::attach`].
    pub warnings: u32,
}

/// The open device.
pub struct Device(OwnedFd);

/// An extension's open file.
pub struct Extension(OwnedFd);

impl Device {
    /// Opens the device.
    pub fn open() -> Result<Device, Error> {
        rustix::fs::open(DEVICE, OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())
            .map(Device)
            .map_err(Error::NoDevice)
    }

    /// What the kernel offers.
    pub fn info(&self) -> Result<InfoRequest, Error> {
        let mut request = InfoRequest::new_zeroed();
        call::<INFO, _>(&self.0, &mut request).map_err(Error::Failed)?;
        Ok(request)
    }

    /// Verifies and loads an image.
    pub fn load<'a>(
        &self,
        image: impl Into<Sections<'a>>,
        how: &LoadOptions,
    ) -> Result<(Extension, Loaded), Error> {
        let image = image.into();
        let mut request = LoadRequest::new_zeroed();
        let header = image.header;
        request.abi_version = lore_abi::ABI_VERSION;
        request.profile = header.profile;
        request.flags = header.flags;
        request.features = header.features;
        request.bss_len = image.bss_len;
        request.heap_max = match how.heap_max {
            0 => header.heap_max,
            max => max,
        };
        request.ring_len = header.ring_len.into();
        request.window_len = header.window_len;
        request.budget_us = how.budget_us;
        request.stack_len = match how.stack_len {
            0 => header.stack_len.into(),
            len => len,
        };
        request.faults_max = how.faults_max;
        request.stop_at = how.stop_at;
        request.trace = how.trace;
        request.name = name_field(how.name.as_deref().unwrap_or(""))?;
        request.spans = image.spans.map(span);
        refusable::<LOAD, _>(&self.0, &mut request, |r| r.refusal)?;
        let times_ns = [request.copy_ns, request.verify_ns, request.map_ns];
        Ok((
            adopt(request.fd)?,
            Loaded {
                id: request.id,
                times_ns,
            },
        ))
    }

    /// Opens the file of a loaded extension; tells its number too.
    pub fn extension(&self, who: &Who) -> Result<(Extension, u64), Error> {
        let mut request = OpenRequest::new_zeroed();
        (request.name, request.id) = who.fields()?;
        refusable::<OPEN, _>(&self.0, &mut request, |r| r.refusal)?;
        Ok((adopt(request.fd)?, request.id))
    }

    /// Gives up an extension's name.
    pub fn unload(&self, who: &Who) -> Result<u64, Error> {
        let mut request = UnloadRequest::new_zeroed();
        (request.name, request.id) = who.fields()?;
        refusable::<UNLOAD, _>(&self.0, &mut request, |r| r.refusal)?;
        Ok(request.id)
    }

    /// Ends one attachment.
    pub fn detach(&self, attachment: u64) -> Result<(), Error> {
        let mut request = DetachRequest::new_zeroed();
        request.attachment = attachment;
        refusable::<DETACH, _>(&self.0, &mut request, |r| r.refusal)
    }

    /// Ends all attachments of an extension; how many there were.
    pub fn detach_all(&self, who: &Who) -> Result<u32, Error> {
        let mut request = DetachRequest::new_zeroed();
        (request.name, request.id) = who.fields()?;
        refusable::<DETACH, _>(&self.0, &mut request, |r| r.refusal)?;
        Ok(request.count)
    }

    /// Every attachment.
    pub fn attachments(&self) -> Result<Vec<AttachmentStatus>, Error> {
        batches(|after, buffer: &mut [AttachmentStatus]| {
            let capacity = buffer.len() as u32;
            let buffer = buffer.as_mut_ptr() as u64;
            let mut request = AttachmentsRequest {
                after,
                buffer,
                capacity,
                count: 0,
            };
            call::<ATTACHMENTS, _>(&self.0, &mut request)?;
            Ok(request.count)
        })
    }

    /// Every loaded extension.
    pub fn list(&self) -> Result<Vec<Status>, Error> {
        batches(|after, buffer: &mut [Status]| {
            let capacity = buffer.len() as u32;
            let buffer = buffer.as_mut_ptr() as u64;
            let mut request = ListRequest {
                after,
                buffer,
                capacity,
                count: 0,
            };
            call::<LIST, _>(&self.0, &mut request)?;
            Ok(request.count)
        })
    }
}

impl Extension {
    /// What is known of it.
    pub fn show(&self) -> Result<Status, Error> {
        let mut request = ShowRequest::new_zeroed();
        call::<SHOW, _>(&self.0, &mut request).map_err(Error::Failed)?;
        Ok(request.status)
    }

    /// Where the parts of its window lie.
    pub fn window(&self) -> Result<WindowPlan, Error> {
        let mut request = WindowPlan::new_zeroed();
        call::<WINDOW, _>(&self.0, &mut request).map_err(Error::Failed)?;
        Ok(request)
    }

    /// Runs an entry. The answer's `ended` says how that went.
    pub fn run(&self, run: &mut Run<'_>) -> Result<RunRequest, Error> {
        let mut request = RunRequest::new_zeroed();
        (request.entry, request.repeat, request.arg) = (run.entry, run.repeat, run.arg);
        request.input = span(run.input);
        let (addr, len) = (run.output.as_mut_ptr() as u64, run.output.len() as u64);
        request.output = UserSpan { addr, len };
        refusable::<RUN, _>(&self.0, &mut request, |r| r.refusal)?;
        Ok(request)
    }

    /// Attaches an entry to a hook: the one with that index, or the first that fits.
    pub fn attach(&self, hook: &str, entry: Option<u32>) -> Result<Attached, Error> {
        let mut request = AttachRequest::new_zeroed();
        match request.hook.get_mut(..hook.len()) {
            Some(part) if hook.len() < HOOK_NAME_MAX => part.copy_from_slice(hook.as_bytes()),
            _ => {
                return Err(Error::Refused(Refusal {
                    reason: lore_abi::refusal::Reason::BadHook.number(),
                    asked: hook.len() as u64,
                    limit: HOOK_NAME_MAX as u64 - 1,
                    ..Refusal::default()
                }))
            }
        }
        request.entry = entry.unwrap_or(ENTRY_FIRST);
        refusable::<ATTACH, _>(&self.0, &mut request, |r| r.refusal)?;
        Ok(Attached {
            id: request.id,
            warnings: request.warnings,
        })
    }

    /// Its fault records behind number `after`, ascending.
    pub fn faults(&self, after: u64) -> Result<Vec<Fault>, Error> {
        let faults = batches(|last, buffer: &mut [Fault]| {
            let capacity = buffer.len() as u32;
            let buffer = buffer.as_mut_ptr() as u64;
            let mut request = FaultsRequest {
                after: last.max(after),
                buffer,
                capacity,
                count: 0,
            };
            call::<FAULTS, _>(&self.0, &mut request)?;
            Ok(request.count)
        })?;
        Ok(faults)
    }
}

impl Who {
    fn fields(&self) -> Result<([u8; NAME_MAX], u64), Error> {
        match self {
            Who::Name(name) => Ok((name_field(name)?, 0)),
            Who::Id(id) => Ok(([0; NAME_MAX], *id)),
        }
    }
}

impl AsFd for Extension {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Records that have a number, by which the next batch is asked for.
trait Numbered: FromZeros + IntoBytes + Clone {
    fn number(&self) -> u64;
}

impl Numbered for Status {
    fn number(&self) -> u64 {
        self.id
    }
}

impl Numbered for AttachmentStatus {
    fn number(&self) -> u64 {
        self.id
    }
}

impl Numbered for Fault {
    fn number(&self) -> u64 {
        self.number
    }
}

/// Asks for records until fewer come than fit.
fn batches<T: Numbered>(
    mut ask: impl FnMut(u64, &mut [T]) -> Result<u32, Errno>,
) -> Result<Vec<T>, Error> {
    let mut all: Vec<T> = Vec::new();
    let mut buffer = vec![T::new_zeroed(); BATCH];
    loop {
        let after = all.last().map_or(0, T::number);
        let count = ask(after, &mut buffer).map_err(Error::Failed)? as usize;
        all.extend_from_slice(&buffer[..count.min(BATCH)]);
        if count < BATCH {
            return Ok(all);
        }
    }
}

fn span(bytes: &[u8]) -> UserSpan {
    UserSpan {
        addr: bytes.as_ptr() as u64,
        len: bytes.len() as u64,
    }
}

/// A name as a request holds it. One that is too long is refused here as the kernel would.
fn name_field(name: &str) -> Result<[u8; NAME_MAX], Error> {
    let mut field = [0; NAME_MAX];
    match field.get_mut(..name.len()) {
        Some(part) => part.copy_from_slice(name.as_bytes()),
        None => {
            return Err(Error::Refused(Refusal {
                reason: lore_abi::refusal::Reason::BadName.number(),
                asked: name.len() as u64,
                limit: NAME_MAX as u64,
                ..Refusal::default()
            }))
        }
    }
    Ok(field)
}

/// A request with a refusal in it.
fn refusable<const CODE: Opcode, T: FromBytes + IntoBytes>(
    fd: &impl AsFd,
    request: &mut T,
    refusal: impl Fn(&T) -> Refusal,
) -> Result<(), Error> {
    call::<CODE, T>(fd, request).map_err(|errno| match refusal(request) {
        none if none.reason == 0 => Error::Failed(errno),
        refusal => Error::Refused(refusal),
    })
}

/// One ioctl.
#[expect(
    unsafe_code,
    reason = "an ioctl reads and writes the memory that it is given"
)]
pub(crate) fn call<const CODE: Opcode, T: FromBytes + IntoBytes>(
    fd: &impl AsFd,
    request: &mut T,
) -> Result<(), Errno> {
    // SAFETY:
    // 1. `CODE` is the number that `lore_abi` computes from the size of `T`, so the kernel reads and
    //    writes exactly `*request`; any bytes are a `T` (`FromBytes`) and none is padding (`IntoBytes`).
    // 2. Addresses inside of it come from slices that the caller borrows until this returns, mutably
    //    where the kernel writes, with their own lengths.
    unsafe { ioctl(fd, Updater::<CODE, T>::new(request)) }
}

/// Takes over the file descriptor of an answer.
#[expect(
    unsafe_code,
    reason = "a descriptor is just a number until somebody owns it"
)]
fn adopt(fd: i32) -> Result<Extension, Error> {
    if fd < 0 {
        return Err(Error::Failed(Errno::BADF));
    }
    // SAFETY: The kernel has just made this descriptor for the request that succeeded, and nothing
    // else in this process knows its number.
    Ok(Extension(unsafe { OwnedFd::from_raw_fd(fd) }))
}
