// SPDX-License-Identifier: GPL-2.0
//! Entries that the extension's own timers call: attached when it is loaded, as `timer/object`.
//!
//! An attachment like any other, so that its calls are counted, its faults end it, and `lore detach` does.

use super::{
    attach::{check, publish},
    attachment::Entries,
    place::refused,
    Armed, Attachment, Kind,
};
use crate::{
    extension::Extension,
    refused::Refused,
    sys::{self, alarm::Alarms},
};
use kernel::{alloc::flags::GFP_KERNEL_ACCOUNT, prelude::*, sync::Arc};
use lore_abi::{attach::HOOK_NAME_MAX, image::Hook, refusal::Reason};
use lore_iface::{Context, Gate};
use lore_sandbox::code::CodeLayout;

/// No request names it.
static KIND: Kind = Kind {
    hook: Hook::Timer,
    context: Context::Softirq,
    may: sys::may_load,
    arm,
};

const NAME: &[u8] = b"timer/object";

/// An entry of the hook `timer`, and the timers that may call it.
pub(crate) struct Alarm {
    entry: u32,
    /// What the extension takes for a pointer to its function.
    function: u64,
    alarms: Alarms,
}

/// Those of an extension that imports these gates. Sleeps.
pub(crate) fn alarms(
    gates: &[Gate],
    entries: &[crate::extension::EntryPoint],
) -> Result<KVec<Alarm>> {
    let mut all = KVec::new();
    if !gates.contains(&Gate::TimerCreate) {
        return Ok(all);
    }
    for (entry, point) in (0..).zip(entries) {
        if point.hook == Hook::Timer {
            let alarm = Alarm {
                entry,
                function: CodeLayout::slot_of_target(point.target).into(),
                alarms: Alarms::new()?,
            };
            all.push(alarm, GFP_KERNEL_ACCOUNT)?;
        }
    }
    Ok(all)
}

/// The timers that call a function of an extension.
pub(crate) fn of_function(extension: &Extension, function: u64) -> Option<&Alarms> {
    let found = extension
        .alarms
        .iter()
        .find(|alarm| alarm.function == function);
    found.map(|alarm| &alarm.alarms)
}

fn arm(attachment: &Attachment, _place: &[u8]) -> Result<(), Refused> {
    let mut all = attachment.extension.alarms.iter();
    let alarm = all.find(|alarm| alarm.entry == attachment.entry());
    let alarm = alarm.ok_or(Refused::because(Reason::NoSuchEntry))?;
    attachment.arm(|| {
        let firing = alarm.alarms.attach(attachment).map_err(refused)?;
        Ok(Armed::Alarms(firing))
    })
}

/// Lets the timers of a new extension fire.
pub(crate) fn attach_alarms(extension: &Arc<Extension>) -> Result<(), Refused> {
    let mut name = [0; HOOK_NAME_MAX];
    for (to, from) in name.iter_mut().zip(NAME) {
        *to = *from;
    }
    for alarm in &extension.alarms {
        check(extension, &KIND)?;
        let entries = Entries {
            first: Some(alarm.entry),
            second: None,
        };
        let attachment = publish(extension.clone(), &KIND, name, entries)?;
        arm(&attachment, &[])?;
    }
    Ok(())
}
