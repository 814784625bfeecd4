//! What only V8 can tell about a value: its kind, the entries of an iterator without taking them, the calls on the stack.
//!
//! util.inspect, util.types and deep comparison stand on these; nothing here changes a value.

use deno_core::{op2, v8};

/// What a value is to V8, whatever its prototype says. `js/internal/util/kinds.js` has the same numbers under the same names.
#[repr(u32)]
enum Kind {
    Other,
    Array,
    Function,
    Proxy,
    Map,
    Set,
    TypedArray,
    Date,
    RegExp,
    Error,
    Promise,
    ArrayBuffer,
    SharedArrayBuffer,
    DataView,
    Arguments,
    MapIterator,
    SetIterator,
    WeakMap,
    WeakSet,
    ModuleNamespace,
    NumberObject,
    StringObject,
    BooleanObject,
    BigIntObject,
    SymbolObject,
    Generator,
    External,
}

/// The [`Kind`] of `value`; `Other` for primitives and for objects without a kind of their own.
#[op2(fast, no_side_effects)]
pub fn op_core_value_kind(value: &v8::Value) -> u32 {
    kind(value) as u32
}

/// A question to V8 about a value, and what a yes means.
type Check = (fn(&v8::Value) -> bool, Kind);

fn kind(value: &v8::Value) -> Kind {
    if value.is_array() {
        return Kind::Array;
    }
    if value.is_function() && !value.is_proxy() {
        return Kind::Function;
    }
    // Most objects are none of the following, so this is one call for what would otherwise be twenty.
    let checks: [Check; 24] = [
        (v8::Value::is_proxy, Kind::Proxy),
        (v8::Value::is_map, Kind::Map),
        (v8::Value::is_set, Kind::Set),
        (v8::Value::is_typed_array, Kind::TypedArray),
        (v8::Value::is_date, Kind::Date),
        (v8::Value::is_reg_exp, Kind::RegExp),
        (v8::Value::is_native_error, Kind::Error),
        (v8::Value::is_promise, Kind::Promise),
        (v8::Value::is_array_buffer, Kind::ArrayBuffer),
        (v8::Value::is_shared_array_buffer, Kind::SharedArrayBuffer),
        (v8::Value::is_data_view, Kind::DataView),
        (v8::Value::is_arguments_object, Kind::Arguments),
        (v8::Value::is_map_iterator, Kind::MapIterator),
        (v8::Value::is_set_iterator, Kind::SetIterator),
        (v8::Value::is_weak_map, Kind::WeakMap),
        (v8::Value::is_weak_set, Kind::WeakSet),
        (v8::Value::is_module_namespace_object, Kind::ModuleNamespace),
        (v8::Value::is_number_object, Kind::NumberObject),
        (v8::Value::is_string_object, Kind::StringObject),
        (v8::Value::is_boolean_object, Kind::BooleanObject),
        (v8::Value::is_big_int_object, Kind::BigIntObject),
        (v8::Value::is_symbol_object, Kind::SymbolObject),
        (v8::Value::is_generator_object, Kind::Generator),
        (v8::Value::is_external, Kind::External),
    ];
    for (is_kind, kind) in checks {
        if is_kind(value) {
            return kind;
        }
    }
    Kind::Other
}

/// `[entries, areKeyValuePairs]` of a map, set, weak collection or their iterators, which are left as they are; `undefined` for anything
/// else. Pairs are flat: key, value, key, value.
#[op2]
pub fn op_core_value_entries<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let undefined = v8::undefined(scope).into();
    let Ok(object) = v8::Local::<v8::Object>::try_from(value) else {
        return undefined;
    };
    let (Some(entries), pairs) = object.preview_entries(scope) else {
        return undefined;
    };
    let pairs = v8::Boolean::new(scope, pairs);
    v8::Array::new_with_elements(scope, &[entries.into(), pairs.into()]).into()
}

/// The address that an external value holds, in hexadecimal; `null` for other values.
#[op2]
#[string]
pub fn op_core_value_external_address(value: v8::Local<v8::Value>) -> Option<String> {
    let external = v8::Local::<v8::External>::try_from(value).ok()?;
    Some(format!("{:x}", external.value() as usize))
}

/// At most `count` calls of the current stack, innermost first, five elements for each:
/// function name, script id, script name, line, column (both from 1).
#[op2]
pub fn op_core_stack_sites<'s>(scope: &mut v8::PinScope<'s, '_>, count: u32) -> v8::Local<'s, v8::Array> {
    let mut elements: Vec<v8::Local<v8::Value>> = Vec::new();
    if let Some(stack) = v8::StackTrace::current_stack_trace(scope, count as usize) {
        for index in 0..stack.get_frame_count() {
            let Some(frame) = stack.get_frame(scope, index) else {
                continue;
            };
            let empty = v8::String::empty(scope);
            let function = frame.get_function_name(scope).unwrap_or(empty);
            let script = frame.get_script_name_or_source_url(scope).unwrap_or(empty);
            let id = v8::String::new(scope, &frame.get_script_id().to_string()).unwrap_or(empty);
            let line = v8::Number::new(scope, frame.get_line_number() as f64);
            let column = v8::Number::new(scope, frame.get_column() as f64);
            elements.extend::<[v8::Local<v8::Value>; 5]>([
                function.into(),
                id.into(),
                script.into(),
                line.into(),
                column.into(),
            ]);
        }
    }
    v8::Array::new_with_elements(scope, &elements)
}
