//! The pump's side of the reactor: how JavaScript asks for one event after the other, and for what belongs to it.

use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use deno_error::JsErrorBox;
use rtjs_core::EventLoop;

use crate::reactor::Reactor;
use crate::read;
use crate::stream_handle::new_connected_handle;

/// What `js/internal/net/pump.js` asks for events. The one of a runtime that was made last is the one that works.
pub struct NetPump {
    reactor: Rc<Reactor>,
    door: EventLoop,
    run_closed: Rc<v8::Global<v8::Function>>,
}

// SAFETY: no traced members; what the reactor holds of JavaScript is meant to live as long as the runtime.
unsafe impl GarbageCollected for NetPump {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"NetPump"
    }
}

#[op2]
impl NetPump {
    /// `pump()` is called whenever there are events; `owners` is the table in which each event's id has its owner. `run_closed()` is called in the
    /// loop's closing phase after `request_closing`.
    #[constructor]
    #[cppgc]
    fn new(
        isolate: &mut v8::Isolate,
        #[scoped] pump: v8::Global<v8::Function>,
        #[scoped] owners: v8::Global<v8::Array>,
        #[scoped] run_closed: v8::Global<v8::Function>,
    ) -> Result<NetPump, JsErrorBox> {
        let reactor = Reactor::from_isolate(isolate).map_err(|e| JsErrorBox::generic(e.to_string()))?;
        reactor.set_pump(pump, owners);
        Ok(NetPump {
            reactor,
            door: EventLoop::from_isolate(isolate),
            run_closed: Rc::new(run_closed),
        })
    }

    /// Has the next closing phase call `run_closed`.
    #[fast]
    fn request_closing(&self) {
        let run_closed = self.run_closed.clone();
        self.door.post_closing(move |scope| {
            let function = v8::Local::new(scope, &*run_closed);
            // It catches what callbacks throw, as the pump does.
            v8::tc_scope!(let scope, scope);
            let undefined = v8::undefined(scope).into();
            function.call(scope, undefined, &[]);
        });
    }

    /// The memory of the numbers that belong to an event (`numbers.rs`).
    fn numbers<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::ArrayBuffer> {
        self.reactor.numbers.array_buffer(scope)
    }

    /// The next event's number; 0 when there is none left in this turn.
    #[fast]
    fn next(&self) -> i32 {
        self.reactor.next() as i32
    }

    /// Copies the bytes that the event is about.
    #[fast]
    fn copy(&self, #[buffer] target: &mut [u8]) {
        read::copy_scratch(&self.reactor, target);
    }

    /// The bytes that the event is about, in an ArrayBuffer of their length.
    fn take<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match read::take_scratch(scope, &self.reactor) {
            Some(buffer) => buffer.into(),
            None => v8::undefined(scope).into(),
        }
    }

    /// A handle of the connection that the event is about.
    fn take_handle<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let accepted = self.reactor.accepted.borrow_mut().take();
        match accepted.and_then(|(fd, family)| new_connected_handle(scope, family, fd).ok()) {
            Some(handle) => handle.into(),
            None => v8::undefined(scope).into(),
        }
    }
}
