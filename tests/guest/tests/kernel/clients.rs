// SPDX-License-Identifier: GPL-2.0
//! Programs that know nothing of LoRe, through hooks on both sides: the guest's ping, wget and httpd.

use crate::packets::{two, DROP, LOCAL_IN, PASS};
use lore_guest_tests::command::{program, Running};
use lore_guest_tests::hooks::{wait_for, Hooks};
use lore_guest_tests::net::Namespace;
use lore_guest_tests::{device, fixture, patient};
use std::fs;

const FOLDER: &str = "/tmp/www";
const GOT: &str = "/tmp/got";
const URL: &str = "http://10.0.1.2/file";
/// Places on the way of a packet to the server and back, beside the device's own.
const ON_THE_WAY: [&str; 5] = [
    "netdev/b0",
    "netfilter/ipv4/pre-routing",
    LOCAL_IN,
    "netfilter/ipv4/local-out",
    "netfilter/ipv4/post-routing",
];

const WGET: (&str, [&str; 4]) = ("/bin/wget", ["-q", "-O", GOT, URL]);

fn fetch(client: &Namespace) -> bool {
    client.within(|| program(WGET.0, &WGET.1).status.success())
}

#[test]
fn a_file_is_fetched_and_pings_are_answered_through_every_hook() {
    let (client, server) = two();
    let mut content = vec![0; 3 << 20];
    fastrand::Rng::with_seed(3).fill(&mut content);
    fs::create_dir_all(FOLDER).expect("a folder");
    fs::write(format!("{FOLDER}/file"), &content).expect("a file");
    let _httpd =
        server.within(|| Running::start("/bin/httpd", &["-f", "-p", "10.0.1.2:80", "-h", FOLDER]));
    wait_for("the server", || fetch(&client).then_some(()));

    let all = ON_THE_WAY.map(|hook| {
        let hooks = Hooks::load();
        let attached = server.within(|| hooks.attach(hook));
        (hook, hooks, attached)
    });
    let (reads, _) = device()
        .load(&fixture("rust_packets").image, &patient())
        .expect("loads");
    for hook in [LOCAL_IN, "netdev/b0"] {
        server.within(|| reads.attach(hook, None)).expect(hook);
    }
    fs::remove_file(GOT).expect("what came before");
    assert!(fetch(&client));
    assert!(
        fs::read(GOT).expect("a file") == content,
        "not what was sent"
    );
    let ping = client.within(|| program("/bin/ping", &["-c", "3", "10.0.1.2"]));
    let said = String::from_utf8_lossy(&ping.stdout).into_owned();
    assert!(
        said.contains("3 packets transmitted, 3 packets received, 0% packet loss"),
        "{said}"
    );
    for (hook, hooks, attached) in &all {
        let status = hooks.status(*attached);
        // At the least the pings, and the segments of the file or what acknowledges them.
        assert!(status.runs > 20, "{hook}: {status:?}");
        assert_eq!((status.cancellations, status.skips), (0, 0), "{hook}");
    }
    assert_eq!(reads.show().expect("show").faults, 0);

    let (_, rule, attached) = &all[2];
    rule.verdict(DROP);
    let before = rule.count();
    let wget = client.within(|| Running::start(WGET.0, &WGET.1));
    wait_for("another try", || (rule.count() >= before + 2).then_some(()));
    let ping = client.within(|| program("/bin/ping", &["-c", "1", "-W", "1", "10.0.1.2"]));
    assert!(!ping.status.success());
    rule.verdict(PASS);
    assert_eq!(wget.end(), 0, "the next try passes");
    assert!(fs::read(GOT).expect("a file") == content);
    rule.verdict(DROP);
    device().detach(attached.id).expect("detach");
    assert!(fetch(&client), "the rule is gone");
    fs::remove_dir_all(FOLDER).expect("the folder");
    fs::remove_file(GOT).expect("the file");
}
