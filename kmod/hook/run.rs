// SPDX-License-Identifier: GPL-2.0
//! The hook `run`: an entry is called by a request, in task context, with a buffer for input and output.

use crate::{
    entry::{self, Activation, Pause, RunsFor, Seat, ShadowCopy},
    extension::Extension,
    heap::{Buffer, Lend},
    refused::Refused,
    sys,
};
use kernel::{prelude::*, sync::atomic::Relaxed};
use lore_abi::{
    image::Hook,
    refusal::Reason,
    request::{RunContext, RunRequest, RUN_BUFFER_MAX, RUN_FAULTED, RUN_RETURNED},
};

/// Input begins here in the buffer, behind the context.
const INPUT_AT: u64 = 64;
/// Output begins at a multiple of this.
const OUTPUT_ALIGN: u64 = 64;
const _: () = assert!(size_of::<RunContext>() as u64 <= INPUT_AT);

/// How a run ended.
enum Outcome {
    Returned(u64),
    Faulted(u64),
}

/// Does a run request.
pub(crate) fn run(extension: &Extension, request: &mut RunRequest) -> Result<(), Refused> {
    let (input, output) = (request.input, request.output);
    check(extension, request)?;
    extension.window.prepare();
    let output_at = (INPUT_AT + input.len).next_multiple_of(OUTPUT_ALIGN);
    let buffer = extension.window.buffer(output_at + output.len)?;
    let buffer = buffer.ok_or(Refused::because(Reason::Busy))?;
    buffer.fill_from_user(INPUT_AT, input.addr, input.len)?;
    let context = RunContext {
        input: buffer.addr(INPUT_AT),
        input_len: input.len,
        output: buffer.addr(output_at),
        output_cap: output.len,
        output_len: 0,
        arg: request.arg,
    };
    buffer.put(0, &context)?;

    request.runs = 0;
    let outcome = repeat(extension, request, &buffer)?;
    let written = buffer.get::<RunContext>(0)?.output_len.min(output.len);
    buffer.copy_to_user(output_at, output.addr, written)?;
    request.output_len = written;
    match outcome {
        Outcome::Returned(result) => {
            request.result = result;
            request.ended = RUN_RETURNED;
        }
        Outcome::Faulted(number) => {
            request.fault = number;
            request.ended = RUN_FAULTED;
        }
    }
    Ok(())
}

fn check(extension: &Extension, request: &RunRequest) -> Result<(), Refused> {
    if extension.is_detached() {
        return Err(Refused::because(Reason::Detached));
    }
    let entry = extension.entries.get(request.entry as usize);
    if entry.is_none_or(|entry| entry.hook != Hook::Run) {
        let count = extension.entries.len() as u64;
        return Err(Refused::beyond(
            Reason::NoSuchEntry,
            request.entry.into(),
            count,
        ));
    }
    if request.repeat == 0 {
        return Err(Refused::because(Reason::Reserved));
    }
    let sum = request.input.len.saturating_add(request.output.len);
    // A slot of the window's buffers holds the context too, and the gap before the output.
    let slot = extension.window.layout().buffers.slot_len;
    let limit = RUN_BUFFER_MAX.min(slot.saturating_sub(INPUT_AT + OUTPUT_ALIGN));
    if sum > limit {
        return Err(Refused::beyond(Reason::TooLarge, sum, limit));
    }
    Ok(())
}

/// Runs as often as asked, giving the CPU up in between when it is wanted.
fn repeat(
    extension: &Extension,
    request: &mut RunRequest,
    buffer: &Buffer<'_>,
) -> Result<Outcome, Refused> {
    let mut activation = Activation::new(extension, request.entry, RunsFor::Task)?;
    let mut copy = ShadowCopy::new()?;
    activation.give([buffer.addr(0)]);
    let mut left = request.repeat;
    let started = sys::time_ns();
    let outcome = loop {
        if extension.is_detached() {
            break Err(Refused::because(Reason::Detached));
        }
        let pause = batch(extension, &mut activation, &mut left, &mut copy)?;
        match pause {
            Pause::Done(result) => break Ok(Outcome::Returned(result)),
            Pause::Cancelled => {
                let fault = KBox::new(entry::fault(&activation, &copy), GFP_KERNEL)?;
                break Ok(Outcome::Faulted(extension.file(&fault)));
            }
            Pause::Yield if sys::signal_wanted() => {
                break Err(Refused::because(Reason::Interrupted))
            }
            Pause::Yield => sys::cond_resched(),
        }
    };
    request.time_ns = sys::time_ns().saturating_sub(started);
    request.runs = request.repeat - left;
    let faulted = u32::from(matches!(outcome, Ok(Outcome::Faulted(_))));
    extension
        .counts
        .runs
        .add(u64::from(request.runs - faulted), Relaxed);
    extension.counts.time_ns.add(request.time_ns, Relaxed);
    outcome
}

/// Runs on one CPU until something else wants it.
fn batch(
    extension: &Extension,
    activation: &mut Activation,
    left: &mut u32,
    copy: &mut ShadowCopy,
) -> Result<Pause, Refused> {
    loop {
        let Some(mut seat) = Seat::claim(false) else {
            extension.counts.skips.add(1u64, Relaxed);
            return Err(Refused::because(Reason::Busy));
        };
        match extension.window.lend(seat.number()) {
            Lend::Stack(stack) => return Ok(seat.run(activation, stack.top(), left, copy)),
            Lend::Taken => {
                extension.counts.skips.add(1u64, Relaxed);
                return Err(Refused::because(Reason::Busy));
            }
            Lend::Missing => {}
        }
        // Its first run on this CPU. Mapping sleeps, and the task may come back elsewhere.
        let number = seat.number();
        drop(seat);
        extension.window.make_stack(number)?;
    }
}
