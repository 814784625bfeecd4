//! What JavaScript has of a codec.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Waker;

use deno_core::{GarbageCollected, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, IoSource, KeepAlive, Registration, Scope, invoke};

use super::deflate::{Deflate, Mode, Settings};
use super::{Codec, Failure, Progress, brotli, zstd};
use crate::buffer::memory::{bytes, bytes_mut};
use crate::pool;

const BROTLI_DECODE: u32 = 8;
const BROTLI_ENCODE: u32 = 9;
const ZSTD_COMPRESS: u32 = 10;
const ZSTD_DECOMPRESS: u32 = 11;

/// What the pool's thread shares with the loop's.
#[derive(Default)]
struct Shared {
    codec: Mutex<Option<Box<dyn Codec>>>,
    done: Mutex<Option<(Progress, Vec<u8>)>>,
    waker: OnceLock<Waker>,
}

/// The call under way: who is told of its end.
struct Pending {
    callback: Callback,
    receiver: v8::Global<v8::Object>,
    input: usize,
    output: v8::Global<v8::Value>,
    output_offset: usize,
    room: usize,
}

struct Inner {
    shared: Arc<Shared>,
    registration: OnceCell<Registration>,
    keep_alive: KeepAlive,
    pending: RefCell<Option<Pending>>,
    failure: RefCell<Option<Failure>>,
}

impl IoSource for Inner {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        if let Some(registration) = self.registration.get() {
            registration.begin();
        }
        let done = lock(&self.shared.done).take();
        let Some((progress, made)) = done else { return };
        self.keep_alive.set_active(false);
        let Some(pending) = self.pending.borrow_mut().take() else {
            return;
        };
        let left = pending.input - progress.consumed;
        let room = pending.room - progress.produced;
        *self.failure.borrow_mut() = progress.failure;
        v8::scope!(let scope, scope);
        let output = v8::Local::new(scope, &pending.output);
        let target = bytes_mut(output).and_then(|memory| memory.get_mut(pending.output_offset..));
        if let Some(target) = target.and_then(|memory| memory.get_mut(..progress.produced)) {
            target.copy_from_slice(&made[..progress.produced]);
        }
        let left = v8::Number::new(scope, left as f64).into();
        let room = v8::Number::new(scope, room as f64).into();
        let callback = v8::Local::new(scope, &pending.callback);
        let receiver = v8::Local::new(scope, &pending.receiver);
        invoke(scope, callback.into(), receiver.into(), &[left, room]);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A compressor or decompressor. What fails leaves its error in `failure()`.
pub struct ZlibHandle {
    inner: Rc<Inner>,
    door: EventLoop,
}

// SAFETY: no traced members; the receiver is held for as long as a call is under way.
unsafe impl GarbageCollected for ZlibHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"ZlibHandle"
    }
}

impl ZlibHandle {
    fn keep(&self, result: Result<(), Failure>) -> bool {
        let failed = result.err();
        let done = failed.is_none();
        *self.inner.failure.borrow_mut() = failed;
        done
    }

    fn with_codec(&self, act: impl FnOnce(&mut dyn Codec) -> Result<(), Failure>) -> bool {
        let result = match lock(&self.inner.shared.codec).as_mut() {
            Some(codec) => act(codec.as_mut()),
            None => Ok(()),
        };
        self.keep(result)
    }
}

#[op2]
impl ZlibHandle {
    /// A handle to be opened.
    #[constructor]
    #[cppgc]
    fn new(state: &mut OpState) -> ZlibHandle {
        let door = EventLoop::from_state(state);
        ZlibHandle {
            inner: Rc::new(Inner {
                shared: Arc::default(),
                registration: OnceCell::new(),
                keep_alive: door.keep_alive(),
                pending: RefCell::default(),
                failure: RefCell::default(),
            }),
            door,
        }
    }

    /// Opens it as one of zlib's streams. `dictionary` is a view, or nothing.
    #[fast]
    fn open(
        &self,
        mode: u32,
        window_bits: i32,
        level: i32,
        mem_level: i32,
        strategy: i32,
        dictionary: v8::Local<v8::Value>,
    ) -> bool {
        let Some(mode) = Mode::from_number(mode) else {
            return self.keep(Err(Failure::new("Bad mode", "Z_STREAM_ERROR", -2)));
        };
        let made = Deflate::new(Settings {
            mode,
            window_bits,
            level,
            mem_level,
            strategy,
            dictionary: bytes(dictionary).unwrap_or_default().to_vec(),
        });
        self.keep(made.map(|codec| *lock(&self.inner.shared.codec) = Some(Box::new(codec))))
    }

    /// Opens it as one of Brotli's. `parameters` are numbers and values in turns.
    #[fast]
    fn open_brotli(&self, mode: u32, #[buffer] parameters: &[u32]) -> bool {
        let parameters = parameters.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let made: Result<Box<dyn Codec>, Failure> = match mode {
            BROTLI_ENCODE => brotli::Encoder::new(parameters).map(|c| Box::new(c) as Box<dyn Codec>),
            BROTLI_DECODE => Ok(Box::new(brotli::Decoder::new(parameters))),
            _ => Err(Failure::new("Bad mode", "Z_STREAM_ERROR", -2)),
        };
        self.keep(made.map(|codec| *lock(&self.inner.shared.codec) = Some(codec)))
    }

    /// Opens it as one of Zstandard's. `parameters` are numbers and values in turns; `pledged` is the input's length, or negative; `dictionary` is a view,
    /// or nothing.
    #[fast]
    fn open_zstd(
        &self,
        mode: u32,
        #[buffer] parameters: &[u32],
        pledged: f64,
        dictionary: v8::Local<v8::Value>,
    ) -> bool {
        let parameters = parameters
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1].cast_signed()))
            .collect();
        let dictionary = bytes(dictionary).unwrap_or_default();
        let pledged = (pledged >= 0.0).then_some(pledged as u64);
        let made: Result<Box<dyn Codec>, Failure> = match mode {
            ZSTD_COMPRESS => zstd::Encoder::new(parameters, pledged, dictionary).map(|c| Box::new(c) as Box<dyn Codec>),
            ZSTD_DECOMPRESS => zstd::Decoder::new(parameters, dictionary).map(|c| Box::new(c) as Box<dyn Codec>),
            _ => Err(Failure::new("Bad mode", "Z_STREAM_ERROR", -2)),
        };
        self.keep(made.map(|codec| *lock(&self.inner.shared.codec) = Some(codec)))
    }

    /// Processes a piece now. `left` gets the bytes of the input that were not taken and the room that is left in the output.
    #[fast]
    fn write_sync(
        &self,
        flush: u32,
        #[buffer] input: &[u8],
        #[buffer] output: &mut [u8],
        #[buffer] left: &mut [u32],
    ) -> bool {
        let mut codec = lock(&self.inner.shared.codec);
        let Some(codec) = codec.as_mut() else { return false };
        let progress = codec.process(flush, input, output);
        if let [input_left, room, ..] = left {
            *input_left = (input.len() - progress.consumed) as u32;
            *room = (output.len() - progress.produced) as u32;
        }
        self.keep(progress.failure.map_or(Ok(()), Err))
    }

    /// Processes a piece on the pool: `callback(left, room)` hears of it, with `receiver` as `this`. One call at a time; `false` when there is one already.
    #[allow(
        clippy::too_many_arguments,
        reason = "what JavaScript knows of two pieces of memory, and whom to tell"
    )]
    fn write(
        &self,
        scope: &mut v8::PinScope<'_, '_>,
        flush: u32,
        input: v8::Local<v8::Value>,
        output: v8::Local<v8::Value>,
        output_offset: f64,
        #[scoped] callback: v8::Global<v8::Function>,
        #[scoped] receiver: v8::Global<v8::Object>,
    ) -> bool {
        let inner = &self.inner;
        if inner.pending.borrow().is_some() {
            return false;
        }
        if inner.registration.get().is_none() {
            let registration = self.door.register(inner);
            let _ = inner.shared.waker.set(registration.waker().clone());
            let _ = inner.registration.set(registration);
        }
        // The thread has memory of its own: a script may change its buffers meanwhile.
        let input = bytes(input).unwrap_or_default().to_vec();
        let output_offset = output_offset as usize;
        let room = bytes(output).map_or(0, |memory| memory.len().saturating_sub(output_offset));
        *inner.pending.borrow_mut() = Some(Pending {
            callback,
            receiver,
            input: input.len(),
            output: v8::Global::new(scope, output),
            output_offset,
            room,
        });
        inner.keep_alive.set_active(true);
        let shared = inner.shared.clone();
        pool::submit(move || {
            let mut output = vec![0; room];
            let progress = match lock(&shared.codec).as_mut() {
                Some(codec) => codec.process(flush, &input, &mut output),
                None => Progress {
                    consumed: 0,
                    produced: 0,
                    failure: None,
                },
            };
            *lock(&shared.done) = Some((progress, output));
            if let Some(waker) = shared.waker.get() {
                waker.wake_by_ref();
            }
        });
        true
    }

    /// Changes level and strategy.
    #[fast]
    fn params(&self, level: i32, strategy: i32) -> bool {
        self.with_codec(|codec| codec.set_params(level, strategy))
    }

    /// Starts anew.
    #[fast]
    fn reset(&self) -> bool {
        self.with_codec(|codec| codec.reset())
    }

    /// Frees the codec. What is under way comes to its end, and nobody is told.
    #[fast]
    fn close(&self) {
        self.inner.pending.borrow_mut().take();
        let shared = self.inner.shared.clone();
        if let Ok(mut codec) = self.inner.shared.codec.try_lock() {
            *codec = None;
            return;
        }
        // The pool's thread is at it, and frees it then.
        pool::submit(move || *lock(&shared.codec) = None);
    }

    /// `[message, code, errno]` of what failed last, or `undefined`.
    fn failure<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let failure = self.inner.failure.borrow();
        let Some(failure) = &*failure else {
            return v8::undefined(scope).into();
        };
        let text = |text: &str| {
            v8::String::new(scope, text)
                .map_or_else(|| v8::undefined(scope).into(), |t| -> v8::Local<v8::Value> { t.into() })
        };
        let parts = [
            text(&failure.message),
            text(&failure.code),
            v8::Integer::new(scope, failure.errno).into(),
        ];
        v8::Array::new_with_elements(scope, &parts).into()
    }
}
