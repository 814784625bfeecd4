//! The runtime and its event-loop driver: starts the context, runs the script, turns the loop until nothing keeps it alive, and says how it ended.

use std::rc::Rc;
use std::sync::Once;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use deno_core::error::CoreError;
use deno_core::{JsRuntime, PollEventLoopOptions, RuntimeOptions, v8};
use rtjs_core::{EventLoop, timing};

use crate::address_space;
use crate::builder::Builder;
use crate::ops::{self, BuiltinSources, ExitState};
use crate::options::{Error, Main, Options};

static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));

/// The variable that names a `js` folder to load the built-ins from, for working on them without a relink.
const JS_DIR: &str = "RTJS_JS_DIR";

/// For how long turns in which immediates queue immediates follow one another before descriptors and other threads are asked: asking takes longer than
/// most of these turns.
const TURNS: Duration = Duration::from_micros(20);

/// One JavaScript context with its event loop, on the thread that built it.
pub struct Runtime {
    // Before `js`, whose state has the last handle to it.
    door: EventLoop,
    // Before `tokio`, so that it is dropped first: its handles deregister from the I/O driver.
    js: JsRuntime,
    tokio: tokio::runtime::Runtime,
    options: Options,
    embedder_ops: Vec<String>,
    exit: ExitState,
    timings: Rc<timing::Timings>,
    entry: Entry,
}

/// The functions of `internal/bootstrap/start`.
struct Entry {
    start: v8::Global<v8::Function>,
    run_main: v8::Global<v8::Function>,
    before_exit: v8::Global<v8::Function>,
    alive: v8::Global<v8::Function>,
    exit: v8::Global<v8::Function>,
    fatal: v8::Global<v8::Function>,
}

impl Runtime {
    /// Starts describing a runtime.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(builder: Builder) -> Result<Runtime, Error> {
        timing::note_process_start();
        address_space::check()?;
        let timings = timing::Timings::default();
        timings.runtime.set(timing::now());
        let tokio = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .on_thread_park(|| {
                first_sleep();
                rtjs_core::linger::before_sleep();
                timing::fall_asleep();
            })
            .on_thread_unpark(timing::wake_up)
            .build()?;
        let guard = tokio.enter();
        // Absolute: the script may change its directory before it loads a module.
        let folder = std::env::var_os(JS_DIR).and_then(|folder| std::path::absolute(folder).ok());
        let mut extensions = vec![
            rtjs_core::rtjs_core::init(),
            rtjs_os::rtjs_os::init(),
            rtjs_net::rtjs_net::init(),
            rtjs_tls::rtjs_tls::init(),
            rtjs_cluster::rtjs_cluster::init(),
            rtjs_crypto::rtjs_crypto::init(),
            ops::rtjs_runtime::init(),
        ];
        set_v8_flags();
        let embedded: Vec<deno_core::Extension> = builder.extensions.into_iter().map(|make| make()).collect();
        let embedder_ops = embedded
            .iter()
            .flat_map(|e| e.ops.iter().map(|op| op.name.to_string()))
            .collect();
        extensions.extend(embedded);
        timings.v8.set(timing::now());
        let mut js = JsRuntime::try_new(RuntimeOptions {
            extensions,
            startup_snapshot: folder.is_none().then_some(SNAPSHOT),
            // structuredClone shares and moves buffers through it.
            shared_array_buffer_store: Some(Default::default()),
            ..Default::default()
        })?;
        let exit = ExitState {
            mode: builder.exit_mode,
            ..Default::default()
        };
        js.op_state().borrow_mut().put(exit.clone());
        timings.environment.set(timing::now());
        let timings = Rc::new(timings);
        js.op_state().borrow_mut().put(timings.clone());
        EventLoop::install(&mut js);
        if let Some(folder) = folder {
            let loader = folder.join("internal/bootstrap/loader.js");
            js.op_state().borrow_mut().put(BuiltinSources { folder });
            let code = std::fs::read_to_string(loader)?;
            js.execute_script("node:internal/bootstrap/loader", code)
                .map_err(|e| Error::JavaScript(e.into()))?;
        }
        let entry = Entry::take(&mut js)?;
        let door = EventLoop::from_state(&js.op_state().borrow());
        drop(guard);
        Ok(Runtime {
            door,
            js,
            tokio,
            options: builder.options,
            embedder_ops,
            exit,
            timings,
            entry,
        })
    }

    /// Runs the script and then the event loop until nothing keeps it alive; returns the exit code as Node would set it.
    pub fn run(&mut self) -> i32 {
        let _guard = self.tokio.enter();
        self.enter(|entry| &entry.start, true);
        self.timings.bootstrap.set(timing::now());
        self.enter(|entry| &entry.run_main, false);
        self.timings.loop_start.set(timing::now());
        loop {
            if let Some(code) = self.turn_until_idle() {
                return code;
            }
            // V8 may have found garbage in the last turn whose end somebody waits for; it says so in the next.
            if let Some(code) = self.turn_until_idle() {
                return code;
            }
            self.enter(|entry| &entry.before_exit, false);
            if self.exit.code.get().is_none() && !self.is_alive() {
                break;
            }
        }
        self.timings.loop_exit.set(timing::now());
        self.enter(|entry| &entry.exit, false);
        self.exit.code.get().unwrap_or(0)
    }

    /// The underlying runtime, for embedders who add to it before [`Runtime::run`].
    pub fn js_runtime(&mut self) -> &mut JsRuntime {
        &mut self.js
    }

    /// Turns the loop. `Some(code)` when the script ended itself meanwhile.
    fn turn_until_idle(&mut self) -> Option<i32> {
        loop {
            if let Some(code) = self.exit.code.get() {
                return Some(code);
            }
            let (js, exit, door, entry) = (&mut self.js, &self.exit, &self.door, &self.entry);
            let result = self
                .tokio
                .block_on(std::future::poll_fn(|cx| awake(js, exit, door, entry, cx)));
            match result {
                Ok(()) => return self.exit.code.get(),
                Err(error) => self.report(error),
            }
        }
    }

    /// Whether a handle, timer or request keeps the loop alive. It is asked without turning the loop: what is due is the next turn's, and
    /// 'beforeExit' comes again after it.
    fn is_alive(&mut self) -> bool {
        self.door.has_pending() || has_more_work(&mut self.js, &self.entry)
    }

    /// Gives an error that came out of the loop itself to `process`.
    fn report(&mut self, error: CoreError) {
        let js_error = match error.into_kind() {
            deno_core::error::CoreErrorKind::Js(error) => error,
            other => {
                let message = other.to_string();
                self.fatal_message(&message);
                return;
            }
        };
        self.fatal_message(&js_error.exception_message.clone());
    }

    fn fatal_message(&mut self, message: &str) {
        let fatal = self.entry.fatal.clone();
        deno_core::scope!(scope, self.js);
        v8::tc_scope!(let scope, scope);
        let function = v8::Local::new(scope, &fatal);
        let text = v8::String::new(scope, message).unwrap_or_else(|| v8::String::empty(scope));
        let error = v8::Exception::error(scope, text);
        let undefined = v8::undefined(scope).into();
        function.call(scope, undefined, &[error]);
    }

    /// Calls one of the entry points; they report their own exceptions.
    fn enter(&mut self, pick: impl Fn(&Entry) -> &v8::Global<v8::Function>, with_config: bool) {
        if self.exit.code.get().is_some() {
            return;
        }
        let function = pick(&self.entry).clone();
        let config = with_config.then(|| (self.options.clone(), self.embedder_ops.clone()));
        deno_core::scope!(scope, self.js);
        v8::tc_scope!(let scope, scope);
        let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
        let argument = match config {
            Some((options, embedder_ops)) => {
                let config = config_object(scope, &options);
                put_list(scope, config, "embedderOps", &embedder_ops);
                config.into()
            }
            None => undefined,
        };
        let function = v8::Local::new(scope, &function);
        function.call(scope, undefined, &[argument]);
        if let Some(exception) = scope.exception()
            && !scope.has_terminated()
        {
            // Only a fault in our own bootstrap gets here.
            let text = deno_core::error::JsError::from_v8_exception(scope, exception).to_string();
            #[allow(
                clippy::print_stderr,
                reason = "the process object that would report it is not there"
            )]
            {
                eprintln!("rtjs: internal error: {text}");
            }
            self.exit.code.set(Some(70));
        }
    }
}

/// Turns, and looks once more whether there is something to do before the loop sleeps.
fn awake(
    js: &mut JsRuntime,
    exit: &ExitState,
    door: &EventLoop,
    entry: &Entry,
    cx: &mut Context<'_>,
) -> Poll<Result<(), CoreError>> {
    door.set_awake(true);
    let poll = turns(js, exit, door, entry, cx);
    door.set_awake(false);
    if poll.is_pending() && door.wants_turn() {
        cx.waker().wake_by_ref();
    }
    poll
}

/// Turns until nothing is left to do at once, or for [`TURNS`].
fn turns(
    js: &mut JsRuntime,
    exit: &ExitState,
    door: &EventLoop,
    entry: &Entry,
    cx: &mut Context<'_>,
) -> Poll<Result<(), CoreError>> {
    let mut begin = None;
    let mut may_follow = true;
    loop {
        let only_immediates = door.wants_immediates_only() && !door.has_due_timers();
        let poll = turn(js, door, entry, cx);
        if exit.code.get().is_some() {
            return Poll::Ready(Ok(()));
        }
        door.run_driven();
        match poll {
            Poll::Ready(Ok(())) if door.has_pending() => {}
            Poll::Ready(result) => return Poll::Ready(result),
            Poll::Pending => {}
        }
        if !door.wants_turn() {
            door.prepare_sleep(cx);
            return Poll::Pending;
        }
        if std::mem::take(&mut may_follow) && door.wants_io_only() {
            // A connection that was accepted in this turn has come with its request: asking the system first would keep it waiting.
            continue;
        }
        loop {
            // An immediate that anything else has queued is to find what has happened outside meanwhile.
            if !only_immediates || begin.get_or_insert_with(Instant::now).elapsed() > TURNS {
                // Also where nothing is left to do: the next turn says whether the loop lives on.
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if !door.wants_immediates_only() || door.has_due_timers() {
                break;
            }
            // The check phase is the whole turn.
            {
                deno_core::scope!(scope, js);
                door.run_immediates(scope);
            }
            if exit.code.get().is_some() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// One turn of the loop.
fn turn(js: &mut JsRuntime, door: &EventLoop, entry: &Entry, cx: &mut Context<'_>) -> Poll<Result<(), CoreError>> {
    let counts = !door.has_unrefed_immediates_only() || door.has_pending() || has_more_work(js, entry);
    door.set_turn_counts(counts);
    if door.has_due_timers() {
        deno_core::scope!(scope, js);
        door.run_timers(scope);
    }
    js.poll_event_loop(cx, PollEventLoopOptions::default())
}

/// What deno_core knows of that keeps the loop alive.
fn has_more_work(js: &mut JsRuntime, entry: &Entry) -> bool {
    let alive = &entry.alive;
    deno_core::scope!(scope, js);
    v8::tc_scope!(let scope, scope);
    let undefined = v8::undefined(scope).into();
    v8::Local::new(scope, alive)
        .call(scope, undefined, &[])
        .is_some_and(|answer| answer.is_true())
}

/// What V8 is to be told before it starts, and only then.
fn set_v8_flags() {
    static FLAGS: Once = Once::new();
    FLAGS.call_once(|| {
        let flags = [
            // The snapshot is part of this very program: its checksum says nothing, and takes a millisecond.
            "--no-verify-snapshot-checksum",
            // In megabytes: below it only young objects are looked through. Buffers count, and the few dozen that are on their way from a socket would have
            // the whole heap marked all the time.
            "--initial-heap-size=48",
        ];
        deno_core::v8_set_flags([""].into_iter().chain(flags).map(str::to_owned).collect());
        rtjs_os::keep_flags_open();
        deno_core::v8::V8::set_entropy_source(entropy);
    });
}

/// Random bytes for V8, which by itself opens a file for them each time.
fn entropy(bytes: &mut [u8]) -> bool {
    // SAFETY: the bytes are writable for their length.
    let length = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    usize::try_from(length) == Ok(bytes.len())
}

/// Before a process sleeps for the first time, it gives back what only its start needed.
fn first_sleep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        rtjs_core::allocator::give_back_after_start();
        forget_snapshot();
    });
}

/// Takes the snapshot out of the process's pages: all of it has been read, and nobody reads it again. (Who does finds it in the program's file.)
fn forget_snapshot() {
    // SAFETY: sysconf takes a number.
    let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(usize::MAX);
    let bytes = SNAPSHOT.as_ptr_range();
    let start = (bytes.start as usize).next_multiple_of(page);
    let end = bytes.end as usize / page * page;
    if start < end {
        // SAFETY: whole pages within a constant of the program's file; nobody can have written to them, and they come back when they are read.
        unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_DONTNEED) };
    }
}

impl Entry {
    fn take(js: &mut JsRuntime) -> Result<Entry, Error> {
        deno_core::scope!(scope, js);
        let context = scope.get_current_context();
        let global = context.global(scope);
        let deno = get(scope, global, "Deno");
        let table = get(scope, deno, "rtjs");
        let mut function = |name: &str| {
            let value = get(scope, table, name);
            let function = v8::Local::<v8::Function>::try_from(v8::Local::<v8::Value>::from(value))
                .expect("internal/bootstrap/start exports its entry points");
            v8::Global::new(scope, function)
        };
        Ok(Entry {
            start: function("start"),
            run_main: function("runMain"),
            before_exit: function("emitBeforeExit"),
            alive: function("isAlive"),
            exit: function("emitExit"),
            fatal: function("fatalException"),
        })
    }
}

fn get<'s>(scope: &mut v8::PinScope<'s, '_>, from: v8::Local<'s, v8::Object>, name: &str) -> v8::Local<'s, v8::Object> {
    let key = v8::String::new(scope, name).expect("a short string");
    from.get(scope, key.into())
        .and_then(|v| v8::Local::<v8::Object>::try_from(v).ok())
        .expect("the loader has run")
}

/// What `start` is given: a plain object of strings and arrays of strings.
fn config_object<'s>(scope: &mut v8::PinScope<'s, '_>, options: &Options) -> v8::Local<'s, v8::Object> {
    let object = v8::Object::new(scope);
    let exec_path = options
        .exec_path
        .clone()
        .or_else(|| std::env::current_exe().ok())
        .unwrap_or_default();
    put_string(scope, object, "execPath", &exec_path.to_string_lossy());
    put_string(scope, object, "argv0", options.argv0.as_deref().unwrap_or("rtjs"));
    put_string(scope, object, "rtjsVersion", crate::VERSION);
    put_list(scope, object, "args", &options.args);
    put_list(scope, object, "execArgv", &options.exec_args);
    put_list(scope, object, "require", &options.require);
    let flat: Vec<String> = options.flags.iter().flat_map(|(k, v)| [k.clone(), v.clone()]).collect();
    put_list(scope, object, "flags", &flat);
    match &options.main {
        Main::Script(path) => put_string(scope, object, "script", &path.to_string_lossy()),
        Main::Eval { code, print } => {
            put_string(scope, object, if *print { "print" } else { "eval" }, code);
        }
        Main::Stdin => put_string(scope, object, "stdin", "-"),
    }
    object
}

fn put_string<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>, name: &str, value: &str) {
    let key = v8::String::new(scope, name).expect("a short string");
    if let Some(value) = v8::String::new(scope, value) {
        object.set(scope, key.into(), value.into());
    }
}

fn put_list<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>, name: &str, values: &[String]) {
    let key = v8::String::new(scope, name).expect("a short string");
    let items: Vec<v8::Local<v8::Value>> = values
        .iter()
        .filter_map(|v| v8::String::new(scope, v))
        .map(Into::into)
        .collect();
    let array = v8::Array::new_with_elements(scope, &items);
    object.set(scope, key.into(), array.into());
}
