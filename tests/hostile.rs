//! A cluster with a worker that means no good: whatever it writes to its channel, the primary goes on, its memory and descriptors stay within
//! bounds, and the other workers serve.
//!
//! The worker is this very program, run by `tests/programs/hostile.js` with an attack's name in the environment ([`child`]).

use std::io::{IoSlice, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use nix::sys::socket::{ControlMessage, MsgFlags, sendmsg};

use crate::support;
use crate::support::live::{self, Live};

const ATTACK: &str = "RTJS_TEST_ATTACK";

/// What it writes, and whether that ends its channel.
const ATTACKS: &[(&str, &str, bool)] = &[
    ("json", "garbage", true),
    ("json", "half-a-frame", false),
    ("json", "deep", true),
    ("json", "descriptors", true),
    ("json", "unread-answers", true),
    ("json", "words", false),
    ("json", "wrong-handles", true),
    ("advanced", "garbage", true),
    ("advanced", "half-a-frame", false),
    ("advanced", "lying-length", true),
    ("advanced", "short-length", true),
    ("advanced", "truncated-value", true),
    ("advanced", "descriptors", true),
];

/// What the primary may have had in memory at most, in KiB.
const MEMORY: u64 = 250 << 10;

pub fn trials() -> Vec<Trial> {
    ATTACKS
        .iter()
        .map(|&(format, attack, ends)| {
            Trial::test(format!("hostile/{format}/{attack}"), move || {
                survives(format, attack, ends)
            })
        })
        .collect()
}

fn survives(format: &str, attack: &str, ends: bool) -> Result<(), Failed> {
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut cluster = Live::start(
        support::command(support::RTJS)
            .arg(support::root().join("tests/programs/hostile.js"))
            .args([format, &this.display().to_string()])
            .env(ATTACK, attack),
    )?;
    let line = cluster.wait_for_line(|l| l.starts_with("ready "))?;
    let port: u16 = line["ready ".len()..].parse().map_err(|e| format!("{line}: {e}"))?;
    let descriptors = live::descriptors(cluster.id())?;
    cluster.wait_for_line(|l| l == "attack")?;
    if ends {
        cluster.wait_for_line(|l| l == "the channel has ended")?;
    }
    let served = |what: &str| {
        let mut by: Vec<String> = (0..8)
            .map(|_| live::get(port, "/").map(|r| r.body()))
            .collect::<Result<_, _>>()
            .map_err(|e| format!("{what}: {e}"))?;
        by.sort();
        by.dedup();
        if by == ["worker 1", "worker 2"] {
            Ok(())
        } else {
            Err(format!("{what}: {by:?} answer"))
        }
    };
    // While it writes, and when it is gone.
    for _ in 0..20 {
        served("under attack")?;
    }
    let worker = cluster.wait_for_line(|l| l.starts_with("attacker "))?;
    live::kill(
        worker["attacker ".len()..]
            .parse()
            .map_err(|e| format!("{worker}: {e}"))?,
    )?;
    cluster.wait_for_line(|l| l == "the attacker is gone")?;
    served("after the attack")?;
    let left = live::descriptors_until(cluster.id(), |left| left <= descriptors)?;
    if left > descriptors {
        return Err(format!("{descriptors} descriptors before, {left} after").into());
    }
    let peak = live::peak_memory(cluster.id())?;
    if peak > MEMORY {
        return Err(format!("the primary has had {} MiB", peak >> 10).into());
    }
    Ok(())
}

/// Whether this process is the worker; if so it attacks, and does not return.
pub fn child() {
    let (Ok(attack), Ok(fd)) = (std::env::var(ATTACK), std::env::var("NODE_CHANNEL_FD")) else {
        return;
    };
    let fd: RawFd = fd.parse().expect("the channel's descriptor");
    // SAFETY: the parent says that this descriptor is this process's channel; nobody else uses it here.
    let channel = UnixStream::from(unsafe { OwnedFd::from_raw_fd(fd) });
    channel.set_nonblocking(false).expect("a channel that blocks");
    let advanced = std::env::var("NODE_CHANNEL_SERIALIZATION_MODE").as_deref() == Ok("advanced");
    // An error means that the channel has ended, which is what most of them are about.
    let _ = act(&attack, advanced, &channel);
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}

fn act(attack: &str, advanced: bool, mut channel: &UnixStream) -> std::io::Result<()> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut garbage = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    match attack {
        "garbage" => loop {
            let bytes: Vec<u8> = (0..8192).flat_map(|_| garbage().to_le_bytes()).collect();
            channel.write_all(&bytes)?;
        },
        "half-a-frame" if advanced => channel.write_all(&[0, 1, 0, 0, 0xff, 0x0f, b'"']),
        "half-a-frame" => channel.write_all(b"{\"cmd\":\"NODE_CLUSTER\",\"act\":"),
        "deep" => channel.write_all(&[&b"[".repeat(500_000)[..], b"\n"].concat()),
        "lying-length" => channel.write_all(&[0xff, 0xff, 0xff, 0xf0, 0xff, 0x0f]),
        "short-length" => channel.write_all(&[0, 0, 0, 1, 0xff, 0, 0, 0, 0]),
        // A string that claims to be longer than its frame.
        "truncated-value" => channel.write_all(&[0, 0, 0, 5, 0xff, 0x0f, b'"', 0xff, 0x7f]),
        "descriptors" => {
            let message: &[u8] = if advanced {
                &[0, 0, 0, 4, 0xff, 0x0f, b'I', 2]
            } else {
                b"1\n"
            };
            let file = std::fs::File::open("/dev/null")?;
            let fds = [file.as_raw_fd(); 200];
            loop {
                send(channel, message, &fds)?;
            }
        }
        "unread-answers" => loop {
            channel.write_all(&b"{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Native\",\"msg\":{}}\n".repeat(1000))?;
        },
        "words" => {
            for word in WORDS {
                channel.write_all(word.as_bytes())?;
                channel.write_all(b"\n")?;
            }
            Ok(())
        }
        "wrong-handles" => {
            let file = std::fs::File::open("/dev/null")?;
            let connected = UnixStream::pair()?.0;
            for fd in [file.as_raw_fd(), connected.as_raw_fd()] {
                for kind in [
                    "net.Native",
                    "net.Server",
                    "net.Socket",
                    "dgram.Native",
                    "dgram.Socket",
                    "__proto__",
                ] {
                    let message = format!("{{\"cmd\":\"NODE_HANDLE\",\"type\":\"{kind}\",\"msg\":1}}\n");
                    send(channel, message.as_bytes(), &[fd])?;
                }
            }
            Ok(())
        }
        _ => panic!("no attack {attack}"),
    }
}

fn send(channel: &UnixStream, bytes: &[u8], fds: &[RawFd]) -> std::io::Result<()> {
    let control = [ControlMessage::ScmRights(fds)];
    sendmsg::<()>(
        channel.as_raw_fd(),
        &[IoSlice::new(bytes)],
        &control,
        MsgFlags::MSG_NOSIGNAL,
        None,
    )?;
    Ok(())
}

/// Internal messages that no worker sends.
const WORDS: &[&str] = &[
    r#"{"cmd":"NODE_"}"#,
    r#"{"cmd":"NODE_CLUSTER"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"__proto__"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"constructor","seq":{}}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"newconn","key":"x","seq":1}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"newconns","key":"x","seq":1,"count":1e300}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"room"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"room","key":"no such listener"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"close","key":"__proto__"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"close"}"#,
    r#"{"cmd":"NODE_CLUSTER","ack":4294967296,"accepted":false,"count":1024,"full":true}"#,
    r#"{"cmd":"NODE_CLUSTER","ack":8589934592,"accepted":true,"count":-5}"#,
    r#"{"cmd":"NODE_CLUSTER","ack":1e300,"accepted":true,"count":1e300}"#,
    r#"{"cmd":"NODE_CLUSTER","ack":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":1}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":2,"port":"a port","address":{},"addressType":[]}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":3,"port":99999999,"address":"127.0.0.1","addressType":4,"index":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":4,"port":-1,"address":"/no/such/folder/socket","addressType":-1,"index":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":5,"port":0,"address":"no address","addressType":"udp4","index":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":6,"port":0,"address":"not an address","addressType":4,"index":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":7,"fd":99999,"addressType":"fd","index":0}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"queryServer","seq":8,"fd":-7,"backlog":"x","flags":"x"}"#,
    r#"{"cmd":"NODE_CLUSTER","act":"listening","address":[],"port":"x"}"#,
    r#"{"cmd":"NODE_HANDLE"}"#,
    r#"{"cmd":"NODE_HANDLE","type":"net.Socket","key":"__proto__","msg":1}"#,
    r#"{"cmd":"NODE_HANDLE","type":"no type","msg":{"cmd":"NODE_CLUSTER","act":"newconn"}}"#,
    r#"{"cmd":"NODE_HANDLE_ACK"}"#,
    r#"{"cmd":"NODE_HANDLE_ACK","window":1e300}"#,
    r#"{"cmd":"NODE_HANDLE_NACK","window":-1}"#,
    r#"{"cmd":"NODE_SOCKET_NOTIFY_CLOSE","key":"__proto__"}"#,
    r#"{"cmd":"NODE_SOCKET_GET_COUNT"}"#,
    r#"{"type":"NODE_HANDLE_ACK","cmd":"NODE_HANDLE_ACK"}"#,
    r#"{"__proto__":{"cmd":"NODE_CLUSTER"},"constructor":null}"#,
];
