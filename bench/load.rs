//! Clients for bench/run.py, with nothing but std (and the C library that it brings).
//!
//! `load rate PORT THREADS SECONDS` makes one connection after the other, waits for a byte or the end, and resets it; `load hold PORT COUNT` opens COUNT
//! connections, waits for a byte on each, and keeps them until its standard input ends. Both print `connections seconds failed`, then how often each byte
//! came, most frequent first.
//!
//! `load ping-pong PORT CONNECTIONS SECONDS` sends 64 bytes on each connection, again whenever they have come back, and prints `round-trips seconds`;
//! `load bulk PORT SECONDS` writes blocks of 64 KB to one connection as fast as they are taken, and prints `bytes seconds` of what came back.

mod epoll;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use epoll::{Event, Set};

/// Milliseconds after which one looks at the clock again.
const LOOK: i32 = 1000;

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

fn rate(port: u16, threads: u64, seconds: f64) {
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    let threads: Vec<_> = (0..threads)
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
    let mut total = Tally::default();
    for thread in threads {
        total.join(thread.join().expect("a thread that counts"));
    }
    total.print(start);
}

fn hold(port: u16, count: u64) {
    let start = Instant::now();
    let mut total = Tally::default();
    let mut held = Vec::new();
    for _ in 0..count {
        let made = connect(port);
        total.add(made.as_ref().map(|(_, byte)| *byte).map_err(|e| e.kind().into()));
        held.extend(made);
    }
    total.print(start);
    let _ = std::io::stdin().read(&mut [0]);
}

fn ping_pong(port: u16, count: u64, seconds: f64) {
    let set = Set::new();
    let mut streams: Vec<TcpStream> = (0..count)
        .map(|_| TcpStream::connect(("127.0.0.1", port)).expect("a connection"))
        .collect();
    let mut block = [b'x'; 64];
    for (key, stream) in streams.iter_mut().enumerate() {
        stream.set_nodelay(true).expect("a socket");
        set.add(stream.as_raw_fd(), key);
        stream.write_all(&block).expect("a server that reads");
    }
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    let (mut round_trips, mut had) = (0u64, vec![0; streams.len()]);
    let mut events = [Event::default(); 64];
    while Instant::now() < end {
        for key in set.wait(&mut events, LOOK).iter().map(Event::key) {
            let read = streams[key].read(&mut block).expect("an echo");
            assert_ne!(read, 0, "the server has ended");
            had[key] += read;
            if had[key] == block.len() {
                had[key] = 0;
                round_trips += 1;
                streams[key].write_all(&block).expect("a server that reads");
            }
        }
    }
    println!("{round_trips} {}", start.elapsed().as_secs_f64());
}

fn bulk(port: u16, seconds: f64) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    let mut writer = stream.try_clone().expect("a descriptor");
    std::thread::spawn(move || {
        let block = vec![b'x'; 64 << 10];
        while writer.write_all(&block).is_ok() {}
    });
    let mut block = vec![0; 256 << 10];
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    let mut bytes = 0;
    while Instant::now() < end {
        let read = stream.read(&mut block).expect("an echo");
        assert_ne!(read, 0, "the server has ended");
        bytes += read;
    }
    println!("{bytes} {}", start.elapsed().as_secs_f64());
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| words[at].parse::<f64>().expect("a number");
    let port = number(1) as u16;
    match words[0].as_str() {
        "rate" => rate(port, number(2) as u64, number(3)),
        "hold" => hold(port, number(2) as u64),
        "ping-pong" => ping_pong(port, number(2) as u64, number(3)),
        "bulk" => bulk(port, number(2)),
        other => panic!("no such mode: {other}"),
    }
}
