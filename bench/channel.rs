//! Descriptors over a channel, for floor.rs: std cannot send them, the C library that it brings can.

use std::net::TcpStream;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::net::UnixStream;

/// More than are sent at a time.
const MOST: usize = 64;
const SOL_SOCKET: i32 = 1;
const SCM_RIGHTS: i32 = 1;

#[repr(C)]
struct Slice {
    base: *mut u8,
    length: usize,
}

/// `struct msghdr` of 64-bit Linux.
#[repr(C)]
struct Message {
    name: *mut u8,
    name_length: u32,
    slices: *mut Slice,
    slice_count: usize,
    control: *mut Control,
    control_length: usize,
    flags: i32,
}

/// `struct cmsghdr` with what follows it.
#[repr(C)]
struct Control {
    length: usize,
    level: i32,
    kind: i32,
    fds: [i32; MOST],
}

const HEAD: usize = std::mem::offset_of!(Control, fds);

unsafe extern "C" {
    fn sendmsg(fd: i32, message: *const Message, flags: i32) -> isize;
    fn recvmsg(fd: i32, message: *mut Message, flags: i32) -> isize;
}

fn with_message<T>(control: &mut Control, length: usize, call: impl FnOnce(&mut Message) -> T) -> T {
    let mut byte = b'!';
    let mut slice = Slice {
        base: &raw mut byte,
        length: 1,
    };
    call(&mut Message {
        name: std::ptr::null_mut(),
        name_length: 0,
        slices: &raw mut slice,
        slice_count: 1,
        control,
        control_length: length,
        flags: 0,
    })
}

/// Sends the connections with one byte.
pub fn send(channel: &UnixStream, streams: &[TcpStream]) {
    if streams.is_empty() {
        return;
    }
    let length = HEAD + streams.len() * 4;
    let mut control = Control {
        length,
        level: SOL_SOCKET,
        kind: SCM_RIGHTS,
        fds: [0; MOST],
    };
    for (slot, stream) in control.fds.iter_mut().zip(streams) {
        *slot = stream.as_raw_fd();
    }
    // SAFETY: what the message points to lives until the call is over.
    let sent = with_message(&mut control, length.next_multiple_of(8), |message| unsafe {
        sendmsg(channel.as_raw_fd(), message, 0)
    });
    assert_eq!(sent, 1, "a worker that takes connections");
}

/// What one such message brings. Ends the process when the channel has ended.
pub fn receive(channel: &UnixStream) -> Vec<TcpStream> {
    let mut control = Control {
        length: 0,
        level: 0,
        kind: 0,
        fds: [0; MOST],
    };
    // SAFETY: as in send(); the kernel writes no more than the length that is said.
    let received = with_message(&mut control, size_of::<Control>(), |message| unsafe {
        recvmsg(channel.as_raw_fd(), message, 0)
    });
    if received <= 0 {
        std::process::exit(0);
    }
    let count = control.length.saturating_sub(HEAD) / 4;
    // SAFETY: the kernel has made these for this process, and nothing else knows of them.
    control.fds[..count]
        .iter()
        .map(|fd| unsafe { TcpStream::from_raw_fd(*fd) })
        .collect()
}
