//! The built-ins' texts as V8 strings that stay in the program's read-only data: no process has a copy on its heap, and the snapshot
//! refers to them by number.

use std::borrow::Cow;
use std::ffi::c_void;
use std::sync::LazyLock;

use deno_core::{Extension, v8};

/// One for each entry of `rtjs_js::SOURCES`, in its order.
static STRINGS: LazyLock<&'static [v8::OneByteConst]> = LazyLock::new(|| {
    let strings: Box<[v8::OneByteConst]> = rtjs_js::SOURCES
        .iter()
        // SAFETY: js/build.rs refuses a file that is not ASCII.
        .map(|source| unsafe { v8::String::create_external_onebyte_const_unchecked(source.code.as_bytes()) })
        .collect();
    // V8 holds them until the process ends.
    Box::leak(strings)
});

/// The text of the built-in `id`, without a copy.
pub(super) fn source_string<'s>(scope: &mut v8::PinScope<'s, '_>, id: &str) -> Option<v8::Local<'s, v8::String>> {
    let index = rtjs_js::SOURCES.binary_search_by(|s| s.id.cmp(id)).ok()?;
    v8::String::new_from_onebyte_const(scope, &STRINGS[index])
}

/// Tells V8 the strings' addresses; the snapshot and every process that starts from it have to have them in the same order.
pub(super) fn add_references(extension: &mut Extension) {
    let references = STRINGS
        .iter()
        .map(|string| v8::ExternalReference {
            pointer: std::ptr::from_ref(string).cast_mut().cast::<c_void>(),
        })
        .collect();
    extension.external_references = Cow::Owned(references);
}
