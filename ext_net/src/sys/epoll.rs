//! epoll(7), which nix wraps only with descriptors that are borrowed for the set's lifetime.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::{check, check_len};

/// What a descriptor is ready for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Readiness {
    /// Something to read, an end or an error included.
    pub readable: bool,
    /// Room to write, or an error that writing shows.
    pub writable: bool,
    /// The peer will send nothing more, or the descriptor is broken: no further edge announces what is left to read.
    pub closed: bool,
}

/// Where [`wait`] puts what it finds.
pub(crate) struct Events {
    entries: Vec<libc::epoll_event>,
    count: usize,
}

impl Events {
    pub(crate) fn with_capacity(capacity: usize) -> Events {
        Events {
            entries: vec![libc::epoll_event { events: 0, u64: 0 }; capacity],
            count: 0,
        }
    }

    /// Whether there may be more than was found.
    pub(crate) fn is_full(&self) -> bool {
        self.count == self.entries.len()
    }

    /// The keys that the descriptors were added with, and their readiness.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, Readiness)> {
        self.entries[..self.count].iter().map(|entry| {
            let has = |bits: libc::c_int| entry.events & bits as u32 != 0;
            let broken = has(libc::EPOLLERR | libc::EPOLLHUP);
            let readiness = Readiness {
                readable: broken || has(libc::EPOLLIN | libc::EPOLLRDHUP),
                writable: broken || has(libc::EPOLLOUT),
                closed: broken || has(libc::EPOLLRDHUP),
            };
            (entry.u64, readiness)
        })
    }
}

/// A new set of descriptors.
pub(crate) fn create() -> io::Result<OwnedFd> {
    // SAFETY: no pointers; the result is checked and owned by nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(check(libc::epoll_create1(libc::EPOLL_CLOEXEC))?) })
}

/// Adds a descriptor for what there is to read, reported once each time it arises; with `room` for room to write as well, which a new socket has, and
/// reports, at once.
pub(crate) fn add(set: BorrowedFd<'_>, fd: BorrowedFd<'_>, key: u64, room: bool) -> io::Result<()> {
    control(set, libc::EPOLL_CTL_ADD, fd, key, room)
}

/// Has room to write reported for a descriptor that was added without it.
pub(crate) fn add_room(set: BorrowedFd<'_>, fd: BorrowedFd<'_>, key: u64) -> io::Result<()> {
    control(set, libc::EPOLL_CTL_MOD, fd, key, true)
}

fn control(set: BorrowedFd<'_>, what: libc::c_int, fd: BorrowedFd<'_>, key: u64, room: bool) -> io::Result<()> {
    let out = if room { libc::EPOLLOUT } else { 0 };
    let mut event = libc::epoll_event {
        events: (libc::EPOLLIN | libc::EPOLLRDHUP | libc::EPOLLET | out) as u32,
        u64: key,
    };
    // SAFETY: the pointer is to a live event.
    check(unsafe { libc::epoll_ctl(set.as_raw_fd(), what, fd.as_raw_fd(), &raw mut event) }).map(drop)
}

/// Takes a descriptor out again. Closing the last descriptor of an open file does that by itself.
pub(crate) fn remove(set: BorrowedFd<'_>, fd: BorrowedFd<'_>) {
    // SAFETY: DEL ignores the event.
    unsafe {
        libc::epoll_ctl(
            set.as_raw_fd(),
            libc::EPOLL_CTL_DEL,
            fd.as_raw_fd(),
            std::ptr::null_mut(),
        )
    };
}

/// Fills `events` with what is ready now.
pub(crate) fn poll(set: BorrowedFd<'_>, events: &mut Events) -> io::Result<()> {
    events.count = 0;
    let room = libc::c_int::try_from(events.entries.len()).unwrap_or(libc::c_int::MAX);
    loop {
        // SAFETY: the pointer and `room` are those of a live buffer.
        let found = unsafe { libc::epoll_wait(set.as_raw_fd(), events.entries.as_mut_ptr(), room, 0) };
        match check_len(found as libc::ssize_t) {
            Ok(count) => {
                events.count = count;
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsFd;

    use super::*;

    #[test]
    fn an_edge_is_reported_once() {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().expect("a pair");
        let set = create().expect("a set");
        add(set.as_fd(), ours.as_fd(), 7, true).expect("added");
        let mut events = Events::with_capacity(4);
        poll(set.as_fd(), &mut events).expect("polled");
        let found: Vec<_> = events.iter().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 7);
        assert!(found[0].1.writable && !found[0].1.readable && !found[0].1.closed);
        poll(set.as_fd(), &mut events).expect("polled");
        assert_eq!(events.iter().count(), 0);
        drop(theirs);
        poll(set.as_fd(), &mut events).expect("polled");
        let found: Vec<_> = events.iter().collect();
        assert!(found[0].1.readable && found[0].1.closed);
    }

    #[test]
    fn room_is_reported_to_those_who_ask() {
        let (ours, _theirs) = std::os::unix::net::UnixStream::pair().expect("a pair");
        let set = create().expect("a set");
        add(set.as_fd(), ours.as_fd(), 7, false).expect("added");
        let mut events = Events::with_capacity(4);
        poll(set.as_fd(), &mut events).expect("polled");
        assert_eq!(events.iter().count(), 0);
        add_room(set.as_fd(), ours.as_fd(), 7).expect("changed");
        poll(set.as_fd(), &mut events).expect("polled");
        assert!(events.iter().all(|(key, found)| key == 7 && found.writable));
        assert_eq!(events.iter().count(), 1);
    }
}
