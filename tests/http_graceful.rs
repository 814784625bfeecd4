//! A server that is told to stop under load: what it answers arrives whole, and it ends by itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support;
use crate::support::live::Live;

const CLIENTS: usize = 24;
const LIMIT: Duration = Duration::from_secs(10);

pub fn trials() -> Vec<Trial> {
    vec![Trial::test(
        "http_graceful/close_under_keep_alive_load",
        close_under_keep_alive_load,
    )]
}

fn close_under_keep_alive_load() -> Result<(), Failed> {
    let program = support::root().join("tests/programs/http-graceful.js");
    let mut server = Live::start(support::command(support::RTJS).arg(program))?;
    let line = server.wait_for_line(|l| l.starts_with("ready "))?;
    let port: u16 = line["ready ".len()..].parse().map_err(|e| format!("{line}: {e}"))?;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| std::thread::spawn(move || client(port, number)))
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    let told = Instant::now();
    let pid = i32::try_from(server.id()).map_err(|e| e.to_string())?;
    kill(Pid::from_raw(pid), Signal::SIGTERM).map_err(|e| e.to_string())?;
    let mut answers = 0;
    for client in clients {
        answers += client.join().map_err(|_| "a client panicked")??;
    }
    server.wait_for_line(|l| l == "closed")?;
    let line = server.wait_for_line(|l| l.starts_with("answered "))?;
    let took = told.elapsed();
    if line != format!("answered {answers}") {
        return Err(format!("the server {line}, the clients have {answers}").into());
    }
    // Clients that are busy hear of the end with their next answer: nobody has to wait for a timeout.
    if took > Duration::from_secs(4) {
        return Err(format!("it took {took:?}").into());
    }
    if answers < CLIENTS {
        return Err(format!("{answers} answers are no load").into());
    }
    Ok(())
}

/// Asks again and again on one connection until the server ends it; the number of answers. An answer that stops in the middle is an error.
fn client(port: u16, number: usize) -> Result<usize, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|e| e.to_string())?;
    stream.set_read_timeout(Some(LIMIT)).map_err(|e| e.to_string())?;
    let path = ["/", "/later", "/pieces"][number % 3];
    let mut answers = 0;
    loop {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        if stream.write_all(request.as_bytes()).is_err() {
            return Ok(answers);
        }
        match answer(&mut stream)? {
            None => return Ok(answers),
            Some(closes) => {
                answers += 1;
                if closes {
                    return Ok(answers);
                }
            }
        }
    }
}

/// Reads one answer; whether it is the last, or `None` for the connection's end in its place.
fn answer(stream: &mut TcpStream) -> Result<Option<bool>, String> {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) if text.is_empty() => return Ok(None),
            Ok(count) if count > 0 => text.extend_from_slice(&buffer[..count]),
            other => return Err(format!("{other:?} after {:?}", String::from_utf8_lossy(&text))),
        }
        let text = String::from_utf8_lossy(&text);
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && (body == "at once" || body == "later" || body.ends_with("0\r\n\r\n"))
        {
            if !head.starts_with("HTTP/1.1 200") {
                return Err(head.to_owned());
            }
            return Ok(Some(head.contains("Connection: close")));
        }
    }
}
