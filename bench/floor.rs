//! A yardstick for the runtimes in bench/run.py: `floor SCRIPT [WORD ...]` does what that script of scripts/ does, with nothing but the system calls that
//! it takes, in Rust with nothing but std (and the C library that it brings). It knows no protocol: what it answers is constant, what it sends between
//! processes is bytes and descriptors. What it reaches is about what the kernel and the load generator leave; it is plain, and can be beaten by a little.

mod channel;
mod epoll;

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use epoll::{Event, Set};

const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 12\r\n\r\nhello world\n";
const LAST: &[u8] =
    b"HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nConnection: close\r\nContent-Length: 12\r\n\r\nhello world\n";
const LARGE: usize = 1 << 20;
/// How many connections are accepted, or given to a worker, at a time.
const BATCH: usize = 64;

/// What is done with a connection.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    /// Sends back what comes.
    Echo,
    /// Sends a byte first, and nothing more.
    Greet,
    /// Sends a byte and the end.
    End,
    /// Closes it.
    Close,
    /// Answers each head of a request.
    Http,
}

fn does(script: &str) -> Does {
    match script {
        "net-data.js" | "net-pipe.js" => Does::Echo,
        "net-connect.js" | "cluster-connect.js" => Does::Greet,
        "net-end.js" => Does::End,
        "hand-over.js" => Does::Close,
        "http.js" | "http-routes.js" | "cluster-http.js" => Does::Http,
        other => panic!("nothing is known of {other}"),
    }
}

struct Connection {
    stream: TcpStream,
    input: Vec<u8>,
    /// What is still to come of a request's body.
    body: usize,
    out: Vec<u8>,
    /// The kernel takes no more for now.
    waits: bool,
    /// It is over when all is written.
    ends: bool,
}

impl Connection {
    /// Takes requests, and writes what answers them.
    fn take(&mut self, mut bytes: &[u8], large: &[u8]) {
        while !bytes.is_empty() {
            if self.body > 0 {
                let skipped = self.body.min(bytes.len());
                self.body -= skipped;
                bytes = &bytes[skipped..];
            } else {
                let known = self.input.len();
                self.input.extend_from_slice(bytes);
                let Some(end) = find(&self.input, b"\r\n\r\n") else {
                    return;
                };
                bytes = &bytes[end + 4 - known..];
                let head = &self.input[..end];
                let length =
                    find(head, b"Content-Length: ").map(|at| head[at + 16..].iter().take_while(|b| b.is_ascii_digit()));
                self.body = length.map_or(0, |digits| {
                    digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
                });
                self.ends = find(head, b"Connection: close").is_some();
                let answer = if head.starts_with(b"GET /download ") {
                    large
                } else if self.ends {
                    LAST
                } else {
                    ANSWER
                };
                self.out.extend_from_slice(answer);
                self.input.clear();
            }
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// Connections and what is done with them.
struct Served {
    does: Does,
    set: Set,
    connections: Vec<Option<Connection>>,
    room: Vec<u8>,
    large: Vec<u8>,
}

impl Served {
    fn new(does: Does) -> Served {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {LARGE}\r\n\r\n");
        let large = [head.as_bytes(), &vec![b'x'; LARGE]].concat();
        Served {
            does,
            set: Set::new(),
            connections: Vec::new(),
            room: vec![0; 256 << 10],
            large,
        }
    }

    fn add(&mut self, stream: TcpStream) {
        if self.does == Does::Close {
            return;
        }
        if matches!(self.does, Does::Greet | Does::End) {
            let _ = (&stream).write(b"!");
        }
        if self.does == Does::End {
            let _ = stream.shutdown(std::net::Shutdown::Write);
        }
        if matches!(self.does, Does::Http | Does::Echo) {
            let _ = stream.set_nodelay(true);
        }
        let fd = stream.as_raw_fd();
        self.set.add(fd, fd as usize);
        self.connections
            .resize_with(self.connections.len().max(fd as usize + 1), || None);
        let (input, out) = Default::default();
        self.connections[fd as usize] = Some(Connection {
            stream,
            input,
            body: 0,
            out,
            waits: false,
            ends: false,
        });
    }

    fn turn(&mut self, fd: usize) {
        let Some(connection) = &mut self.connections[fd] else {
            return;
        };
        match connection.stream.read(&mut self.room) {
            Ok(count @ 1..) if self.does == Does::Http => connection.take(&self.room[..count], &self.large),
            Ok(count @ 1..) => connection.out.extend_from_slice(&self.room[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            _ => return self.connections[fd] = None,
        }
        // A body that has not come whole has no answer yet.
        let count = if connection.body > 0 {
            0
        } else {
            connection.stream.write(&connection.out).unwrap_or(0)
        };
        connection.out.drain(..count);
        let waits = !connection.out.is_empty() && connection.body == 0;
        if waits != connection.waits {
            connection.waits = waits;
            self.set.wait_for_room(fd as i32, waits, fd);
        }
        if connection.ends && connection.out.is_empty() {
            self.connections[fd] = None;
        }
    }
}

/// Accepts what there is, a batch at most.
fn accept(listener: &TcpListener) -> impl Iterator<Item = TcpStream> {
    std::iter::from_fn(|| listener.accept().ok())
        .take(BATCH)
        .map(|(stream, _)| {
            stream.set_nonblocking(true).expect("a socket that does not wait");
            stream
        })
}

fn listen() -> TcpListener {
    let port: u16 = std::env::var("PORT").expect("$PORT").parse().expect("a port");
    let listener = TcpListener::bind(("127.0.0.1", port)).expect("a port that is free");
    listener.set_nonblocking(true).expect("a listener that does not wait");
    listener
}

fn serve(does: Does) {
    let listener = listen();
    let mut served = Served::new(does);
    let own = listener.as_raw_fd() as usize;
    served.set.add(own as i32, own);
    let mut events = [Event::default(); 256];
    loop {
        for index in 0..served.set.wait(&mut events, -1).len() {
            match events[index].key() {
                fd if fd == own => accept(&listener).for_each(|stream| served.add(stream)),
                fd => served.turn(fd),
            }
        }
    }
}

/// Another process of this program, and the channel to it.
fn spawn(words: &[String]) -> (Child, UnixStream) {
    let (ours, theirs) = UnixStream::pair().expect("a channel");
    let program = std::env::current_exe().expect("this program");
    let child = Command::new(program)
        .arg("worker")
        .args(words)
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn();
    (child.expect("a worker"), ours)
}

/// Gives connections to `count` workers in turns.
fn distribute(words: &[String], count: usize) {
    let workers: Vec<UnixStream> = (0..count).map(|_| spawn(words).1).collect();
    let listener = listen();
    let set = Set::new();
    set.add(listener.as_raw_fd(), 0);
    let (mut events, mut next) = ([Event::default(); 1], 0);
    loop {
        set.wait(&mut events, -1);
        let mut batches: Vec<Vec<TcpStream>> = workers.iter().map(|_| Vec::new()).collect();
        for stream in accept(&listener) {
            batches[next % count].push(stream);
            next += 1;
        }
        for (worker, batch) in workers.iter().zip(batches) {
            channel::send(worker, &batch);
        }
    }
}

fn receive(does: Does) {
    // SAFETY: this process was started with its channel there, and nothing else owns it.
    let channel = unsafe { UnixStream::from_raw_fd(0) };
    let mut served = Served::new(does);
    served.set.add(0, 0);
    let mut events = [Event::default(); 256];
    loop {
        for index in 0..served.set.wait(&mut events, -1).len() {
            match events[index].key() {
                0 => channel::receive(&channel)
                    .into_iter()
                    .for_each(|stream| served.add(stream)),
                fd => served.turn(fd),
            }
        }
    }
}

/// ipc.js: messages of `bytes`, there and back or one way.
fn messages(words: &[String]) {
    let round = words[1] == "round";
    let bytes: usize = words[3].parse().expect("a size");
    let time = Duration::from_secs_f64(words[4].parse().expect("seconds"));
    let (child, mut channel) = spawn(words);
    // As long as a small message is as a line of JSON.
    let block = vec![b'x'; if bytes == 0 { 24 } else { bytes }];
    let mut back = vec![0; block.len()];
    let (start, mut count) = (Instant::now(), 0u64);
    while start.elapsed() < time {
        channel.write_all(&block).expect("a worker that reads");
        if round {
            channel.read_exact(&mut back).expect("a worker that answers");
        }
        count += 1;
    }
    let used = on_processor(std::process::id()) + on_processor(child.id());
    println!(
        "{:.0} {}",
        count as f64 / start.elapsed().as_secs_f64(),
        used / count as f64
    );
}

/// The processor time of a process that has one thread, in microseconds.
fn on_processor(id: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/schedstat")).expect("a process");
    text.split(' ')
        .next()
        .and_then(|word| word.parse::<f64>().ok())
        .expect("nanoseconds")
        / 1000.0
}

/// Reads what comes, and sends it back where that is asked for.
fn count(round: bool) {
    // SAFETY: as in receive().
    let mut channel = unsafe { UnixStream::from_raw_fd(0) };
    let mut room = vec![0; 256 << 10];
    while let Ok(count @ 1..) = channel.read(&mut room) {
        if round && channel.write_all(&room[..count]).is_err() {
            break;
        }
    }
}

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let worker = words.first().is_some_and(|w| w == "worker");
    if worker {
        words.remove(0);
    }
    let script = words[0].rsplit('/').next().unwrap_or_default();
    match (script, worker) {
        ("ipc.js", false) => messages(&words),
        ("ipc.js", true) => count(words[1] == "round"),
        ("hand-over.js", false) => distribute(&words, 1),
        ("cluster-connect.js" | "cluster-http.js", false) => {
            let workers = std::env::var("WORKERS").expect("$WORKERS").parse().expect("a number");
            distribute(&words, workers);
        }
        (script, true) => receive(does(script)),
        (script, false) => serve(does(script)),
    }
}
