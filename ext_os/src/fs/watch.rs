//! `fs.watch`: one inotify descriptor for the runtime, with any number of watchers on it.
//!
//! Watching whole trees, and watching by `stat`, are JavaScript's business (js/internal/fs/watchers.js).

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use deno_core::{GarbageCollected, JsRuntime, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, IoSource, KeepAlive, Registration, Scope, invoke};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::args::path;
use super::sys;
use crate::errno::{check, last};

const INTERESTING: u32 = libc::IN_ATTRIB
    | libc::IN_CREATE
    | libc::IN_MODIFY
    | libc::IN_DELETE
    | libc::IN_DELETE_SELF
    | libc::IN_MOVE_SELF
    | libc::IN_MOVED_FROM
    | libc::IN_MOVED_TO;
/// Of these the thing is still what it was and where it was.
const CHANGES: u32 = libc::IN_ATTRIB | libc::IN_MODIFY;

/// What happened to something that is watched.
#[derive(Debug, PartialEq, Eq)]
struct Event<'a> {
    watch: i32,
    mask: u32,
    /// The entry of the watched directory; none where it is the watched thing itself.
    name: Option<&'a [u8]>,
}

/// The events in what the kernel has written. What is cut off is left out.
fn parse(mut data: &[u8]) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    // Four 32-bit numbers: the watch, the mask, a cookie, the length of the padded name.
    while let Some((head, rest)) = data.split_at_checked(16) {
        let word = |index: usize| {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(&head[index * 4..index * 4 + 4]);
            u32::from_ne_bytes(bytes)
        };
        let Some((name, rest)) = rest.split_at_checked(word(3) as usize) else {
            break;
        };
        let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
        events.push(Event {
            watch: word(0).cast_signed(),
            mask: word(1),
            name: (!name.is_empty()).then_some(name),
        });
        data = rest;
    }
    events
}

struct Hub {
    fd: AsyncFd<OwnedFd>,
    registration: OnceCell<Registration>,
    watchers: RefCell<HashMap<i32, Vec<Weak<Watcher>>>>,
}

impl Hub {
    fn of(state: &mut OpState) -> Result<Rc<Hub>, i32> {
        if let Some(hub) = state.try_borrow::<Rc<Hub>>() {
            return Ok(hub.clone());
        }
        // SAFETY: takes any flags.
        let fd = unsafe { libc::inotify_init1(libc::IN_NONBLOCK | libc::IN_CLOEXEC) };
        if fd < 0 {
            return Err(last());
        }
        // SAFETY: the descriptor is new and nobody else's.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        // SAFETY: it is owned by what is registered, and stays the same until that is dropped.
        let fd = unsafe { AsyncFd::register_with_interest(fd, Interest::READABLE) }.map_err(|_| -libc::EMFILE)?;
        let hub = Rc::new(Hub {
            fd,
            registration: OnceCell::new(),
            watchers: RefCell::default(),
        });
        let registration = EventLoop::from_state(state).register(&hub);
        // The first poll is what gives the driver the waker.
        registration.wake();
        let _ = hub.registration.set(registration);
        state.put(hub.clone());
        Ok(hub)
    }

    fn add(&self, path: &CStr) -> Result<i32, i32> {
        // SAFETY: `path` is terminated.
        match check(unsafe { libc::inotify_add_watch(self.fd.as_raw_fd(), path.as_ptr(), INTERESTING) }) {
            watch if watch >= 0 => Ok(watch),
            errno => Err(errno),
        }
    }

    fn remove(&self, watch: i32, watcher: &Weak<Watcher>) {
        let mut watchers = self.watchers.borrow_mut();
        let Some(list) = watchers.get_mut(&watch) else {
            return;
        };
        list.retain(|other| !other.ptr_eq(watcher));
        if list.is_empty() {
            watchers.remove(&watch);
            // SAFETY: takes any numbers.
            unsafe { libc::inotify_rm_watch(self.fd.as_raw_fd(), watch) };
        }
    }

    fn deliver(&self, scope: &mut Scope<'_, '_>, data: &[u8]) {
        for event in parse(data) {
            let listening: Vec<Rc<Watcher>> = match self.watchers.borrow().get(&event.watch) {
                Some(list) => list.iter().filter_map(Weak::upgrade).collect(),
                None => continue,
            };
            for watcher in listening {
                v8::scope!(let scope, scope);
                watcher.tell(scope, &event);
            }
        }
    }
}

impl IoSource for Hub {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        let Some(registration) = self.registration.get() else {
            return;
        };
        registration.begin();
        let mut context = Context::from_waker(registration.waker());
        while let Poll::Ready(Ok(mut guard)) = self.fd.poll_read_ready(&mut context) {
            let mut buffer = [MaybeUninit::uninit(); 4096];
            match sys::read(self.fd.as_raw_fd(), &mut buffer, -1) {
                Ok(count) => {
                    guard.retain_ready();
                    // SAFETY: `read` has filled `count` bytes.
                    let data = unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast(), count) };
                    self.deliver(scope, data);
                }
                Err(_) => guard.clear_ready(),
            }
        }
    }
}

struct Watcher {
    watch: Cell<Option<i32>>,
    /// The name of the watched thing, for events that are about itself.
    own_name: RefCell<Vec<u8>>,
    callback: RefCell<Option<Callback>>,
    as_bytes: Cell<bool>,
    keep_alive: KeepAlive,
}

impl Watcher {
    fn tell(&self, scope: &mut Scope<'_, '_>, event: &Event<'_>) {
        let callback = self
            .callback
            .borrow()
            .as_ref()
            .map(|callback| v8::Local::new(scope, callback));
        let Some(callback) = callback else {
            return;
        };
        let own_name = self.own_name.borrow().clone();
        let name = event.name.unwrap_or(&own_name);
        let name: v8::Local<v8::Value> = if self.as_bytes.get() {
            rtjs_core::array_buffer(scope, name.to_vec()).into()
        } else {
            v8::String::new_from_utf8(scope, name, v8::NewStringType::Normal)
                .unwrap_or_else(|| v8::String::empty(scope))
                .into()
        };
        let is_self = v8::Boolean::new(scope, event.name.is_none()).into();
        let undefined = v8::undefined(scope).into();
        // One event can be both, as in Node.
        if event.mask & CHANGES != 0 {
            let renamed = v8::Boolean::new(scope, false).into();
            invoke(scope, callback.into(), undefined, &[renamed, name, is_self]);
        }
        if event.mask & !CHANGES != 0 && self.watch.get().is_some() {
            let renamed = v8::Boolean::new(scope, true).into();
            invoke(scope, callback.into(), undefined, &[renamed, name, is_self]);
        }
    }
}

/// Watches one path for changes.
pub struct FsWatcher {
    inner: Rc<Watcher>,
}

// SAFETY: nothing in it is managed by V8's collector; the callback is held by a Global.
unsafe impl GarbageCollected for FsWatcher {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static CStr {
        c"FsWatcher"
    }
}

#[op2]
impl FsWatcher {
    /// A watcher of nothing yet.
    #[constructor]
    #[cppgc]
    fn constructor(state: &mut OpState) -> FsWatcher {
        FsWatcher {
            inner: Rc::new(Watcher {
                watch: Cell::new(None),
                own_name: RefCell::default(),
                callback: RefCell::default(),
                as_bytes: Cell::new(false),
                keep_alive: EventLoop::from_state(state).keep_alive(),
            }),
        }
    }

    /// Starts calling `callback(renamed, name, itself)` for what happens to `name` and, where that is a directory, to its entries; `itself`
    /// tells the two apart. 0, or a negative errno.
    #[reentrant]
    fn start(
        &self,
        isolate: &mut v8::Isolate,
        name: v8::Local<v8::Value>,
        as_bytes: bool,
        #[scoped] callback: v8::Global<v8::Function>,
    ) -> i32 {
        let name = path(isolate, name);
        let state = JsRuntime::op_state_from(isolate);
        let hub = match Hub::of(&mut state.borrow_mut()) {
            Ok(hub) => hub,
            Err(errno) => return errno,
        };
        let watch = match hub.add(&name) {
            Ok(watch) => watch,
            Err(errno) => return errno,
        };
        let bytes = name.to_bytes();
        let trimmed = bytes.strip_suffix(b"/").unwrap_or(bytes);
        let own = trimmed.rsplit(|byte| *byte == b'/').next().unwrap_or(bytes);
        self.inner.own_name.replace(own.to_vec());
        self.inner.watch.set(Some(watch));
        self.inner.as_bytes.set(as_bytes);
        self.inner.callback.replace(Some(callback));
        self.inner.keep_alive.set_active(true);
        hub.watchers
            .borrow_mut()
            .entry(watch)
            .or_default()
            .push(Rc::downgrade(&self.inner));
        0
    }

    /// Stops watching.
    #[fast]
    #[reentrant]
    fn close(&self, isolate: &mut v8::Isolate) {
        self.inner.callback.take();
        self.inner.keep_alive.set_active(false);
        let Some(watch) = self.inner.watch.take() else {
            return;
        };
        let state = JsRuntime::op_state_from(isolate);
        let state = state.borrow();
        if let Some(hub) = state.try_borrow::<Rc<Hub>>() {
            hub.remove(watch, &Rc::downgrade(&self.inner));
        }
    }

    /// Lets watching keep the loop alive, or not.
    #[fast]
    #[rename("setRef")]
    fn set_ref(&self, refed: bool) {
        self.inner.keep_alive.set_ref(refed);
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, parse};

    fn event(watch: i32, mask: u32, name: &[u8]) -> Vec<u8> {
        let mut data = Vec::new();
        data.extend(watch.to_ne_bytes());
        data.extend(mask.to_ne_bytes());
        data.extend(0u32.to_ne_bytes());
        data.extend((name.len() as u32).to_ne_bytes());
        data.extend(name);
        data
    }

    #[test]
    fn names_lose_their_padding_and_an_empty_one_is_none() {
        let data = [event(1, 2, b"ab\0\0\0\0\0\0"), event(3, 4, b"")].concat();
        let expected = [
            Event {
                watch: 1,
                mask: 2,
                name: Some(b"ab"),
            },
            Event {
                watch: 3,
                mask: 4,
                name: None,
            },
        ];
        assert_eq!(parse(&data), expected);
    }

    #[test]
    fn what_is_cut_off_is_left_out() {
        let data = event(1, 2, b"ab\0\0");
        for end in 0..data.len() {
            assert!(parse(&data[..end]).is_empty());
        }
    }
}
