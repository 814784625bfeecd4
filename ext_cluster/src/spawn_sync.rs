//! Running a child to its end while this thread waits: spawnSync and what is made of it.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use deno_core::{JsBuffer, OpState, ToJsBuffer, op2};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::channel_io;
use crate::process::SpawnOptions;
use crate::reap::{self, Exit};

/// What may go wrong with a child, and what is done then.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Limits {
    /// Milliseconds until the child is killed; 0: never.
    timeout: f64,
    /// Bytes of output, of all pipes together, beyond which it is killed; infinity: never.
    max_buffer: f64,
    /// The signal it is killed with.
    kill_signal: i32,
}

/// How it went. Numbers of errors are negative errnos, 0 for none.
#[derive(serde::Serialize)]
pub(crate) struct Outcome {
    pid: i32,
    error: i32,
    code: Option<i32>,
    signal: i32,
    /// What came from each pipe that the child writes to.
    output: Vec<Option<ToJsBuffer>>,
}

/// Runs a child to its end. `inputs` has, for each entry of the options' `stdio`, what the child reads from that pipe.
#[op2]
#[serde]
pub fn op_cluster_spawn_sync(
    state: &mut OpState,
    #[serde] options: SpawnOptions,
    #[serde] limits: Limits,
    #[serde] inputs: Vec<Option<JsBuffer>>,
) -> Outcome {
    crate::flush_channels(state);
    let mut outcome = Outcome {
        pid: 0,
        error: 0,
        code: None,
        signal: 0,
        output: Vec::new(),
    };
    let child = match options.into_command().spawn() {
        Ok(child) => child,
        Err(error) => {
            outcome.error = rtjs_core::errno(&error);
            return outcome;
        }
    };
    outcome.pid = child.pid;
    let mut inputs = inputs.iter().map(|input| input.as_deref().unwrap_or_default());
    let pipes = child.pipes.into_iter().map(|fd| Pipe {
        input: inputs.next().unwrap_or_default(),
        shut: false,
        output: Vec::new(),
        is_pipe: fd.is_some(),
        fd,
    });
    let mut run = Run {
        pidfd: child.pidfd,
        pipes: pipes.collect(),
        deadline: (limits.timeout > 0.0)
            .then(|| Instant::now() + Duration::from_secs_f64(limits.timeout.min(1e12) / 1e3)),
        limits,
        received: 0.0,
        killed: false,
        error: 0,
        pipe_error: 0,
    };
    match run.run_to_end() {
        Ok(Exit::Code(code)) => outcome.code = Some(code),
        Ok(Exit::Signal(signal)) => outcome.signal = signal,
        Err(error) => outcome.error = rtjs_core::errno(&error),
    }
    if outcome.error == 0 {
        outcome.error = if run.error == 0 { run.pipe_error } else { run.error };
    }
    // Standard input gives no output, and neither do descriptors that are no pipes.
    let outputs = run.pipes.into_iter().enumerate();
    outcome.output = outputs
        .map(|(index, pipe)| (index > 0 && pipe.is_pipe).then(|| pipe.output.into()))
        .collect();
    outcome
}

struct Pipe<'i> {
    fd: Option<OwnedFd>,
    is_pipe: bool,
    input: &'i [u8],
    /// The child has got all its input, and its end.
    shut: bool,
    output: Vec<u8>,
}

struct Run<'i> {
    pidfd: OwnedFd,
    pipes: Vec<Pipe<'i>>,
    limits: Limits,
    deadline: Option<Instant>,
    received: f64,
    killed: bool,
    error: i32,
    pipe_error: i32,
}

const READ_SIZE: usize = 64 << 10;

impl Run<'_> {
    fn run_to_end(&mut self) -> io::Result<Exit> {
        let mut exit = None;
        let mut chunk = vec![0; READ_SIZE];
        loop {
            for index in 0..self.pipes.len() {
                self.write(index);
            }
            if let Some(exit) = exit
                && self.pipes.iter().all(|p| p.fd.is_none())
            {
                return Ok(exit);
            }
            let Some(ready) = self.wait(exit.is_none())? else {
                self.error = -libc::ETIMEDOUT;
                self.kill();
                continue;
            };
            for index in ready {
                self.read(index, &mut chunk);
            }
            if exit.is_none() {
                exit = reap::try_wait(self.pidfd.as_fd())?;
            }
        }
    }

    /// Waits until something can be done. Returns the pipes that can be read; `None` when time is up.
    fn wait(&self, for_exit: bool) -> io::Result<Option<Vec<usize>>> {
        let mut asked = Vec::new();
        let mut which = Vec::new();
        for (index, pipe) in self.pipes.iter().enumerate() {
            if let Some(fd) = &pipe.fd {
                let write = if pipe.input.is_empty() {
                    PollFlags::empty()
                } else {
                    PollFlags::POLLOUT
                };
                asked.push(PollFd::new(fd.as_fd(), PollFlags::POLLIN | write));
                which.push(index);
            }
        }
        if for_exit {
            asked.push(PollFd::new(self.pidfd.as_fd(), PollFlags::POLLIN));
        }
        let patience = match self.deadline.filter(|_| !self.killed) {
            None => PollTimeout::NONE,
            // Rounded up, so that the time has passed when poll says so; longer waits come in parts.
            Some(at) => match at.saturating_duration_since(Instant::now()).as_micros().div_ceil(1000) {
                0 => return Ok(None),
                rest => PollTimeout::try_from(rest.min(1 << 30)).unwrap_or(PollTimeout::MAX),
            },
        };
        match poll(&mut asked, patience) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let readable = PollFlags::POLLIN | PollFlags::POLLHUP | PollFlags::POLLERR;
        let ready = which
            .iter()
            .zip(&asked)
            .filter(|(_, a)| a.revents().is_some_and(|r| r.intersects(readable)));
        Ok(Some(ready.map(|(index, _)| *index).collect()))
    }

    fn write(&mut self, index: usize) {
        let pipe = &mut self.pipes[index];
        let Some(fd) = &pipe.fd else { return };
        while !pipe.input.is_empty() {
            match channel_io::send(fd.as_fd(), &[std::io::IoSlice::new(pipe.input)], &[] as &[OwnedFd]) {
                Ok(count) => pipe.input = &pipe.input[count..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.pipe_error = rtjs_core::errno(&error);
                    pipe.input = &[];
                }
            }
        }
        if !pipe.shut {
            pipe.shut = true;
            // It fails when the child has closed its end, which is as well.
            let _ = nix::sys::socket::shutdown(std::os::fd::AsRawFd::as_raw_fd(fd), nix::sys::socket::Shutdown::Write);
        }
    }

    fn read(&mut self, index: usize, chunk: &mut [u8]) {
        let pipe = &mut self.pipes[index];
        let Some(fd) = &pipe.fd else { return };
        match channel_io::receive(fd.as_fd(), chunk, &mut Vec::new()).map(|r| r.count) {
            Ok(0) => pipe.fd = None,
            Ok(count) => {
                pipe.output.extend_from_slice(&chunk[..count]);
                self.received += count as f64;
                if self.limits.max_buffer > 0.0 && self.received > self.limits.max_buffer {
                    self.error = -libc::ENOBUFS;
                    self.kill();
                }
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(error) => {
                if error.raw_os_error() != Some(libc::ECONNRESET) {
                    self.pipe_error = rtjs_core::errno(&error);
                }
                pipe.fd = None;
            }
        }
    }

    /// Kills the child, once, and listens to it no more.
    fn kill(&mut self) {
        if std::mem::replace(&mut self.killed, true) {
            return;
        }
        if let Err(error) = reap::send_signal(self.pidfd.as_fd(), self.limits.kill_signal)
            && error.raw_os_error() != Some(libc::ESRCH)
        {
            if self.error == 0 {
                self.error = rtjs_core::errno(&error);
            }
            let _ = reap::send_signal(self.pidfd.as_fd(), libc::SIGKILL);
        }
        for pipe in &mut self.pipes {
            pipe.fd = None;
        }
    }
}
