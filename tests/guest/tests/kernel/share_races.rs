// SPDX-License-Identifier: GPL-2.0
//! The window in user space while everything happens at once: growth, faults, garbage, exits, unloads.

use lore::kernel::LoadOptions;
use lore_abi::request::WindowPlan;
use lore_guest_tests::mapping::{map_at, plan, small, Mapping, BOTH, PAGE, WINDOW};
use lore_guest_tests::{device, pages, patient, Assist, Ended, Op};
use rustix::mm::MapFlags;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Both sides touch the same fresh pages at once: each page comes to be once.
#[test]
fn growth_and_faults_race_for_every_page() {
    let before = pages();
    for _ in 0..4 {
        let how = LoadOptions {
            heap_max: 16 << 20,
            ..patient()
        };
        let assist = Assist::load_with(&how);
        let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
        let held = pages();
        std::thread::scope(|scope| {
            let (assist, mapping) = (&assist, &mapping);
            for side in 0..2 {
                scope.spawn(move || {
                    for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize) {
                        mapping.word(at + 8 + 8 * side).store(at, Relaxed);
                    }
                });
            }
            for _ in 0..2 {
                scope.spawn(move || {
                    assert_eq!(assist.result(Op::Burst, &[64 << 10, 128]), 128);
                });
            }
        });
        let heap = (plan.heap_end - plan.heap_at) / PAGE;
        let status = assist.status();
        let stacks = status.pages - status.data_len.div_ceil(PAGE) - heap;
        assert!(pages() >= held + heap, "every page is there");
        assert!(stacks < 4 * 16 + 300, "{stacks} pages beside the heap");
        for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize) {
            assert_eq!(mapping.word(at + 8).load(Relaxed), at);
            assert_eq!(mapping.word(at + 16).load(Relaxed), at);
        }
    }
    assert_eq!(pages(), before);
}

/// A hostile program writes everywhere while 4 CPUs run the extension: it may fault, the kernel does not care.
#[test]
fn garbage_everywhere_harms_the_extension_alone() {
    let before = pages();
    let stop = AtomicBool::new(false);
    for _ in 0..3 {
        let how = LoadOptions {
            budget_us: 20_000,
            ..small()
        };
        let assist = Assist::load_with(&how);
        let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
        assist.is_well();
        stop.store(false, Relaxed);
        std::thread::scope(|scope| {
            let (assist, mapping, stop) = (&assist, &mapping, &stop);
            for seed in 1..3u64 {
                scope.spawn(move || scribble(mapping, plan, seed, stop));
            }
            let runners: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(move || {
                        for round in 0..150u64 {
                            let op = [Op::Pointer, Op::Recurse, Op::Count, Op::Grow, Op::Deep];
                            let op = op[(round % 5) as usize];
                            // Whatever comes back: the memory that it is computed from is anybody's.
                            assist
                                .try_ask(op, &[200, 1])
                                .map(|_: Ended| ())
                                .expect("runs or faults");
                        }
                    })
                })
                .collect();
            for runner in runners {
                runner.join().expect("a runner");
            }
            stop.store(true, Relaxed);
        });
    }
    assert_eq!(pages(), before);
    Assist::load().is_well();
}

/// Writes garbage into every part of a window that is there, until it is to stop.
pub(crate) fn scribble(mapping: &Mapping, plan: WindowPlan, seed: u64, stop: &AtomicBool) {
    let ring_end = plan.records_at + plan.ring_len;
    let stacks = plan.data_end..plan.heap_at;
    let parts = [
        plan.data_at..plan.data_end,
        stacks.clone(),
        plan.heap_at..plan.heap_end,
        plan.ring_at..ring_end,
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut state = seed;
    while !stop.load(Relaxed) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let part = &parts[(state >> 60) as usize % parts.len()];
        let at = part.start + (state >> 33) % (part.end - part.start) & !7;
        let page = at & !(PAGE - 1);
        // Stacks that are not there would end this program.
        if stacks.contains(&at) && !mapping.can_read(page) {
            continue;
        }
        for word in 0..64 {
            let near = page | (at + word * 8) & (PAGE - 1);
            mapping
                .word(near)
                .store(state.rotate_left(word as u32), Relaxed);
        }
    }
}

/// Programs that map, fault and die at any moment, while the extension's name comes and goes.
#[test]
fn exits_faults_and_unloads_at_once() {
    use lore::kernel::Who;
    let before = pages();
    let image = lore_guest_tests::fixture("assist").image;
    let how = LoadOptions {
        name: Some("shared".into()),
        ..small()
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..40 {
                    drop(device().load(&image, &how));
                    std::thread::yield_now();
                    drop(device().unload(&Who::Name("shared".into())));
                }
            });
        }
        for seed in 0..2u64 {
            scope.spawn(move || {
                for round in 0..40u64 {
                    let found = device().extension(&Who::Name("shared".into()));
                    let Ok((extension, _)) = found else { continue };
                    let plan = extension.window().expect("where its parts lie");
                    let mapping = map_at(&extension, null_mut(), 0, WINDOW, BOTH, MapFlags::SHARED)
                        .expect("maps");
                    drop(extension);
                    // SAFETY: The child touches the mapping until it is killed, or ends at once.
                    let child = unsafe { libc::fork() };
                    if child == 0 {
                        for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize).cycle() {
                            mapping.word(at).fetch_add(seed, Relaxed);
                            if seed == 0 && at > plan.heap_at + round * PAGE {
                                // SAFETY: Ends the child.
                                unsafe { libc::_exit(0) };
                            }
                        }
                    }
                    // SAFETY: The child above.
                    unsafe {
                        libc::kill(child, libc::SIGKILL);
                        libc::waitpid(child, null_mut(), 0);
                    }
                }
            });
        }
    });
    drop(device().unload(&Who::Name("shared".into())));
    assert_eq!(device().info().expect("info").extensions, 0);
    assert_eq!(pages(), before);
}
