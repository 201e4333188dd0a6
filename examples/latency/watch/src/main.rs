// SPDX-License-Identifier: GPL-2.0
//! Reads the histogram of the extension `latency` while it runs: `latency-watch NAME [SECONDS]`, once without seconds.

use lore_client::requests::{Device, Extension, Run, Who};
use lore_client::shared::{shared, Ptr};
use lore_client::window::Access;
use std::error::Error;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

#[path = "../../histogram.rs"]
mod histogram;
use histogram::Histogram;

/// The entry of the extension that answers where its histogram is.
const ROOT: u32 = 1;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments
        .next()
        .ok_or("usage: latency-watch NAME [SECONDS]")?;
    let pause: Option<u64> = arguments.next().map(|text| text.parse()).transpose()?;
    let (extension, _) = Device::open()?.extension(&Who::Name(name))?;
    let window = extension.map(Access::ReadWrite)?;
    let histogram = window.get(root(&extension)?)?;
    loop {
        print(histogram);
        match pause {
            Some(seconds) => std::thread::sleep(Duration::from_secs(seconds)),
            None => return Ok(()),
        }
    }
}

fn root(extension: &Extension) -> Result<Ptr<Histogram>, Box<dyn Error>> {
    let answer = extension.run(&mut Run {
        entry: ROOT,
        repeat: 1,
        arg: 0,
        input: &[],
        output: &mut [],
    })?;
    Ok(Ptr::new(u32::try_from(answer.result)?))
}

fn print(histogram: &Histogram) {
    let switches = histogram.switches.load(Relaxed);
    let longest = histogram.longest.load(Relaxed);
    println!("{switches} switches, longest wait {longest} ns");
    for (bits, waits) in histogram.waits.iter().enumerate() {
        let waits = waits.load(Relaxed);
        if waits != 0 {
            println!("{:>20} ns {waits:>12}", 1u64 << bits);
        }
    }
}
