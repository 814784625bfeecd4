//! Garbage collections as V8 reports them: for `v8.GCProfiler` and the 'gc' entries of performance observers.
//!
//! V8 calls back with a raw pointer; all `unsafe` of that is here. Nothing in the callbacks touches V8's heap, which forbids it.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::fmt::Write;
use std::rc::Rc;
use std::time::Instant;

use deno_core::{GarbageCollected, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, invoke};

/// One collection.
struct Collection {
    kind: u32,
    flags: u32,
    /// Microseconds since the watch began, and how many it took.
    start: f64,
    cost: f64,
    /// The heap before and after, as JSON, where that was asked for.
    heap: Option<(String, String)>,
}

struct Inner {
    detailed: bool,
    origin: Instant,
    begun: Cell<Option<Instant>>,
    before: RefCell<String>,
    done: RefCell<Vec<Collection>>,
    door: EventLoop,
    callback: Option<Callback>,
}

/// A watch on garbage collections. It has to be stopped before it is dropped.
pub struct GcWatch {
    inner: RefCell<Option<Rc<Inner>>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for GcWatch {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"GcWatch"
    }
}

fn heap_json(isolate: &mut v8::Isolate) -> String {
    let heap = isolate.get_heap_statistics();
    let mut text = format!(
        "{{\"heapStatistics\":{{\"totalHeapSize\":{},\"totalHeapSizeExecutable\":{},\"totalPhysicalSize\":{},\
         \"totalAvailableSize\":{},\"totalGlobalHandlesSize\":{},\"usedGlobalHandlesSize\":{},\"usedHeapSize\":{},\
         \"heapSizeLimit\":{},\"mallocedMemory\":{},\"externalMemory\":{},\"peakMallocedMemory\":{}}},\
         \"heapSpaceStatistics\":[",
        heap.total_heap_size(),
        heap.total_heap_size_executable(),
        heap.total_physical_size(),
        heap.total_available_size(),
        heap.total_global_handles_size(),
        heap.used_global_handles_size(),
        heap.used_heap_size(),
        heap.heap_size_limit(),
        heap.malloced_memory(),
        heap.external_memory(),
        heap.peak_malloced_memory(),
    );
    for index in 0..isolate.number_of_heap_spaces() {
        let Some(space) = isolate.get_heap_space_statistics(index) else {
            continue;
        };
        let comma = if index == 0 { "" } else { "," };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{comma}{{\"spaceName\":\"{}\",\"spaceSize\":{},\"spaceUsedSize\":{},\"spaceAvailableSize\":{},\
             \"physicalSpaceSize\":{}}}",
            space.space_name().to_string_lossy(),
            space.space_size(),
            space.space_used_size(),
            space.space_available_size(),
            space.physical_space_size(),
        );
    }
    text.push_str("]}");
    text
}

unsafe extern "C" fn on_prologue(
    isolate: v8::UnsafeRawIsolatePtr,
    _kind: v8::GCType,
    _flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: `data` is the Inner that `start` has leaked until `stop`.
    let inner = unsafe { &*data.cast::<Inner>() };
    if inner.detailed {
        // SAFETY: V8 calls with its own, valid isolate.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
        inner.before.replace(heap_json(&mut isolate));
    }
    inner.begun.set(Some(Instant::now()));
}

unsafe extern "C" fn on_epilogue(
    isolate: v8::UnsafeRawIsolatePtr,
    kind: v8::GCType,
    flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: as in on_prologue. The count is raised for the handle that the posted task takes.
    let inner = unsafe {
        Rc::increment_strong_count(data.cast::<Inner>());
        Rc::from_raw(data.cast::<Inner>().cast_const())
    };
    let Some(begun) = inner.begun.take() else {
        return;
    };
    let cost = begun.elapsed().as_secs_f64() * 1e6;
    let heap = inner.detailed.then(|| {
        // SAFETY: V8 calls with its own, valid isolate.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
        (inner.before.take(), heap_json(&mut isolate))
    });
    inner.done.borrow_mut().push(Collection {
        kind: kind.0,
        flags: flags.0,
        start: begun.duration_since(inner.origin).as_secs_f64() * 1e6,
        cost,
        heap,
    });
    if inner.callback.is_none() || inner.done.borrow().len() != 1 {
        return;
    }
    let door = inner.door.clone();
    door.post(move |scope| {
        let Some(callback) = &inner.callback else {
            return;
        };
        let callback = v8::Local::new(scope, callback);
        let undefined = v8::undefined(scope).into();
        invoke(scope, callback.into(), undefined, &[]);
    });
}

#[op2]
impl GcWatch {
    /// Starts watching. With `detailed`, the heap's figures are kept too. A function as `callback` is called from the loop when there is
    /// something to take.
    #[constructor]
    #[cppgc]
    fn new<'s>(
        state: &mut OpState,
        scope: &mut v8::PinScope<'s, '_>,
        detailed: bool,
        callback: v8::Local<'s, v8::Value>,
    ) -> GcWatch {
        let callback = v8::Local::<v8::Function>::try_from(callback)
            .ok()
            .map(|callback| v8::Global::new(scope, callback));
        let inner = Rc::new(Inner {
            detailed,
            origin: Instant::now(),
            begun: Cell::new(None),
            before: RefCell::default(),
            done: RefCell::default(),
            door: EventLoop::from_state(state),
            callback,
        });
        let data = Rc::into_raw(inner.clone()).cast_mut().cast::<c_void>();
        scope.add_gc_prologue_callback(on_prologue, data, v8::GCType::kGCTypeAll);
        scope.add_gc_epilogue_callback(on_epilogue, data, v8::GCType::kGCTypeAll);
        GcWatch {
            inner: RefCell::new(Some(inner)),
        }
    }

    /// `[kind, flags, start, duration, ...]` of the collections since the last call, times in microseconds since the watch began.
    #[serde]
    fn take(&self) -> Vec<f64> {
        let Some(inner) = self.inner.borrow().clone() else {
            return Vec::new();
        };
        inner
            .done
            .take()
            .into_iter()
            .flat_map(|done| [f64::from(done.kind), f64::from(done.flags), done.start, done.cost])
            .collect()
    }

    /// The collections since the watch began as a JSON array, in the shape of `GCProfiler`'s statistics. The watch is over.
    #[string]
    fn stop(&self, isolate: &mut v8::Isolate) -> String {
        let mut text = String::from("[");
        let Some(inner) = self.inner.take() else {
            text.push(']');
            return text;
        };
        let data = Rc::as_ptr(&inner).cast_mut().cast::<c_void>();
        isolate.remove_gc_prologue_callback(on_prologue, data);
        isolate.remove_gc_epilogue_callback(on_epilogue, data);
        // SAFETY: `new` has leaked one count, which V8's callbacks used until now.
        unsafe { Rc::decrement_strong_count(Rc::as_ptr(&inner)) };
        for (index, done) in inner.done.take().into_iter().enumerate() {
            let (before, after) = done.heap.unwrap_or_default();
            let comma = if index == 0 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "{comma}{{\"gcType\":\"{}\",\"beforeGC\":{before},\"cost\":{},\"afterGC\":{after}}}",
                name_of(done.kind),
                done.cost,
            );
        }
        text.push(']');
        text
    }
}

fn name_of(kind: u32) -> &'static str {
    match kind {
        1 => "Scavenge",
        2 => "MinorMarkSweep",
        4 => "MarkSweepCompact",
        8 => "IncrementalMarking",
        16 => "ProcessWeakCallbacks",
        _ => "Unknown",
    }
}
