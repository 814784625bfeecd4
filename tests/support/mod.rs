//! Running programs under a time limit, and comparing what they print.

pub mod live;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The binary under test.
pub const RTJS: &str = env!("CARGO_BIN_EXE_rtjs");

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the cli folder is in the repository")
        .to_path_buf()
}

/// `node`, if the machine has one.
pub fn node() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("node"))
        .find(|file| file.is_file())
}

/// A command whose environment has nothing that changes what a script prints.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in [
        "NODE_DEBUG",
        "NODE_OPTIONS",
        "NODE_PATH",
        "NODE_CLUSTER_SCHED_POLICY",
        "FORCE_COLOR",
        "NO_COLOR",
        "NODE_CHANNEL_FD",
        "NODE_UNIQUE_ID",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// What a program printed and how it ended.
#[derive(Debug)]
pub struct Output {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `command` to its end; an error says what it had printed when the time was up.
pub fn run(command: &mut Command, limit: Duration) -> Result<Output, String> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start {command:?}: {e}"))?;
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());
    let status = wait(&mut child, limit);
    let take = |from: mpsc::Receiver<String>| from.recv_timeout(Duration::from_secs(2)).unwrap_or_default();
    match status {
        Some(status) => Ok(Output {
            status,
            stdout: take(stdout),
            stderr: take(stderr),
        }),
        None => {
            let _ = child.kill();
            let _ = child.wait();
            Err(format!(
                "still running after {limit:?}\n--- stdout\n{}--- stderr\n{}",
                take(stdout),
                take(stderr)
            ))
        }
    }
}

fn collect(from: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (to, out) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut from) = from {
            let _ = from.read_to_end(&mut bytes);
        }
        let _ = to.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    out
}

/// Waits for the end of `child`.
pub fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let end = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            _ => return None,
        }
    }
}

/// Whether `actual` is `expected`, line by line; `[WILDCARD]` in a line of `expected` stands for any text without a line break, and a line that is
/// `[WILDCARD]` alone for any number of lines.
pub fn matches(expected: &str, actual: &str) -> bool {
    let expected: Vec<&str> = expected.trim_end().split('\n').collect();
    let actual: Vec<&str> = actual.trim_end().split('\n').collect();
    lines_match(&expected, &actual)
}

fn lines_match(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&"[WILDCARD]", rest)) => (0..=actual.len()).any(|skip| lines_match(rest, &actual[skip..])),
        Some((line, rest)) => actual
            .split_first()
            .is_some_and(|(first, others)| line_matches(line, first) && lines_match(rest, others)),
    }
}

fn line_matches(expected: &str, actual: &str) -> bool {
    let mut pieces = expected.split("[WILDCARD]");
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = actual.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for piece in pieces {
        last = Some(piece);
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    match last {
        // The last piece has to be the line's end, wherever else it may stand too.
        Some(piece) => actual.ends_with(piece),
        None => rest.is_empty(),
    }
}

/// Says why a test does nothing here.
#[allow(clippy::print_stderr, reason = "the reason is for the person who runs the tests")]
pub fn skip(name: &str, reason: &str) -> Vec<libtest_mimic::Trial> {
    eprintln!("skipped: {name}: {reason}");
    vec![libtest_mimic::Trial::test(name.to_owned(), || Ok(())).with_ignored_flag(true)]
}
