//! A program that keeps running while a test talks to it. Dropping it ends it and everything it started.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

const LIMIT: Duration = Duration::from_secs(15);

pub struct Live {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    seen: Vec<String>,
}

impl Live {
    /// Starts `command` in a process group of its own.
    pub fn start(command: &mut Command) -> Result<Live, String> {
        let mut child = command
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {command:?}: {e}"))?;
        let stdout = lines(child.stdout.take());
        let stderr = lines(child.stderr.take());
        Ok(Live {
            child,
            stdout,
            stderr,
            seen: Vec::new(),
        })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The pids of its child processes that are alive.
    pub fn children(&self) -> Vec<i32> {
        children_of(self.child.id())
    }

    /// Waits for a line of standard output that `wanted` likes; lines before it are passed over, but may be asked for later.
    pub fn wait_for_line(&mut self, wanted: impl Fn(&str) -> bool) -> Result<String, String> {
        if let Some(at) = self.seen.iter().position(|l| wanted(l)) {
            return Ok(self.seen.remove(at));
        }
        let end = Instant::now() + LIMIT;
        while let Ok(line) = self.stdout.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if wanted(&line) {
                return Ok(line);
            }
            self.seen.push(line);
        }
        let errors: Vec<String> = self.stderr.try_iter().collect();
        Err(format!(
            "the line did not come; printed: {:?}, on standard error: {errors:?}",
            self.seen
        ))
    }

    /// As [`Live::wait_for_line`], of standard error.
    pub fn wait_for_error_line(&mut self, wanted: impl Fn(&str) -> bool) -> Result<String, String> {
        let end = Instant::now() + LIMIT;
        let mut seen = Vec::new();
        while let Ok(line) = self.stderr.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if wanted(&line) {
                return Ok(line);
            }
            seen.push(line);
        }
        Err(format!("the line did not come; on standard error: {seen:?}"))
    }

    /// Kills the program itself, and nothing that it started.
    pub fn kill_alone(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Ok(group) = i32::try_from(self.child.id()) {
            let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
        }
        let _ = self.child.wait();
    }
}

fn lines(from: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (to, out) = channel();
    std::thread::spawn(move || {
        let Some(from) = from else { return };
        for line in BufReader::new(from).lines() {
            let Ok(line) = line else { return };
            if to.send(line).is_err() {
                return;
            }
        }
    });
    out
}

struct Process {
    pid: i32,
    parent: u32,
    state: char,
}

fn processes() -> impl Iterator<Item = Process> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let pid = entry.file_name().to_string_lossy().parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        // pid (name) state ppid ...; the name may have blanks and parentheses.
        let mut words = stat.rsplit_once(')')?.1.split_whitespace();
        let state = words.next()?.chars().next()?;
        let parent = words.next()?.parse().ok()?;
        Some(Process { pid, parent, state })
    })
}

/// The live children of a process.
pub fn children_of(pid: u32) -> Vec<i32> {
    let alive = processes().filter(|p| p.parent == pid && p.state != 'Z');
    let mut children: Vec<i32> = alive.map(|p| p.pid).collect();
    children.sort_unstable();
    children
}

/// How many descriptors a process has.
pub fn descriptors(pid: u32) -> Result<usize, String> {
    let folder = format!("/proc/{pid}/fd");
    std::fs::read_dir(&folder)
        .map(Iterator::count)
        .map_err(|e| format!("{folder}: {e}"))
}

/// The number of descriptors, once it is one that `good` likes or five seconds have passed.
pub fn descriptors_until(pid: u32, good: impl Fn(usize) -> bool) -> Result<usize, String> {
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        let count = descriptors(pid)?;
        if good(count) || Instant::now() > end {
            return Ok(count);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The most that a process has had in memory, in KiB.
pub fn peak_memory(pid: u32) -> Result<u64, String> {
    let path = format!("/proc/{pid}/status");
    let status = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let words = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let number = words.and_then(|w| w.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| format!("{path} does not tell"))
}

/// The children of a process that have ended, and that it has not asked about.
pub fn zombies_of(pid: u32) -> usize {
    processes().filter(|p| p.parent == pid && p.state == 'Z').count()
}

/// Sends SIGKILL to one process.
pub fn kill(pid: i32) -> Result<(), String> {
    nix::sys::signal::kill(Pid::from_raw(pid), Signal::SIGKILL).map_err(|e| format!("kill {pid}: {e}"))
}

/// An HTTP response as text.
pub struct Response(String);

impl Response {
    pub fn starts_with(&self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// The body, out of its chunks if it came in chunks.
    pub fn body(&self) -> String {
        let Some((head, body)) = self.0.split_once("\r\n\r\n") else {
            return String::new();
        };
        if !head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            return body.to_owned();
        }
        let mut out = String::new();
        let mut rest = body;
        while let Some((size, after)) = rest.split_once("\r\n") {
            let size = usize::from_str_radix(size, 16).unwrap_or(0);
            if size == 0 || size > after.len() {
                break;
            }
            out.push_str(&after[..size]);
            rest = after[size..].trim_start_matches("\r\n");
        }
        out
    }
}

/// One GET on a connection of its own.
pub fn get(port: u16, path: &str) -> std::io::Result<Response> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text)?;
    Ok(Response(String::from_utf8_lossy(&text).into_owned()))
}

/// Asks until the answer is one that `good` likes: the server may still be starting.
pub fn get_until(port: u16, path: &str, good: impl Fn(&Response) -> bool) -> Result<Response, String> {
    let end = Instant::now() + LIMIT;
    loop {
        let answer = get(port, path);
        match answer {
            Ok(response) if good(&response) => return Ok(response),
            answer if Instant::now() > end => {
                return Err(match answer {
                    Ok(Response(text)) => format!("port {port} answers {text:?}"),
                    Err(error) => format!("port {port}: {error}"),
                });
            }
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
