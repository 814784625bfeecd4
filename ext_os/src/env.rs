//! `process.env`: an object whose properties are the environment variables of the process.
//!
//! It is a native exotic object rather than a Proxy, so that it is inspected, cloned and spread like the plain object that programs take it for.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use deno_core::{op2, v8};

unsafe extern "C" {
    fn tzset();
}

/// A fresh object over the environment.
#[op2]
pub fn op_os_env_object<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    let template = v8::ObjectTemplate::new(scope);
    template.set_named_property_handler(
        v8::NamedPropertyHandlerConfiguration::new()
            .getter(named_getter)
            .setter(named_setter)
            .query(named_query)
            .deleter(named_deleter)
            .enumerator(enumerator)
            .definer(named_definer)
            .flags(v8::PropertyHandlerFlags::HAS_NO_SIDE_EFFECT),
    );
    template.set_indexed_property_handler(
        v8::IndexedPropertyHandlerConfiguration::new()
            .getter(indexed_getter)
            .setter(indexed_setter)
            .query(indexed_query)
            .deleter(indexed_deleter)
            .definer(indexed_definer)
            .flags(v8::PropertyHandlerFlags::HAS_NO_SIDE_EFFECT),
    );
    template
        .new_instance(scope)
        .map_or_else(|| v8::undefined(scope).into(), Into::into)
}

// ------------------------------------------------------------------------------------------------------------------------
// The environment

/// A name that the system can hold: not empty, without `=`, cut at the first NUL as C would.
fn system_name(name: &[u8]) -> Option<&OsStr> {
    let name = until_nul(name);
    (!name.is_empty() && !name.contains(&b'=')).then(|| OsStr::from_bytes(name))
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|&b| b == 0).next().unwrap_or_default()
}

fn set(isolate: &mut v8::Isolate, name: &[u8], value: &[u8]) {
    let Some(system) = system_name(name) else {
        return;
    };
    // SAFETY: Rust's own readers of the environment take the lock that this takes. C code that reads it on another thread at the same
    // time (a resolver, say) is the hazard that Node accepts as well; assigning to process.env is the program's decision.
    unsafe { std::env::set_var(system, OsStr::from_bytes(until_nul(value))) };
    after_change(isolate, name);
}

fn remove(isolate: &mut v8::Isolate, name: &[u8]) {
    let Some(system) = system_name(name) else {
        return;
    };
    // SAFETY: as in `set`.
    unsafe { std::env::remove_var(system) };
    after_change(isolate, name);
}

/// V8 and the C library remember the time zone.
fn after_change(isolate: &mut v8::Isolate, name: &[u8]) {
    if name == b"TZ" {
        // SAFETY: tzset reads the environment; see `set`.
        unsafe { tzset() };
        isolate.date_time_configuration_change_notification(v8::TimeZoneDetection::Redetect);
    }
}

fn text<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::String> {
    v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal).unwrap_or_else(|| v8::String::empty(scope))
}

fn utf8(scope: &v8::Isolate, value: v8::Local<v8::String>) -> Vec<u8> {
    value.to_rust_string_lossy(scope).into_bytes()
}

/// The name of a property as bytes; `None` for a symbol.
fn key_bytes(scope: &v8::Isolate, key: v8::Local<v8::Name>) -> Option<Vec<u8>> {
    let key = v8::Local::<v8::String>::try_from(key).ok()?;
    Some(utf8(scope, key))
}

fn get<'s>(scope: &mut v8::PinScope<'s, '_>, name: &[u8], mut rv: v8::ReturnValue<v8::Value>) -> v8::Intercepted {
    let Some(value) = system_name(name).and_then(std::env::var_os) else {
        return v8::Intercepted::kNo;
    };
    rv.set(text(scope, value.as_bytes()).into());
    v8::Intercepted::kYes
}

/// Sets a variable from any JavaScript value. A symbol throws as its conversion to a string does.
fn assign(scope: &mut v8::PinScope<'_, '_>, name: &[u8], value: v8::Local<v8::Value>) -> v8::Intercepted {
    if let Some(value) = value.to_string(scope) {
        let value = utf8(scope, value);
        set(scope, name, &value);
    }
    v8::Intercepted::kYes
}

fn query(name: &[u8], mut rv: v8::ReturnValue<v8::Integer>) -> v8::Intercepted {
    if system_name(name).and_then(std::env::var_os).is_none() {
        return v8::Intercepted::kNo;
    }
    rv.set_int32(0);
    v8::Intercepted::kYes
}

/// What `Object.defineProperty` may do: no more than an assignment.
fn define(scope: &mut v8::PinScope<'_, '_>, name: &[u8], descriptor: &v8::PropertyDescriptor) -> v8::Intercepted {
    if descriptor.has_value() {
        let plain = descriptor.has_configurable()
            && descriptor.has_enumerable()
            && descriptor.has_writable()
            && descriptor.configurable()
            && descriptor.enumerable()
            && descriptor.writable();
        if plain {
            let value = descriptor.value();
            return assign(scope, name, value);
        }
        return refuse(
            scope,
            "'process.env' only accepts a configurable, writable, and enumerable data descriptor",
        );
    }
    if descriptor.has_get() || descriptor.has_set() {
        return refuse(
            scope,
            "'process.env' does not accept an accessor(getter/setter) descriptor",
        );
    }
    refuse(
        scope,
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor",
    )
}

fn refuse(scope: &mut v8::PinScope<'_, '_>, message: &str) -> v8::Intercepted {
    let message = text(scope, message.as_bytes());
    let error = v8::Exception::type_error(scope, message);
    if let Ok(error) = v8::Local::<v8::Object>::try_from(error) {
        let key = text(scope, b"code");
        let code = text(scope, b"ERR_INVALID_OBJECT_DEFINE_PROPERTY");
        error.set(scope, key.into(), code.into());
    }
    scope.throw_exception(error);
    v8::Intercepted::kYes
}

// ------------------------------------------------------------------------------------------------------------------------
// V8's callbacks

fn named_getter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    _args: v8::PropertyCallbackArguments<'s>,
    rv: v8::ReturnValue<v8::Value>,
) -> v8::Intercepted {
    match key_bytes(scope, key) {
        Some(name) => get(scope, &name, rv),
        None => v8::Intercepted::kNo,
    }
}

fn named_setter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    value: v8::Local<'s, v8::Value>,
    _args: v8::PropertyCallbackArguments<'s>,
    _rv: v8::ReturnValue<()>,
) -> v8::Intercepted {
    match key_bytes(scope, key) {
        Some(name) => assign(scope, &name, value),
        None => {
            let message = text(scope, b"Cannot convert a Symbol value to a string");
            let error = v8::Exception::type_error(scope, message);
            scope.throw_exception(error);
            v8::Intercepted::kYes
        }
    }
}

fn named_query<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    _args: v8::PropertyCallbackArguments<'s>,
    rv: v8::ReturnValue<v8::Integer>,
) -> v8::Intercepted {
    key_bytes(scope, key).map_or(v8::Intercepted::kNo, |name| query(&name, rv))
}

fn named_deleter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    _args: v8::PropertyCallbackArguments<'s>,
    mut rv: v8::ReturnValue<v8::Boolean>,
) -> v8::Intercepted {
    if let Some(name) = key_bytes(scope, key) {
        remove(scope, &name);
    }
    // Deleting what is not there succeeds.
    rv.set_bool(true);
    v8::Intercepted::kYes
}

fn named_definer<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    key: v8::Local<'s, v8::Name>,
    descriptor: &v8::PropertyDescriptor,
    _args: v8::PropertyCallbackArguments<'s>,
    _rv: v8::ReturnValue<()>,
) -> v8::Intercepted {
    match key_bytes(scope, key) {
        Some(name) => define(scope, &name, descriptor),
        None => v8::Intercepted::kNo,
    }
}

fn enumerator<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    _args: v8::PropertyCallbackArguments<'s>,
    mut rv: v8::ReturnValue<v8::Array>,
) {
    let names: Vec<v8::Local<v8::Value>> = std::env::vars_os()
        .map(|(name, _)| text(scope, name.as_bytes()).into())
        .collect();
    rv.set(v8::Array::new_with_elements(scope, &names));
}

fn indexed_getter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    index: u32,
    _args: v8::PropertyCallbackArguments<'s>,
    rv: v8::ReturnValue<v8::Value>,
) -> v8::Intercepted {
    get(scope, index.to_string().as_bytes(), rv)
}

fn indexed_setter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    index: u32,
    value: v8::Local<'s, v8::Value>,
    _args: v8::PropertyCallbackArguments<'s>,
    _rv: v8::ReturnValue<()>,
) -> v8::Intercepted {
    assign(scope, index.to_string().as_bytes(), value)
}

fn indexed_query<'s>(
    _scope: &mut v8::PinScope<'s, '_>,
    index: u32,
    _args: v8::PropertyCallbackArguments<'s>,
    rv: v8::ReturnValue<v8::Integer>,
) -> v8::Intercepted {
    query(index.to_string().as_bytes(), rv)
}

fn indexed_deleter<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    index: u32,
    _args: v8::PropertyCallbackArguments<'s>,
    mut rv: v8::ReturnValue<v8::Boolean>,
) -> v8::Intercepted {
    remove(scope, index.to_string().as_bytes());
    rv.set_bool(true);
    v8::Intercepted::kYes
}

fn indexed_definer<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    index: u32,
    descriptor: &v8::PropertyDescriptor,
    _args: v8::PropertyCallbackArguments<'s>,
    _rv: v8::ReturnValue<()>,
) -> v8::Intercepted {
    define(scope, index.to_string().as_bytes(), descriptor)
}
