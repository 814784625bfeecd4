//! Descriptors that are waited for together, for this folder's programs: std has no such thing, the C library that it brings has.

/// Something happened to a descriptor. As the kernel has it on x86-64, where it is packed.
#[repr(C)]
#[cfg_attr(target_arch = "x86_64", repr(packed))]
#[derive(Clone, Copy, Default)]
pub struct Event {
    events: u32,
    key: u64,
}

impl Event {
    /// The key that the descriptor was added with.
    pub fn key(&self) -> usize {
        self.key as usize
    }
}

unsafe extern "C" {
    fn epoll_create1(flags: i32) -> i32;
    fn epoll_ctl(set: i32, operation: i32, fd: i32, event: *mut Event) -> i32;
    fn epoll_wait(set: i32, events: *mut Event, room: i32, timeout: i32) -> i32;
}

const ADD: i32 = 1;
const CHANGE: i32 = 3;
const IN: u32 = 1;
const OUT: u32 = 4;

/// See the module.
pub struct Set(i32);

impl Set {
    pub fn new() -> Set {
        // SAFETY: it takes a number.
        Set(unsafe { epoll_create1(0) })
    }

    /// Waits for `fd` to be readable.
    pub fn add(&self, fd: i32, key: usize) {
        self.control(ADD, fd, IN, key);
    }

    /// Waits for it to be writable, too, or no longer does.
    #[allow(dead_code, reason = "only floor.rs has a use for it")]
    pub fn wait_for_room(&self, fd: i32, wanted: bool, key: usize) {
        self.control(CHANGE, fd, if wanted { IN | OUT } else { IN }, key);
    }

    fn control(&self, operation: i32, fd: i32, events: u32, key: usize) {
        let mut event = Event {
            events,
            key: key as u64,
        };
        // SAFETY: the event is read during the call only.
        assert_eq!(
            unsafe { epoll_ctl(self.0, operation, fd, &raw mut event) },
            0,
            "a set that takes the descriptor"
        );
    }

    /// What has happened, after `timeout` milliseconds at most; -1 for no end.
    pub fn wait<'a>(&self, events: &'a mut [Event], timeout: i32) -> &'a [Event] {
        // SAFETY: the pointer and the room are those of a live slice.
        let count = unsafe { epoll_wait(self.0, events.as_mut_ptr(), events.len() as i32, timeout) };
        &events[..count.max(0) as usize]
    }
}
