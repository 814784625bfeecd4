//! Import attributes (`with { type: 'json' }`) as V8 lists them.

use deno_core::v8;

/// Keys and values.
pub type Pairs<'s> = Vec<(v8::Local<'s, v8::String>, v8::Local<'s, v8::String>)>;

/// Those of an import declaration, where a source offset follows each value.
pub fn pairs_of_request<'s>(scope: &mut v8::PinScope<'s, '_>, list: v8::Local<'s, v8::FixedArray>) -> Pairs<'s> {
    pairs(scope, list, 3)
}

/// Those of an `import()` call.
pub fn pairs_of_import<'s>(scope: &mut v8::PinScope<'s, '_>, list: v8::Local<'s, v8::FixedArray>) -> Pairs<'s> {
    pairs(scope, list, 2)
}

fn pairs<'s>(scope: &mut v8::PinScope<'s, '_>, list: v8::Local<'s, v8::FixedArray>, step: usize) -> Pairs<'s> {
    let string_at = |index: usize| -> Option<v8::Local<'s, v8::String>> {
        let value = v8::Local::<v8::Value>::try_from(list.get(scope, index)?).ok()?;
        v8::Local::<v8::String>::try_from(value).ok()
    };
    (0..list.length())
        .step_by(step)
        .filter_map(|at| Some((string_at(at)?, string_at(at + 1)?)))
        .collect()
}

/// `[key, value, ...]`, or `null` for none.
pub fn to_array<'s>(scope: &mut v8::PinScope<'s, '_>, pairs: &Pairs<'s>) -> v8::Local<'s, v8::Value> {
    if pairs.is_empty() {
        return v8::null(scope).into();
    }
    let flat: Vec<v8::Local<v8::Value>> = pairs
        .iter()
        .flat_map(|(key, value)| [(*key).into(), (*value).into()])
        .collect();
    v8::Array::new_with_elements(scope, &flat).into()
}
