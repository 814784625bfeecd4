//! Four workers under load, of which a random one is killed every 200 ms and replaced. For five seconds, or as many as `RTJS_TEST_CHAOS` says.
//!
//! The port never refuses; what fails was on its way on a worker that was killed; nothing is left over.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::support;
use crate::support::live::{self, Live};

const WORKERS: usize = 4;
const CLIENTS: usize = 8;
/// Requests on one connection.
const REQUESTS: usize = 3;
const PERIOD: Duration = Duration::from_millis(200);
const ANSWER: Duration = Duration::from_secs(15);

pub fn trials() -> Vec<Trial> {
    vec![Trial::test(
        "chaos/workers_killed_under_load",
        workers_killed_under_load,
    )]
}

#[derive(Default)]
struct Kills {
    pids: BTreeSet<i32>,
    times: Vec<Instant>,
}

#[derive(Default)]
struct Report {
    answered: u64,
    /// Failed on a killed worker, or while one was killed.
    lost: u64,
    workers: BTreeSet<i32>,
    wrong: Vec<String>,
}

fn workers_killed_under_load() -> Result<(), Failed> {
    let seconds = match std::env::var("RTJS_TEST_CHAOS") {
        Ok(text) => text.parse().map_err(|e| format!("RTJS_TEST_CHAOS={text}: {e}"))?,
        Err(_) => 5,
    };
    let mut cluster =
        Live::start(support::command(support::RTJS).arg(support::root().join("tests/programs/chaos.js")))?;
    let line = cluster.wait_for_line(|l| l.starts_with("ready "))?;
    let port: u16 = line["ready ".len()..].parse().map_err(|e| format!("{line}: {e}"))?;
    let descriptors = live::descriptors(cluster.id())?;

    let kills = Arc::new(Mutex::new(Kills::default()));
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (kills, stop) = (kills.clone(), stop.clone());
            std::thread::spawn(move || load(port, &kills, &stop))
        })
        .collect();

    let end = Instant::now() + Duration::from_secs(seconds);
    let mut random = u64::from(cluster.id()) | 1;
    while Instant::now() < end {
        std::thread::sleep(PERIOD);
        let alive = cluster.children();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let Some(&victim) = alive.get((random >> 33) as usize % alive.len().max(1)) else {
            continue;
        };
        {
            let mut kills = kills.lock().expect("nobody panics with it");
            kills.pids.insert(victim);
            kills.times.push(Instant::now());
        }
        // It may have ended by itself only if something is wrong, which shows elsewhere.
        let _ = live::kill(victim);
    }
    stop.store(true, Ordering::Relaxed);
    let mut total = Report::default();
    for client in clients {
        let report = client.join().map_err(|_| "a client panicked")?;
        total.answered += report.answered;
        total.lost += report.lost;
        total.workers.extend(report.workers);
        total.wrong.extend(report.wrong);
    }
    let killed = kills.lock().expect("nobody panics with it").pids.len();
    if !total.wrong.is_empty() {
        return Err(format!(
            "{killed} killed, {} answered; {}",
            total.answered,
            total.wrong.join("; ")
        )
        .into());
    }
    // Each of those killed had at most what one client at a time had under way.
    if total.lost > (killed * CLIENTS) as u64 || total.answered < 50 * seconds || killed < 2 * seconds as usize {
        return Err(format!("{killed} killed, {} answered, {} lost", total.answered, total.lost).into());
    }
    settled(&cluster, port, descriptors)
}

/// All workers are back and serve, and nothing of the dead is left in the primary.
fn settled(cluster: &Live, port: u16, descriptors: usize) -> Result<(), Failed> {
    let end = Instant::now() + Duration::from_secs(10);
    let mut serving = BTreeSet::new();
    while serving.len() < WORKERS && Instant::now() < end {
        serving.insert(live::get(port, "/").map_err(|e| format!("after the load: {e}"))?.body());
    }
    let left = live::descriptors_until(cluster.id(), |left| left <= descriptors)?;
    let (alive, zombies) = (cluster.children().len(), live::zombies_of(cluster.id()));
    if serving.len() != WORKERS || alive != WORKERS || zombies != 0 || left > descriptors {
        return Err(format!(
            "{} of {alive} workers serve, {zombies} zombies, {descriptors} descriptors before, {left} after",
            serving.len()
        )
        .into());
    }
    Ok(())
}

fn load(port: u16, kills: &Mutex<Kills>, stop: &AtomicBool) -> Report {
    let mut report = Report::default();
    while !stop.load(Ordering::Relaxed) && report.wrong.len() < 5 {
        let start = Instant::now();
        let mut stream = match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => BufReader::new(stream),
            Err(error) => {
                report.wrong.push(format!("cannot connect: {error}"));
                continue;
            }
        };
        let mut worker = None;
        for _ in 0..REQUESTS {
            match request(&mut stream, port) {
                Ok(pid) => {
                    worker = Some(pid);
                    report.workers.insert(pid);
                    report.answered += 1;
                }
                Err(error) => {
                    let kills = kills.lock().expect("nobody panics with it");
                    let excused = match worker {
                        Some(pid) => kills.pids.contains(&pid),
                        None => kills.times.iter().any(|time| *time >= start),
                    };
                    if excused {
                        report.lost += 1;
                    } else {
                        report.wrong.push(format!("{error} on worker {worker:?}, which lives"));
                    }
                    break;
                }
            }
        }
    }
    report
}

/// One request; the answer is the worker's pid.
fn request(stream: &mut BufReader<TcpStream>, port: u16) -> std::io::Result<i32> {
    stream.get_ref().set_read_timeout(Some(ANSWER))?;
    write!(stream.get_mut(), "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")?;
    let bad = |what: &str| std::io::Error::other(what.to_owned());
    let mut length = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(bad("closed without an answer"));
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let mut body = vec![0; length.ok_or_else(|| bad("an answer without a length"))?];
    stream.read_exact(&mut body)?;
    String::from_utf8_lossy(&body)
        .parse()
        .map_err(|_| bad("an answer that is no pid"))
}
