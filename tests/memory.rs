//! What connections may cost: nothing is left of those that are closed, little is held for those that say nothing, and a peer that does not read
//! stops who writes to it. With `RTJS_LONG_TESTS` set the numbers are those that the project promises, else such as take a second.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::support;
use crate::support::live::Live;

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test(
            "memory/closed_connections_leave_nothing",
            closed_connections_leave_nothing,
        ),
        Trial::test("memory/idle_connections", idle_connections),
        Trial::test("memory/a_peer_that_does_not_read", a_peer_that_does_not_read),
        Trial::test("memory/a_reader_that_does_not_read", a_reader_that_does_not_read),
    ]
}

/// `short`, or `long` where the person who runs the tests has time.
fn number(short: usize, long: usize) -> usize {
    if std::env::var_os("RTJS_LONG_TESTS").is_some() {
        long
    } else {
        short
    }
}

const LIMIT: Duration = Duration::from_secs(120);

#[allow(clippy::print_stderr, reason = "figures are for the person who runs the tests")]
fn report(text: &str) {
    eprintln!("{text}");
}

fn program(name: &str) -> std::path::PathBuf {
    support::root().join("tests/programs/net").join(name)
}

fn closed_connections_leave_nothing() -> Result<(), Failed> {
    let count = number(5_000, 100_000);
    // A small young generation: the large one that V8 takes under load would hide what is left.
    let output = support::run(
        support::command(support::RTJS)
            .args(["--expose-gc", "--max-semi-space-size=1"])
            .arg(program("open-close.js"))
            .arg(count.to_string()),
        LIMIT,
    )?;
    let figures: Vec<i64> = output
        .stdout
        .split_whitespace()
        .filter_map(|n| n.parse().ok())
        .collect();
    let [fds_before, fds_after, before, after] = figures[..] else {
        return Err(format!("{output:?}").into());
    };
    report(&format!(
        "{count} connections opened and closed: {before} KiB, {after} KiB; {fds_before} descriptors, {fds_after}"
    ));
    const SLACK: i64 = 2048;
    if fds_after > fds_before || after > before + SLACK {
        return Err(format!("{fds_before} descriptors, then {fds_after}; {before} KiB, then {after}").into());
    }
    Ok(())
}

/// Bytes that an idle connection costs a server.
fn idle(runtime: &Path, count: usize) -> Result<i64, String> {
    let output = support::run(
        support::command(runtime)
            .arg("--expose-gc")
            .arg(support::root().join("bench/scripts/net-idle.js"))
            .env("CONNECTIONS", count.to_string()),
        LIMIT,
    )?;
    output.stdout.trim().parse().map_err(|_| format!("{output:?}"))
}

fn idle_connections() -> Result<(), Failed> {
    let count = number(2_000, 10_000);
    let ours = idle(Path::new(support::RTJS), count)?;
    let nodes = support::node().and_then(|node| idle(&node, count).ok());
    let node = nodes.map_or_else(|| "node is not here".to_owned(), |n| format!("{n} in node"));
    report(&format!("{count} idle connections: {ours} bytes each, {node}"));
    /// What a socket, its two streams and their listeners take.
    const BOUND: i64 = 6_000;
    if ours > BOUND || nodes.is_some_and(|node| ours > node) {
        return Err(format!("{ours} bytes for an idle connection, {node}").into());
    }
    Ok(())
}

/// How the program stands: bytes taken from the source, KiB of memory.
fn standing(port: u16) -> Result<(i64, i64), String> {
    let mut text = String::new();
    TcpStream::connect(("127.0.0.1", port))
        .and_then(|mut stream| stream.read_to_string(&mut text))
        .map_err(|e| e.to_string())?;
    let field = |name: &str| {
        let at = text.find(name)? + name.len();
        text[at..]
            .trim_start_matches(['"', ':'])
            .split([',', '}'])
            .next()?
            .parse()
            .ok()
    };
    field("produced").zip(field("memory")).ok_or(text.clone())
}

struct NeverRead {
    _live: Live,
    sender: u16,
    taker: u16,
    teller: u16,
}

fn never_read(total: usize) -> Result<NeverRead, String> {
    let mut live = Live::start(
        support::command(support::RTJS)
            .args(["--expose-gc", "--max-semi-space-size=1"])
            .arg(program("never-read.js"))
            .arg(total.to_string()),
    )?;
    let line = live.wait_for_line(|l| l.starts_with("ready "))?;
    let ports: Vec<u16> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [sender, taker, teller] = ports[..] else {
        return Err(line);
    };
    Ok(NeverRead {
        _live: live,
        sender,
        taker,
        teller,
    })
}

/// The most that the kernel keeps for a connection, both ends together: what tcp_wmem and tcp_rmem allow.
fn kernel_buffers() -> i64 {
    let largest = |name: &str| -> i64 {
        let text = std::fs::read_to_string(format!("/proc/sys/net/ipv4/{name}")).unwrap_or_default();
        let last = text.split_whitespace().last().and_then(|n| n.parse().ok());
        last.unwrap_or(8 * 1024 * 1024)
    };
    largest("tcp_wmem") + largest("tcp_rmem")
}

/// What a program's memory may grow by without anything being wrong: code that is compiled, a larger heap. In KiB.
const SLACK_KIB: i64 = 8 * 1024;

/// A source of a GB is piped to somebody who never reads: what is taken from it, and memory, stay within bounds. Then he reads, and they still do.
fn a_peer_that_does_not_read() -> Result<(), Failed> {
    let total = number(64 << 20, 1 << 30);
    let program = never_read(total)?;
    let (_, before) = standing(program.teller)?;
    let mut peer = TcpStream::connect(("127.0.0.1", program.sender)).map_err(|e| e.to_string())?;
    // Until nothing is taken any more.
    let mut taken = -1;
    let memory = loop {
        std::thread::sleep(Duration::from_millis(100));
        let (produced, memory) = standing(program.teller)?;
        if produced > 0 && produced == taken {
            break memory;
        }
        taken = produced;
    };
    // Two highWaterMarks of the source's and the socket's, and a block more than each.
    let bound = kernel_buffers() + 4 * 64 * 1024;
    if taken > bound || memory > before + SLACK_KIB {
        return Err(format!("{taken} bytes were taken of {bound} allowed; {before} KiB, then {memory}").into());
    }
    let mut buffer = vec![0; 1 << 20];
    let mut read = 0;
    let mut most = memory;
    let mut next_look = 0;
    while read < total {
        let count = peer.read(&mut buffer).map_err(|e| e.to_string())?;
        if count == 0 {
            return Err(format!("the end came after {read} bytes").into());
        }
        read += count;
        if read > next_look {
            most = most.max(standing(program.teller)?.1);
            next_look += total / 8;
        }
    }
    report(&format!(
        "a peer that does not read: {taken} bytes taken; {before} KiB before, {memory} while it waits, {most} while it reads {total} bytes"
    ));
    if most > before + SLACK_KIB {
        return Err(format!("{before} KiB before, {most} while {total} bytes were written").into());
    }
    Ok(())
}

/// Who writes to a socket that is paused is stopped, and its bytes are not collected.
fn a_reader_that_does_not_read() -> Result<(), Failed> {
    let program = never_read(0)?;
    let (_, before) = standing(program.teller)?;
    let mut peer = TcpStream::connect(("127.0.0.1", program.taker)).map_err(|e| e.to_string())?;
    peer.set_write_timeout(Some(Duration::from_millis(300)))
        .map_err(|e| e.to_string())?;
    let block = vec![b'x'; 1 << 20];
    let bound = kernel_buffers() + (1 << 20);
    let mut written: i64 = 0;
    let end = Instant::now() + LIMIT;
    loop {
        match peer.write(&block) {
            Ok(count) => written += count as i64,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
            Err(error) => return Err(error.to_string().into()),
        }
        if written > bound || Instant::now() > end {
            return Err(format!("{written} bytes were taken by a paused socket").into());
        }
    }
    let (_, after) = standing(program.teller)?;
    report(&format!(
        "a reader that does not read: {written} bytes written; {before} KiB, then {after}"
    ));
    if after > before + SLACK_KIB {
        return Err(format!("{before} KiB before, {after} after {written} bytes").into());
    }
    Ok(())
}
