// SPDX-License-Identifier: GPL-2.0
//! The `lore` command as its users type it: attach, stats, show, detach, events; and programs beside it, in Rust and C.

use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use lore::kernel::{LoadOptions, Run, Who};
use lore_client::shared::{shared, Ptr};
use lore_client::window::Access;
use lore_guest_tests::command::{lore, lore_fails, lore_text, number, printed, stats, Running};
use lore_guest_tests::hooks::{on_cpu, wait_for, Act, Hooks, Stops};
use lore_guest_tests::{device, fixture, patient};
use serde_json::{json, Value};
use std::io::ErrorKind;
use std::net::{TcpStream, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

#[path = "../../../../examples/latency/histogram.rs"]
mod histogram;
use histogram::Histogram;

const SWITCH: &str = "tracepoint/sched_switch";

#[test]
fn a_rule_of_a_firewall_is_attached_counted_and_detached() {
    let (client, server) = two();
    let connect = |port: u16| {
        client.within(|| {
            let to = (SERVER, port).into();
            let error = TcpStream::connect_timeout(&to, Duration::from_millis(500));
            error.expect_err("nobody listens").kind()
        })
    };
    assert_eq!(connect(23), ErrorKind::ConnectionRefused);
    let image = "/fixtures/drop_telnet-c.lore";
    let done = server.within(|| lore(&["attach", image, LOCAL_IN, "--name", "drop_telnet"]));
    assert_eq!(done["name"], "drop_telnet");
    assert_eq!(done["attached"].as_array().map(Vec::len), Some(1));
    assert_eq!(done["attached"][0]["hook"], LOCAL_IN);
    assert_eq!(done["attached"][0]["warnings"], 0);
    assert_eq!(connect(23), ErrorKind::TimedOut);
    assert_eq!(connect(24), ErrorKind::ConnectionRefused);

    let before = number(&stats("drop_telnet")["runs"]);
    let ping = client.ping();
    for number in 1..=5 {
        assert!(ping.send(SERVER, number));
        assert_eq!(ping.answer(LONG), Some(number));
    }
    let row = stats("drop_telnet");
    assert_eq!(row["runs"], before + 5);
    for (what, value) in [
        ("cancellations", 0),
        ("skips", 0),
        ("objects", 0),
        ("warnings", 0),
    ] {
        assert_eq!(row[what], value, "{what}");
    }
    assert_eq!(
        (&row["hook"], &row["state"]),
        (&json!(LOCAL_IN), &json!("live"))
    );
    assert_eq!(
        (&row["attachment"], &row["id"]),
        (&done["attached"][0]["attachment"], &done["id"])
    );
    let text = lore_text(&["stats"]);
    let words: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let header = [
        "name",
        "hook",
        "state",
        "runs",
        "cancelled",
        "skipped",
        "time",
        "per",
        "run",
        "objects",
    ];
    assert_eq!(words[0], header);
    assert_eq!(
        words[1][..6],
        [
            "drop_telnet",
            LOCAL_IN,
            "live",
            &(before + 5).to_string(),
            "0",
            "0"
        ]
    );
    assert_eq!(words[1].last(), Some(&"0"));

    assert_eq!(
        lore(&["detach", "drop_telnet"]),
        json!({ "detached": 1, "unloaded": true })
    );
    assert_eq!(connect(23), ErrorKind::ConnectionRefused);
    assert_eq!(lore(&["stats"]), json!([]));
    assert_eq!(lore_text(&["stats"]), "nothing is attached\n");
    let error = lore_fails(&["detach", "drop_telnet"], 6);
    assert_eq!(error["kind"], "no-such-extension");
}

#[test]
fn udp_is_answered_until_the_detach() {
    let (client, server) = two();
    server.within(|| lore(&["attach", "/fixtures/echo.lore", "netdev/b0"]));
    let socket = client.within(|| UdpSocket::bind("10.0.1.1:0").expect("a client"));
    socket.connect((SERVER, 7)).expect("an address");
    socket.set_read_timeout(Some(LONG)).expect("a timeout");
    let mut room = [0; 64];
    for text in ["one", "two", "three"] {
        socket.send(text.as_bytes()).expect("sent");
        let len = socket.recv(&mut room).expect("an answer");
        assert_eq!(&room[..len], text.as_bytes());
    }
    let row = stats("echo");
    assert!(number(&row["runs"]) >= 3, "{row:#}");
    assert_eq!(
        (&row["cancellations"], &row["objects"]),
        (&json!(0), &json!(0))
    );
    lore(&["detach", "echo"]);
    // Nobody listens: the server's own network stack says so.
    socket.send(b"four").expect("sent");
    let error = socket.recv(&mut room).expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

/// Objects are held while an activation runs, an event that was begun among them; its time is inside what passed outside.
#[test]
fn objects_and_time_are_those_of_the_attachment() {
    const GETPPID: &str = "function/__arm64_sys_getppid";
    const ON_FUNCTION: u32 = 5;
    const BUDGET: Duration = Duration::from_millis(300);
    let hooks = Hooks::load_with(&LoadOptions {
        name: Some("holder".into()),
        ..patient()
    });
    let attached = hooks.extension.attach(GETPPID, Some(ON_FUNCTION));
    let attached = attached.expect("attach");
    assert_eq!(stats("holder")["objects"], 0);
    hooks.act(Act::Hold);
    thread::scope(|scope| {
        scope.spawn(|| rustix::process::getppid());
        wait_for("three objects", || {
            (hooks.status(attached).held == 3).then_some(())
        });
        assert_eq!(stats("holder")["objects"], 3);
        assert_eq!(lore(&["show", "holder"])["objects"], 3);
        assert_eq!(stats("holder")["runs"], 0, "it still runs");
        hooks.act(Act::Note);
    });
    let row = stats("holder");
    assert_eq!((&row["objects"], &row["runs"]), (&json!(0), &json!(1)));
    assert_eq!(
        lore(&["show", "holder"])["leaks"],
        3,
        "it dropped none of them"
    );
    lore(&["detach", "holder"]);
    drop(hooks);

    let hooks = Hooks::load_with(&LoadOptions {
        name: Some("spinner".into()),
        budget_us: BUDGET.as_micros() as u64,
        ..patient()
    });
    hooks
        .extension
        .attach(GETPPID, Some(ON_FUNCTION))
        .expect("attach");
    hooks.act(Act::Spin);
    let start = Instant::now();
    let _ = rustix::process::getppid();
    let passed = start.elapsed();
    let row = stats("spinner");
    let inside = Duration::from_nanos(number(&row["time_ns"]));
    assert!(
        BUDGET <= inside && inside <= passed,
        "{inside:?} of {passed:?}"
    );
    assert_eq!(
        (&row["runs"], &row["cancellations"]),
        (&json!(0), &json!(1))
    );
    lore(&["detach", "spinner"]);
}

#[test]
fn stats_are_shown_again_and_again() {
    let mut watch = Running::lore(&["--json", "stats", "--watch"]);
    let rows = |line: Option<String>| -> Value {
        serde_json::from_str(&line.expect("a line")).expect("a document per line")
    };
    assert_eq!(rows(watch.line()), json!([]));
    let hooks = Hooks::load_with(&LoadOptions {
        name: Some("watched".into()),
        ..patient()
    });
    let attached = hooks.attach("timer/1ms");
    let mut calls = |at_least: u64| {
        wait_for("more calls", || {
            let rows = rows(watch.line());
            let row = rows.as_array().expect("rows").first()?.clone();
            (number(&row["runs"]) >= at_least).then_some(row)
        })
    };
    let first = calls(1);
    assert_eq!(
        (&first["name"], &first["attachment"]),
        (&json!("watched"), &json!(attached.id))
    );
    calls(number(&first["runs"]) + 1);
    lore(&["detach", "watched"]);
}

fn root(extension: &lore::kernel::Extension) -> Ptr<Histogram> {
    let answer = extension.run(&mut Run {
        entry: 1,
        repeat: 1,
        arg: 0,
        input: &[],
        output: &mut [],
    });
    Ptr::new(answer.expect("runs").result as u32)
}

fn nanoseconds(event: &str) -> u64 {
    let event: Value = serde_json::from_str(event).expect("a document");
    let text = event["text"].as_str().unwrap_or_else(|| panic!("{event}"));
    match text.split(' ').collect::<Vec<_>>()[..] {
        ["task", _, "waited", ns, "ns"] => ns.parse().expect("a number"),
        _ => panic!("{text}"),
    }
}

#[test]
fn waits_for_a_cpu_are_read_where_they_are_counted() {
    for image in ["/fixtures/latency-rust.lore", "/fixtures/latency-c.lore"] {
        waits_are_read(image);
    }
}

fn waits_are_read(image: &str) {
    let done = lore(&["attach", image, SWITCH, "--name", "latency"]);
    assert_eq!(done["attached"][0]["warnings"], 0, "it is metered");
    let mut events = Running::lore(&["--json", "events", "latency", "--count", "1"]);
    let (extension, _) = device()
        .extension(&Who::Name("latency".into()))
        .expect("opens");
    let window = extension.map(Access::ReadWrite).expect("maps");
    let histogram = window.get(root(&extension)).expect("in the heap");
    let stop = AtomicBool::new(false);
    let mut longest = 0;
    thread::scope(|scope| {
        let _stops = Stops(&stop);
        // Three that want the same CPU.
        for _ in 0..3 {
            scope.spawn(|| on_cpu(1, || while !stop.load(Relaxed) {}));
        }
        wait_for("waits", || {
            let waits: u64 = histogram
                .waits
                .iter()
                .map(|waits| waits.load(Relaxed))
                .sum();
            (waits >= 10).then_some(())
        });
        for program in ["/bin/latency-watch", "/bin/latency-watch-c"] {
            let before = histogram.switches.load(Relaxed);
            let text = printed(program, &["latency"]);
            let (switches, _) = text.split_once(" switches, longest wait ").expect(&text);
            let after = histogram.switches.load(Relaxed);
            assert!(
                (before..=after).contains(&switches.parse().expect("a number")),
                "{text}"
            );
        }
        // Another one comes only if somebody has to wait still longer.
        longest = longest.max(nanoseconds(&events.line().expect("an event")));
    });
    assert_eq!(events.end(), 0);

    assert_eq!(
        lore(&["detach", "--keep", "latency"]),
        json!({ "detached": 1, "unloaded": false })
    );
    let switches = histogram.switches.load(Relaxed);
    let show = lore(&["show", "latency"]);
    // Every switch, this test's question and those of the two programs.
    assert_eq!(show["runs"], switches + 3);
    for what in ["faults", "skips", "leaks", "objects"] {
        assert_eq!(show[what], 0, "{what}");
    }
    let counters = show["counters"].as_array().expect("counters");
    assert_eq!(counters.len(), 1);
    assert_eq!(
        (&counters[0]["counter"], &counters[0]["sum"]),
        (&json!(0), &json!(switches))
    );
    let cpus = counters[0]["cpus"].as_array().expect("CPUs");
    assert_eq!(cpus.iter().map(number).sum::<u64>(), switches);
    assert!(number(&cpus[1]) >= 10, "three tasks took turns there");

    // The longest wait was told, unless it was lost for want of room.
    for event in lore_text(&["--json", "events", "latency", "--no-wait"]).lines() {
        longest = longest.max(nanoseconds(event));
    }
    assert_eq!(show["events_lost"], 0);
    assert_eq!(longest, histogram.longest.load(Relaxed));
    let [rust, c] = ["/bin/latency-watch", "/bin/latency-watch-c"]
        .map(|program| printed(program, &["latency"]));
    assert_eq!(rust, c);
    assert_eq!(
        rust.lines().next(),
        Some(&*format!("{switches} switches, longest wait {longest} ns"))
    );
    lore(&["unload", "latency"]);
}

fn send(extension: &lore::kernel::Extension, count: u64, len: u64, first: u64) -> u64 {
    let input: Vec<u8> = [count, len, first]
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect();
    let sent = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: 0,
        input: &input,
        output: &mut [],
    });
    sent.expect("runs").result
}

/// A reader sleeps between events, gets all of them, and ends with the extension's name.
#[test]
fn events_are_printed_as_they_come_until_the_extension_goes() {
    let how = LoadOptions {
        name: Some("sender".into()),
        ..patient()
    };
    let mut image = fixture("events").image;
    image.header.ring_len = 4096;
    for by_c in [false, true] {
        let (extension, _) = device().load(&image, &how).expect("loads");
        let mut reader = match by_c {
            false => Running::lore(&["--json", "events", "sender"]),
            true => Running::start("/bin/client-c", &["sender"]),
        };
        let check = |line: Option<String>, len: u64, value: u64| {
            let line = line.expect("an event");
            if by_c {
                return assert_eq!(line, format!("{len} {value}"));
            }
            let bytes = value.to_le_bytes().repeat(len as usize / 8);
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let event: Value = serde_json::from_str(&line).expect("a document");
            assert_eq!(event, json!({ "len": len, "hex": hex, "text": null }));
        };
        for (round, len) in [8, 64, 1024, 16].into_iter().enumerate() {
            let value = 1 + 3 * round as u64;
            assert_eq!(send(&extension, 3, len, value), 3);
            for value in value..value + 3 {
                check(reader.line(), len, value);
            }
        }
        lore(&["unload", "sender"]);
        if by_c {
            assert_eq!(reader.line().as_deref(), Some("lost 0"));
        }
        assert_eq!(reader.end(), 0);
    }
}

/// The reader learns of the end, too, when a hook's fault was the last one that the extension may have.
#[test]
fn a_reader_ends_when_a_fault_detaches_the_extension() {
    const NEWTASK: &str = "tracepoint/task_newtask";
    let mut image = fixture("hooks").image;
    image.header.ring_len = 4096;
    let how = LoadOptions {
        name: Some("faulty".into()),
        faults_max: 1,
        ..patient()
    };
    let (extension, loaded) = device().load(&image, &how).expect("loads");
    let hooks = Hooks::of(extension, fixture("hooks"), loaded.id);
    hooks.attach(NEWTASK);
    let reader = Running::start("/bin/client-c", &["faulty"]);
    // Asleep by then, most of the time.
    thread::sleep(Duration::from_millis(100));
    hooks.act(Act::Fault);
    thread::spawn(|| ()).join().expect("a thread");
    assert_eq!(reader.end(), 0);
    lore(&["unload", "faulty"]);
}

#[test]
fn events_of_an_image_without_a_ring_are_refused_with_advice() {
    let how = LoadOptions {
        name: Some("silent".into()),
        ..patient()
    };
    let _extension = device().load(&fixture("hooks").image, &how).expect("loads");
    let error = lore_fails(&["events", "silent"], 6);
    assert!(
        error["help"][0]
            .as_str()
            .is_some_and(|help| help.contains("lore build --ring")),
        "{error:#}"
    );
    lore(&["unload", "silent"]);
}
