//! The global object of a context that has a sandbox: reads look at the sandbox first, writes and deletions go to both.

use deno_core::v8;
use v8::{
    Intercepted, Local, Name, PinScope, PropertyAttribute, PropertyCallbackArguments, PropertyDescriptor, ReturnValue,
};

use super::context::sandbox_of;

/// A template whose instances look into the sandbox of their context.
pub(super) fn template<'s>(scope: &mut PinScope<'s, '_>) -> Local<'s, v8::ObjectTemplate> {
    let template = v8::ObjectTemplate::new(scope);
    template.set_named_property_handler(
        v8::NamedPropertyHandlerConfiguration::new()
            .getter(named_get)
            .setter(named_set)
            .query(named_query)
            .deleter(named_delete)
            .enumerator(enumerate_names)
            .definer(named_define)
            .descriptor(named_descriptor),
    );
    template.set_indexed_property_handler(
        v8::IndexedPropertyHandlerConfiguration::new()
            .getter(indexed_get)
            .setter(indexed_set)
            .query(indexed_query)
            .deleter(indexed_delete)
            .enumerator(enumerate_indices)
            .definer(indexed_define)
            .descriptor(indexed_descriptor),
    );
    template
}

/// The global object that was asked, and the sandbox behind it.
struct Pair<'s> {
    global: Local<'s, v8::Object>,
    sandbox: Local<'s, v8::Object>,
}

fn pair<'s>(scope: &mut PinScope<'s, '_>, args: &PropertyCallbackArguments<'s>) -> Option<Pair<'s>> {
    let context = args.holder().get_creation_context(scope)?;
    let sandbox = sandbox_of(scope, context)?;
    let global = context.global(scope);
    Some(Pair { global, sandbox })
}

fn get<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    mut result: ReturnValue<v8::Value>,
) -> Intercepted {
    let Some(Pair { global, sandbox }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    let found = sandbox
        .get_real_named_property(scope, key)
        .or_else(|| global.get_real_named_property(scope, key));
    match found {
        // The sandbox is its context's global object, under either name.
        Some(value) if value == sandbox => result.set(global.into()),
        Some(value) => result.set(value),
        None => return Intercepted::kNo,
    }
    Intercepted::kYes
}

fn query<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    mut result: ReturnValue<v8::Integer>,
) -> Intercepted {
    let Some(Pair { global, sandbox }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    let owner = [sandbox, global]
        .into_iter()
        .find(|object| object.has_real_named_property(scope, key).unwrap_or(false));
    let attributes = owner.and_then(|owner| owner.get_real_named_property_attributes(scope, key));
    match attributes {
        Some(attributes) => {
            result.set_uint32(attributes.as_u32());
            Intercepted::kYes
        }
        None => Intercepted::kNo,
    }
}

fn set<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    value: Local<'s, v8::Value>,
    args: PropertyCallbackArguments<'s>,
) -> Intercepted {
    let Some(Pair { global, sandbox }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    let on_global = global.get_real_named_property_attributes(scope, key);
    let on_sandbox = sandbox.get_real_named_property_attributes(scope, key);
    let read_only = |attributes: &Option<PropertyAttribute>| attributes.as_ref().is_some_and(|a| a.is_read_only());
    if read_only(&on_global) || read_only(&on_sandbox) {
        return Intercepted::kNo;
    }
    if on_global.is_none() && on_sandbox.is_none() && key.is_symbol() {
        return Intercepted::kNo;
    }
    if sandbox.set(scope, key.into(), value).is_none() {
        // A setter or trap has thrown.
        return Intercepted::kYes;
    }
    // An accessor of the sandbox has taken the value; the global object would only hide it.
    if on_sandbox.is_some() && has_accessor(scope, sandbox, key) {
        return Intercepted::kYes;
    }
    Intercepted::kNo
}

fn has_accessor<'s>(scope: &mut PinScope<'s, '_>, object: Local<'s, v8::Object>, key: Local<'s, Name>) -> bool {
    let Some(descriptor) = object
        .get_own_property_descriptor(scope, key)
        .and_then(|descriptor| Local::<v8::Object>::try_from(descriptor).ok())
    else {
        return false;
    };
    ["get", "set"].into_iter().any(|name| {
        v8::String::new(scope, name)
            .and_then(|name| descriptor.has_own_property(scope, name.into()))
            .unwrap_or(false)
    })
}

fn delete<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    mut result: ReturnValue<v8::Boolean>,
) -> Intercepted {
    let Some(Pair { sandbox, .. }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    if sandbox.delete(scope, key.into()).unwrap_or(false) {
        return Intercepted::kNo;
    }
    result.set_bool(false);
    Intercepted::kYes
}

fn define<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    given: &PropertyDescriptor,
    args: PropertyCallbackArguments<'s>,
) -> Intercepted {
    let Some(Pair { global, sandbox }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    let fixed = global
        .get_real_named_property_attributes(scope, key)
        .is_some_and(|a| a.is_read_only() && a.is_dont_delete());
    if fixed {
        return Intercepted::kNo;
    }
    let undefined: Local<v8::Value> = v8::undefined(scope).into();
    let mut wanted = if given.has_get() || given.has_set() {
        let getter = if given.has_get() { given.get() } else { undefined };
        let setter = if given.has_set() { given.set() } else { undefined };
        PropertyDescriptor::new_from_get_set(getter, setter)
    } else {
        let value = if given.has_value() { given.value() } else { undefined };
        if given.has_writable() {
            PropertyDescriptor::new_from_value_writable(value, given.writable())
        } else {
            PropertyDescriptor::new_from_value(value)
        }
    };
    if given.has_enumerable() {
        wanted.set_enumerable(given.enumerable());
    }
    if given.has_configurable() {
        wanted.set_configurable(given.configurable());
    }
    sandbox.define_property(scope, key, &wanted);
    Intercepted::kNo
}

fn descriptor<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    mut result: ReturnValue<v8::Value>,
) -> Intercepted {
    let Some(Pair { sandbox, .. }) = pair(scope, &args) else {
        return Intercepted::kNo;
    };
    if !sandbox.has_own_property(scope, key).unwrap_or(false) {
        return Intercepted::kNo;
    }
    match sandbox.get_own_property_descriptor(scope, key) {
        Some(found) => {
            result.set(found);
            Intercepted::kYes
        }
        None => Intercepted::kNo,
    }
}

fn enumerate<'s>(
    scope: &mut PinScope<'s, '_>,
    args: PropertyCallbackArguments<'s>,
    mut result: ReturnValue<v8::Array>,
    indices: bool,
) {
    let Some(Pair { sandbox, .. }) = pair(scope, &args) else {
        return;
    };
    let names = sandbox.get_own_property_names(
        scope,
        v8::GetPropertyNamesArgs {
            property_filter: v8::PropertyFilter::ALL_PROPERTIES,
            index_filter: if indices {
                v8::IndexFilter::IncludeIndices
            } else {
                v8::IndexFilter::SkipIndices
            },
            key_conversion: v8::KeyConversionMode::KeepNumbers,
            ..Default::default()
        },
    );
    let Some(names) = names else {
        return;
    };
    if !indices {
        result.set(names);
        return;
    }
    let mut numbers: Vec<Local<v8::Value>> = Vec::new();
    for at in 0..names.length() {
        if let Some(name) = names.get_index(scope, at)
            && name.is_uint32()
        {
            numbers.push(name);
        }
    }
    let numbers = v8::Array::new_with_elements(scope, &numbers);
    result.set(numbers);
}

fn name_of<'s>(scope: &mut PinScope<'s, '_>, index: u32) -> Local<'s, Name> {
    v8::String::new(scope, &index.to_string())
        .unwrap_or_else(|| v8::String::empty(scope))
        .into()
}

// ------------------------------------------------------------------------------------------------------------------------
// What V8 calls, by name and by index

fn named_get<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Value>,
) -> Intercepted {
    get(scope, key, args, result)
}

fn indexed_get<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Value>,
) -> Intercepted {
    let key = name_of(scope, index);
    get(scope, key, args, result)
}

fn named_query<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Integer>,
) -> Intercepted {
    query(scope, key, args, result)
}

fn indexed_query<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Integer>,
) -> Intercepted {
    let key = name_of(scope, index);
    query(scope, key, args, result)
}

fn named_set<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    value: Local<'s, v8::Value>,
    args: PropertyCallbackArguments<'s>,
    _result: ReturnValue<()>,
) -> Intercepted {
    set(scope, key, value, args)
}

fn indexed_set<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    value: Local<'s, v8::Value>,
    args: PropertyCallbackArguments<'s>,
    _result: ReturnValue<()>,
) -> Intercepted {
    let key = name_of(scope, index);
    set(scope, key, value, args)
}

fn named_delete<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Boolean>,
) -> Intercepted {
    delete(scope, key, args, result)
}

fn indexed_delete<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Boolean>,
) -> Intercepted {
    let key = name_of(scope, index);
    delete(scope, key, args, result)
}

fn named_define<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    descriptor: &PropertyDescriptor,
    args: PropertyCallbackArguments<'s>,
    _result: ReturnValue<()>,
) -> Intercepted {
    define(scope, key, descriptor, args)
}

fn indexed_define<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    descriptor: &PropertyDescriptor,
    args: PropertyCallbackArguments<'s>,
    _result: ReturnValue<()>,
) -> Intercepted {
    let key = name_of(scope, index);
    define(scope, key, descriptor, args)
}

fn named_descriptor<'s>(
    scope: &mut PinScope<'s, '_>,
    key: Local<'s, Name>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Value>,
) -> Intercepted {
    descriptor(scope, key, args, result)
}

fn indexed_descriptor<'s>(
    scope: &mut PinScope<'s, '_>,
    index: u32,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Value>,
) -> Intercepted {
    let key = name_of(scope, index);
    descriptor(scope, key, args, result)
}

fn enumerate_names<'s>(
    scope: &mut PinScope<'s, '_>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Array>,
) {
    enumerate(scope, args, result, false);
}

fn enumerate_indices<'s>(
    scope: &mut PinScope<'s, '_>,
    args: PropertyCallbackArguments<'s>,
    result: ReturnValue<v8::Array>,
) {
    enumerate(scope, args, result, true);
}
