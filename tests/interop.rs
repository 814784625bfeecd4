//! rtjs and a real Node as parent and child of each other: messages in both formats, servers, connections, datagram sockets, and clusters.
//!
//! `tests/programs/interop` has the programs; each checks what it exchanges and prints `ok`.

use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use crate::support;

const LIMIT: Duration = Duration::from_secs(30);

const CHANNELS: [&str; 8] = [
    "messages-json",
    "messages-advanced",
    "server-json",
    "server-advanced",
    "socket-json",
    "socket-advanced",
    "datagram-json",
    "datagram-advanced",
];

pub fn trials() -> Vec<Trial> {
    let Some(node) = support::node() else {
        return support::skip("interop", "no node on this machine");
    };
    let node = node.display().to_string();
    let rtjs = support::RTJS.to_owned();
    let mut trials = Vec::new();
    for case in CHANNELS {
        for (name, parent, child) in [("under_node", &node, &rtjs), ("over_node", &rtjs, &node)] {
            let arguments = [case.to_owned(), child.clone()];
            trials.push(trial(&format!("{case}/{name}"), "channel.js", parent, &arguments));
        }
    }
    for policy in ["rr", "none"] {
        for format in ["json", "advanced"] {
            for (name, primary, workers) in [
                ("under_node", &node, rtjs.clone()),
                ("over_node", &rtjs, node.clone()),
                ("under_node_beside_node", &node, format!("{node},{rtjs}")),
                ("over_node_beside_rtjs", &rtjs, format!("{node},{rtjs}")),
            ] {
                let arguments = [policy.to_owned(), workers, format.to_owned()];
                let name = format!("cluster-{policy}-{format}/{name}");
                trials.push(trial(&name, "cluster.js", primary, &arguments));
            }
        }
    }
    trials
}

fn trial(name: &str, program: &str, parent: &str, arguments: &[String]) -> Trial {
    let program = support::root().join("tests/programs/interop").join(program);
    let (parent, arguments) = (parent.to_owned(), arguments.to_vec());
    Trial::test(format!("interop/{name}"), move || run(&program, &parent, &arguments))
}

fn run(program: &Path, parent: &str, arguments: &[String]) -> Result<(), Failed> {
    let output = support::run(support::command(parent).arg(program).args(arguments), LIMIT)?;
    if output.status.success() && output.stdout == "ok\n" {
        return Ok(());
    }
    Err(format!(
        "{}\n--- stdout\n{}--- stderr\n{}",
        output.status, output.stdout, output.stderr
    )
    .into())
}
