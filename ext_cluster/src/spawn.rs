//! Starting a process: what is asked for, checked and put into the terms of `spawn_child.rs`, and the pipes to it.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

use nix::sys::socket::{AddressFamily, SockFlag, SockType, socketpair};

use crate::spawn_child::{Parts, Plan, start};

/// Where execvp looks when the environment has no PATH.
const DEFAULT_PATH: &str = "/bin:/usr/bin";

/// One descriptor of the child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stdio {
    /// `/dev/null` for the first three, closed for others.
    Ignore,
    /// This descriptor of the parent.
    Inherit(RawFd),
    /// One end of a new socket pair; the parent gets the other.
    Pipe,
}

/// What to start.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The program; without a slash it is looked for in the PATH of `env`.
    pub file: String,
    /// All arguments, the first of which the program sees as its own name.
    pub args: Vec<String>,
    /// `NAME=value` for each variable of the child.
    pub env: Vec<String>,
    /// The child's working directory, if not the parent's.
    pub cwd: Option<String>,
    /// The child's descriptors from 0 on.
    pub stdio: Vec<Stdio>,
    /// Whether the child leads a session of its own.
    pub detached: bool,
    /// The child's user, if not the parent's.
    pub uid: Option<u32>,
    /// The child's group, if not the parent's.
    pub gid: Option<u32>,
}

/// A process that was started and is not reaped yet.
#[derive(Debug)]
pub struct Child {
    /// Its id.
    pub pid: i32,
    /// Readable once it has ended; names the process even if its id is used again.
    pub pidfd: OwnedFd,
    /// For each [`Stdio::Pipe`] the parent's end, at the same index; non-blocking.
    pub pipes: Vec<Option<OwnedFd>>,
}

impl Command {
    /// Starts the process.
    ///
    /// # Errors
    /// What the system says of any step up to and including exec: `ENOENT`, `EACCES`, `E2BIG`, ... (`EINVAL` for a string with a NUL).
    pub fn spawn(&self) -> io::Result<Child> {
        let mut pipes = Vec::with_capacity(self.stdio.len());
        let mut ends = Vec::new();
        let mut stdio = Vec::with_capacity(self.stdio.len());
        for entry in &self.stdio {
            let (ours, number) = match entry {
                Stdio::Ignore => (None, -1),
                Stdio::Inherit(fd) if *fd < 0 => return Err(io::Error::from_raw_os_error(libc::EBADF)),
                Stdio::Inherit(fd) => (None, *fd),
                Stdio::Pipe => {
                    let (ours, theirs) = pipe()?;
                    let number = theirs.as_raw_fd();
                    ends.push(theirs);
                    (Some(ours), number)
                }
            };
            pipes.push(ours);
            stdio.push(number);
        }
        let inherited = self.stdio.iter().map(|s| matches!(s, Stdio::Inherit(_)));
        let plan = Plan::new(Parts {
            candidates: self.candidates()?,
            args: c_strings(&self.args)?,
            env: c_strings(&self.env)?,
            cwd: self.cwd.as_deref().map(c_string).transpose()?,
            stdio,
            inherited: inherited.collect(),
            new_session: self.detached,
            uid: self.uid,
            gid: self.gid,
        });
        crate::reap::keep_exit_statuses();
        let (pid, pidfd) = start(plan)?;
        Ok(Child { pid, pidfd, pipes })
    }

    /// The paths that may be the program, in the order in which they are tried.
    fn candidates(&self) -> io::Result<Vec<CString>> {
        if self.file.is_empty() {
            return Err(io::Error::from_raw_os_error(libc::ENOENT));
        }
        if self.file.contains('/') {
            return Ok(vec![c_string(&self.file)?]);
        }
        let path = self
            .env
            .iter()
            .find_map(|v| v.strip_prefix("PATH="))
            .unwrap_or(DEFAULT_PATH);
        path.split(':')
            .map(|folder| match folder {
                "" => c_string(&self.file),
                folder => c_string(&format!("{folder}/{}", self.file)),
            })
            .collect()
    }
}

fn c_string(text: &str) -> io::Result<CString> {
    CString::new(text).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))
}

fn c_strings(texts: &[String]) -> io::Result<Vec<CString>> {
    texts.iter().map(|text| c_string(text)).collect()
}

/// A socket pair, as Node has it for pipes: ours does not block, theirs does.
fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let (ours, theirs) = socketpair(AddressFamily::Unix, SockType::Stream, None, SockFlag::SOCK_CLOEXEC)?;
    nix::fcntl::fcntl(&ours, nix::fcntl::FcntlArg::F_SETFL(nix::fcntl::OFlag::O_NONBLOCK))?;
    Ok((ours, theirs))
}

#[cfg(test)]
#[path = "spawn_tests.rs"]
mod tests;
