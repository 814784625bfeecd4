//! Connections for bench/run.py, with nothing but std: `load rate PORT THREADS SECONDS` makes one connection after the other, waits for a byte or the
//! end, and resets it; `load hold PORT COUNT` opens COUNT connections, waits for a byte on each, and keeps them until its standard input ends.
//! Prints `connections seconds failed`, then how often each byte came, most frequent first.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// One connection that has had its byte, or has been closed without one. Dropping it with the byte unread makes the kernel send a reset.
fn connect(port: u16) -> std::io::Result<(TcpStream, Option<u8>)> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut byte = [0];
    match stream.peek(&mut byte) {
        Ok(0) => Ok((stream, None)),
        Ok(_) => Ok((stream, Some(byte[0]))),
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => Ok((stream, None)),
        Err(error) => Err(error),
    }
}

#[derive(Default)]
struct Tally {
    by_byte: BTreeMap<u8, u64>,
    connections: u64,
    failed: u64,
}

impl Tally {
    fn add(&mut self, outcome: std::io::Result<Option<u8>>) {
        match outcome {
            Ok(byte) => {
                self.connections += 1;
                if let Some(byte) = byte {
                    *self.by_byte.entry(byte).or_default() += 1;
                }
            }
            Err(_) => self.failed += 1,
        }
    }

    fn join(&mut self, other: Tally) {
        self.connections += other.connections;
        self.failed += other.failed;
        for (byte, count) in other.by_byte {
            *self.by_byte.entry(byte).or_default() += count;
        }
    }

    fn print(&self, start: Instant) {
        println!("{} {} {}", self.connections, start.elapsed().as_secs_f64(), self.failed);
        let mut counts: Vec<u64> = self.by_byte.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        println!("{counts:?}");
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words[at].parse::<u64>().expect("a number");
    let port = number(1) as u16;
    let start = Instant::now();
    let mut total = Tally::default();
    if words[0] == "rate" {
        let end = start + Duration::from_secs_f64(words[3].parse().expect("a number"));
        let threads: Vec<_> = (0..number(2))
            .map(|_| {
                std::thread::spawn(move || {
                    let mut tally = Tally::default();
                    while Instant::now() < end {
                        tally.add(connect(port).map(|(_, byte)| byte));
                    }
                    tally
                })
            })
            .collect();
        for thread in threads {
            total.join(thread.join().expect("a thread that counts"));
        }
        total.print(start);
    } else {
        let mut held = Vec::new();
        for _ in 0..number(2) {
            let made = connect(port);
            total.add(made.as_ref().map(|(_, byte)| *byte).map_err(|e| e.kind().into()));
            held.extend(made);
        }
        total.print(start);
        let _ = std::io::stdin().read(&mut [0]);
    }
}
