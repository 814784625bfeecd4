//! HTTP clients for bench/run.py, with nothing but std (and the C library that it brings).
//!
//! `http_load paced PORT CONNECTIONS RATE SECONDS` sends RATE requests a second over CONNECTIONS, each when it is due, whether or not the earlier ones are
//! answered, and prints `requests p50 p90 p99 p99.9 max` in microseconds. A latency counts from when the request was due: one that had to wait for a slow
//! answer before it has waited.
//!
//! `http_load hold PORT COUNT` makes COUNT connections with one request each, prints a line when all are answered, and keeps them until its standard input
//! ends.

mod epoll;

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use epoll::{Event, Set};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w.eq_ignore_ascii_case(what))
}

/// The length of the whole response at the start of `bytes`, where there is one.
fn response(bytes: &[u8]) -> Option<usize> {
    let head = find(bytes, b"\r\n\r\n")? + 4;
    if let Some(at) = find(&bytes[..head], b"content-length:") {
        let digits: String = bytes[at + 15..head]
            .iter()
            .map(|b| *b as char)
            .skip_while(|c| *c == ' ')
            .take_while(char::is_ascii_digit)
            .collect();
        let end = head + digits.parse::<usize>().ok()?;
        return (bytes.len() >= end).then_some(end);
    }
    Some(head + find(&bytes[head..], b"0\r\n\r\n")? + 5)
}

struct Client {
    stream: TcpStream,
    /// When the requests were due that have no answer yet; only the first is sent.
    due: VecDeque<Instant>,
    input: Vec<u8>,
}

impl Client {
    fn connect(port: u16) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        stream.set_nodelay(true).expect("an option");
        let (due, input) = Default::default();
        Client { stream, due, input }
    }

    fn send(&mut self) {
        self.stream.write_all(REQUEST).expect("a request is sent");
    }

    fn ask(&mut self, due: Instant) {
        self.due.push_back(due);
        if self.due.len() == 1 {
            self.send();
        }
    }

    fn read(&mut self, latencies: &mut Vec<Duration>) {
        let mut room = [0; 4096];
        let count = self.stream.read(&mut room).expect("a response");
        assert!(count > 0, "the server ended a connection");
        self.input.extend_from_slice(&room[..count]);
        if let Some(length) = response(&self.input) {
            self.input.drain(..length);
            latencies.extend(self.due.pop_front().map(|due| due.elapsed()));
            if !self.due.is_empty() {
                self.send();
            }
        }
    }
}

fn paced(port: u16, connections: usize, rate: f64, seconds: f64) {
    let set = Set::new();
    let mut clients: Vec<Client> = (0..connections).map(|_| Client::connect(port)).collect();
    for (index, client) in clients.iter().enumerate() {
        set.add(client.stream.as_raw_fd(), index);
    }
    let total = (rate * seconds) as usize;
    let mut latencies = Vec::with_capacity(total);
    let mut events = [Event::default(); 256];
    let start = Instant::now();
    let mut sent = 0;
    while latencies.len() < total {
        while sent < total {
            let due = start + Duration::from_secs_f64(sent as f64 / rate);
            if due > Instant::now() {
                break;
            }
            clients[sent % connections].ask(due);
            sent += 1;
        }
        // It never sleeps: a timer's slack would count as latency.
        for event in set.wait(&mut events, 0) {
            clients[event.key()].read(&mut latencies);
        }
    }
    latencies.sort_unstable();
    let at = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    println!(
        "{} {:.0} {:.0} {:.0} {:.0} {:.0}",
        latencies.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

fn hold(port: u16, count: usize) {
    let mut clients = Vec::with_capacity(count);
    let mut latencies = Vec::new();
    for _ in 0..count {
        let mut client = Client::connect(port);
        client.ask(Instant::now());
        while !client.due.is_empty() {
            client.read(&mut latencies);
        }
        clients.push(client);
    }
    println!("{}", latencies.len());
    let _ = std::io::stdin().read(&mut [0]);
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| words.get(index).and_then(|w| w.parse::<f64>().ok()).expect("a number");
    match words.first().map(String::as_str) {
        Some("paced") => paced(number(1) as u16, number(2) as usize, number(3), number(4)),
        Some("hold") => hold(number(1) as u16, number(2) as usize),
        _ => panic!("paced or hold"),
    }
}
