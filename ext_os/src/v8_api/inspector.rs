//! V8's inspector for the program itself: sessions that speak its protocol, which profiles, measures coverage and evaluates. Nobody connects
//! from outside. There is no inspector until the first session.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use deno_core::{OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, invoke};
use v8::inspector::{
    Channel, ChannelImpl, StringBuffer, StringView, V8Inspector, V8InspectorClient, V8InspectorClientImpl,
    V8InspectorClientTrustLevel, V8InspectorSession,
};

const GROUP: i32 = 1;

struct Client {
    isolate: v8::UnsafeRawIsolatePtr,
    context: v8::Global<v8::Context>,
}

impl V8InspectorClientImpl for Client {
    fn ensure_default_context_in_group(&self, _group: i32) -> Option<v8::Local<'_, v8::Context>> {
        // SAFETY: the inspector asks on its isolate's thread, and goes before the isolate does.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(self.isolate) };
        let isolate = &mut isolate;
        // SAFETY: V8 has a scope open for the call of the inspector that this is part of; the handle lives there.
        v8::callback_scope!(unsafe scope, isolate);
        let context = v8::Local::new(scope, &self.context);
        // SAFETY: as above: the scope of the caller outlives what it is given.
        Some(unsafe { context.extend_lifetime_unchecked() })
    }

    // Modules of either kind are told apart by URL.
    fn resource_name_to_url(&self, resource_name: &StringView) -> Option<v8::UniquePtr<StringBuffer>> {
        let name = resource_name.to_string();
        if !name.starts_with('/') {
            return None;
        }
        let url = url::Url::from_file_path(&name).ok()?;
        Some(StringBuffer::create(StringView::from(url.as_str().as_bytes())))
    }
}

/// What V8 has said and JavaScript has not heard yet.
struct Mailbox {
    texts: RefCell<VecDeque<String>>,
    dispatching: Cell<bool>,
    listener: Callback,
    door: EventLoop,
}

impl Mailbox {
    fn put(self: &Rc<Self>, text: String) {
        self.texts.borrow_mut().push_back(text);
        if self.dispatching.get() || self.texts.borrow().len() > 1 {
            return;
        }
        // V8 may be anywhere; JavaScript runs in a turn of the loop.
        let mailbox = self.clone();
        self.door.post(move |scope| {
            while let Some(text) = mailbox.next() {
                let Some(text) = v8::String::new(scope, &text) else {
                    continue;
                };
                let listener = v8::Local::new(scope, &mailbox.listener);
                let undefined = v8::undefined(scope).into();
                invoke(scope, listener.into(), undefined, &[text.into()]);
            }
        });
    }

    fn next(&self) -> Option<String> {
        self.texts.borrow_mut().pop_front()
    }
}

struct Outlet(Rc<Mailbox>);

impl ChannelImpl for Outlet {
    fn send_response(&self, _call_id: i32, message: v8::UniquePtr<StringBuffer>) {
        self.send_notification(message);
    }

    fn send_notification(&self, message: v8::UniquePtr<StringBuffer>) {
        if let Some(message) = message.as_ref() {
            self.0.put(message.string().to_string());
        }
    }

    fn flush_protocol_notifications(&self) {}
}

struct Session {
    // Before the inspector, which must outlive it.
    v8: V8InspectorSession,
    mailbox: Rc<Mailbox>,
    _inspector: Rc<V8Inspector>,
}

struct Sessions {
    open: HashMap<u32, Rc<Session>>,
    last_id: u32,
    inspector: Rc<V8Inspector>,
}

/// Opens a session and returns its number. `listener` gets what V8 says outside of [`op_os_inspector_dispatch`], as JSON text.
#[op2]
pub fn op_os_inspector_connect<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    state: &mut OpState,
    #[scoped] listener: v8::Global<v8::Function>,
) -> u32 {
    if !state.has::<Sessions>() {
        let context = scope.get_current_context();
        let client = Client {
            // SAFETY: used by the inspector's calls only, see there.
            isolate: unsafe { scope.as_raw_isolate_ptr() },
            context: v8::Global::new(scope, context),
        };
        let inspector = V8Inspector::create(scope, V8InspectorClient::new(Box::new(client)));
        inspector.context_created(
            context,
            GROUP,
            StringView::from(&b"rtjs"[..]),
            StringView::from(&br#"{"isDefault":true}"#[..]),
        );
        state.put(Sessions {
            open: HashMap::new(),
            last_id: 0,
            inspector: Rc::new(inspector),
        });
    }
    let mailbox = Rc::new(Mailbox {
        texts: RefCell::default(),
        dispatching: Cell::new(false),
        listener,
        door: EventLoop::from_state(state),
    });
    let sessions = state.borrow_mut::<Sessions>();
    let session = Session {
        v8: sessions.inspector.connect(
            GROUP,
            Channel::new(Box::new(Outlet(mailbox.clone()))),
            StringView::empty(),
            V8InspectorClientTrustLevel::FullyTrusted,
        ),
        mailbox,
        _inspector: sessions.inspector.clone(),
    };
    sessions.last_id += 1;
    sessions.open.insert(sessions.last_id, Rc::new(session));
    sessions.last_id
}

/// Gives a session a message, JSON text, and returns what V8 has said meanwhile.
#[op2(reentrant)]
#[serde]
pub fn op_os_inspector_dispatch(state: Rc<RefCell<OpState>>, session: u32, #[string] message: String) -> Vec<String> {
    let session = state
        .borrow()
        .try_borrow::<Sessions>()
        .and_then(|sessions| sessions.open.get(&session).cloned());
    let Some(session) = session else {
        return Vec::new();
    };
    let units: Vec<u16> = message.encode_utf16().collect();
    let outer = session.mailbox.dispatching.replace(true);
    // What is evaluated may dispatch again; nothing is borrowed here.
    session.v8.dispatch_protocol_message(StringView::from(&units[..]));
    session.mailbox.dispatching.set(outer);
    std::iter::from_fn(|| session.mailbox.next()).collect()
}

/// Closes a session.
#[op2(fast)]
pub fn op_os_inspector_disconnect(state: &mut OpState, session: u32) {
    if let Some(sessions) = state.try_borrow_mut::<Sessions>() {
        sessions.open.remove(&session);
    }
}
