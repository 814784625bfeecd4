//! What must hold when processes die: a worker under load, and the primary.

use std::process::Command;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::support;
use crate::support::live::{self, Live};

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("faults/workers_end_with_their_primary", workers_end_with_their_primary),
        Trial::test("faults/port_in_use", port_in_use),
    ];
    if Command::new("wrk").arg("--version").output().is_ok() {
        trials.push(Trial::test("faults/a_worker_dies_under_load", a_worker_dies_under_load));
    } else {
        trials.extend(support::skip("faults/a_worker_dies_under_load", "wrk is not installed"));
    }
    trials
}

/// A cluster of two that serves `hello` on a free port, prints the port and reports exits.
fn cluster() -> Result<(Live, u16), String> {
    let mut cluster =
        Live::start(support::command(support::RTJS).arg(support::root().join("tests/programs/cluster.js")))?;
    let line = cluster.wait_for_line(|l| l.starts_with("ready "))?;
    let port = line["ready ".len()..].parse().map_err(|e| format!("{line}: {e}"))?;
    Ok((cluster, port))
}

fn a_worker_dies_under_load() -> Result<(), Failed> {
    let (mut cluster, port) = cluster()?;
    let load = Command::new("wrk")
        .args(["-t1", "-c64", "-d2", &format!("http://127.0.0.1:{port}/")])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    std::thread::sleep(Duration::from_millis(700));
    let victim = cluster.children()[0];
    live::kill(victim)?;
    cluster.wait_for_line(|l| l == format!("exit {victim} SIGKILL"))?;
    let report = load.wait_with_output().map_err(|e| e.to_string())?;
    let report = String::from_utf8_lossy(&report.stdout).into_owned();
    // What was in flight on that worker: at most one request for each of its connections.
    let errors: u64 = report
        .lines()
        .find_map(|l| l.trim().strip_prefix("Socket errors:"))
        .map_or(0, |l| {
            l.split(|c: char| !c.is_ascii_digit())
                .filter_map(|n| n.parse::<u64>().ok())
                .sum()
        });
    if errors > 64 || report.contains("Non-2xx") || !report.contains("requests in") {
        return Err(report.into());
    }
    live::get_until(port, "/", |r| r.body() == "hello")?;
    if cluster.children().len() != 1 {
        return Err(format!("workers left: {:?}", cluster.children()).into());
    }
    Ok(())
}

fn workers_end_with_their_primary() -> Result<(), Failed> {
    let (mut cluster, _) = cluster()?;
    let workers = cluster.children();
    cluster.kill_alone();
    let end = Instant::now() + Duration::from_secs(5);
    let alive = |pid: &i32| std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|s| !s.contains(") Z "));
    while workers.iter().any(alive) {
        if Instant::now() > end {
            return Err("a worker is still there".into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// The same error as an 'error' event in a process of its own and through a cluster worker.
fn port_in_use() -> Result<(), Failed> {
    let taken = std::net::TcpListener::bind("[::]:0").map_err(|e| e.to_string())?;
    let port = taken.local_addr().map_err(|e| e.to_string())?.port();
    let output = support::run(
        support::command(support::RTJS)
            .arg(support::root().join("tests/programs/port-in-use.js"))
            .arg(port.to_string()),
        Duration::from_secs(15),
    )?;
    let line = |role: &str, text: &str, syscall: &str, address: &str| {
        format!("{role}: {syscall} EADDRINUSE{text} {address}:{port} EADDRINUSE -98 {syscall} {address} {port}\n")
    };
    // As Node: a worker's listener is the primary's, so that for the worker it is `bind` that failed, on no address.
    let expected = line("alone", ": address already in use", "listen", "::") + &line("worker", "", "bind", "null");
    if output.stdout != expected {
        return Err(format!("{output:?}\nexpected {expected}").into());
    }
    Ok(())
}
