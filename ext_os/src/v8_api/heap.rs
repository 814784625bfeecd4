//! Figures of V8's heap, its flags, and snapshots of it.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use deno_core::{op2, v8};

/// Fills `figures` in the order in which `v8.getHeapStatistics()` lists them.
#[op2(fast)]
pub fn op_os_v8_heap_statistics(isolate: &mut v8::Isolate, #[buffer] figures: &mut [f64]) {
    let heap = isolate.get_heap_statistics();
    let all = [
        heap.total_heap_size(),
        heap.total_heap_size_executable(),
        heap.total_physical_size(),
        heap.total_available_size(),
        heap.used_heap_size(),
        heap.heap_size_limit(),
        heap.malloced_memory(),
        heap.peak_malloced_memory(),
        usize::from(heap.does_zap_garbage()),
        heap.number_of_native_contexts(),
        heap.number_of_detached_contexts(),
        heap.total_global_handles_size(),
        heap.used_global_handles_size(),
        heap.external_memory(),
        usize::try_from(heap.total_allocated_bytes()).unwrap_or(usize::MAX),
    ];
    for (place, figure) in figures.iter_mut().zip(all) {
        *place = figure as f64;
    }
}

/// The names of the heap's spaces; with each, `[size, used, available, physical]` into the next four places of `figures`.
#[op2]
#[serde]
pub fn op_os_v8_heap_spaces(isolate: &mut v8::Isolate, #[buffer] figures: &mut [f64]) -> Vec<String> {
    let mut names = Vec::new();
    for index in 0..isolate.number_of_heap_spaces() {
        let Some(space) = isolate.get_heap_space_statistics(index) else {
            continue;
        };
        let at = names.len() * 4;
        let all = [
            space.space_size(),
            space.space_used_size(),
            space.space_available_size(),
            space.physical_space_size(),
        ];
        if let Some(places) = figures.get_mut(at..at + 4) {
            for (place, figure) in places.iter_mut().zip(all) {
                *place = figure as f64;
            }
        }
        names.push(space.space_name().to_string_lossy().into_owned());
    }
    names
}

/// Fills `figures` in the order in which `v8.getHeapCodeStatistics()` lists them.
#[op2(fast)]
pub fn op_os_v8_code_statistics(isolate: &mut v8::Isolate, #[buffer] figures: &mut [f64]) {
    let Some(code) = isolate.get_heap_code_and_metadata_statistics() else {
        return;
    };
    let all = [
        code.code_and_metadata_size(),
        code.bytecode_and_metadata_size(),
        code.external_script_source_size(),
        code.cpu_profiler_metadata_size(),
    ];
    for (place, figure) in figures.iter_mut().zip(all) {
        *place = figure as f64;
    }
}

static FLAGS_OPEN: AtomicBool = AtomicBool::new(false);

/// Has V8 accept flags after its start, as programs that own their process want. Call before V8 starts: it ends the process otherwise.
pub fn keep_flags_open() {
    if !FLAGS_OPEN.swap(true, Ordering::SeqCst) {
        v8::V8::set_flags_from_string("--no-freeze-flags-after-init");
    }
}

/// Hands `flags`, as on a command line, to V8. False where that is not possible any more: see [`keep_flags_open`].
#[op2(fast)]
pub fn op_os_v8_flags_set(#[string] flags: &str) -> bool {
    let open = FLAGS_OPEN.load(Ordering::SeqCst);
    if open {
        v8::V8::set_flags_from_string(flags);
    }
    open
}

/// What cached code depends on besides its source.
#[op2(fast)]
pub fn op_os_v8_cache_tag() -> u32 {
    v8::script_compiler::cached_data_version_tag()
}

/// Writes a heap snapshot to the file `path`. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_v8_heap_snapshot_write(isolate: &mut v8::Isolate, #[string] path: &str) -> i32 {
    let file = match std::fs::File::create(path) {
        Ok(file) => file,
        Err(error) => return rtjs_core::errno(&error),
    };
    let mut file = std::io::BufWriter::new(file);
    let mut result = 0;
    isolate.take_heap_snapshot(|chunk| match file.write_all(chunk) {
        Ok(()) => true,
        Err(error) => {
            result = rtjs_core::errno(&error);
            false
        }
    });
    if result == 0
        && let Err(error) = file.flush()
    {
        return rtjs_core::errno(&error);
    }
    result
}

/// A heap snapshot as text in a Uint8Array.
#[op2]
pub fn op_os_v8_heap_snapshot<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    let mut text = Vec::new();
    scope.take_heap_snapshot(|chunk| {
        text.extend_from_slice(chunk);
        true
    });
    rtjs_core::uint8_array(scope, text)
}

/// Whether V8 keeps `text` in one byte for each character.
#[op2(fast)]
pub fn op_os_v8_string_is_one_byte(text: v8::Local<v8::String>) -> bool {
    text.is_onebyte()
}
