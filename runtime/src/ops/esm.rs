//! ES modules: V8's module records for the loader in js/internal/modules/esm. What a specifier means, where text comes from and in which order
//! things happen is decided there; here are compiling, linking, evaluating, and V8's two questions: `import()` and `import.meta`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::num::NonZeroI32;
use std::rc::Rc;

use deno_core::{GarbageCollected, JsRuntime, OpState, op2, v8};

use super::esm_attributes as attributes;

/// One module, as JavaScript holds it.
pub struct ModuleRecord {
    pub(super) inner: Rc<Inner>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for ModuleRecord {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"ModuleRecord"
    }
}

pub(super) struct Inner {
    pub(super) module: v8::Global<v8::Module>,
    /// What the `import.meta` handler is told about this module.
    pub(super) host: v8::Global<v8::Value>,
    /// Request key to module, once linked.
    pub(super) links: RefCell<HashMap<String, v8::Global<v8::Module>>>,
    /// For a synthetic module: what sets its exports.
    pub(super) steps: Option<v8::Global<v8::Function>>,
}

/// The modules of one runtime, by V8's identity hash.
#[derive(Default)]
struct Registry {
    modules: HashMap<NonZeroI32, Vec<Rc<Inner>>>,
    import: Option<v8::Global<v8::Function>>,
    meta: Option<v8::Global<v8::Function>>,
}

fn with_registry<T>(state: &mut OpState, run: impl FnOnce(&mut Registry) -> T) -> T {
    if !state.has::<Registry>() {
        state.put(Registry::default());
    }
    run(state.borrow_mut::<Registry>())
}

/// Makes a module known; its record for JavaScript. `steps` are a synthetic module's.
pub(super) fn register<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    module: v8::Local<'s, v8::Module>,
    host: v8::Local<'s, v8::Value>,
    steps: Option<v8::Local<'s, v8::Function>>,
) -> v8::Local<'s, v8::Value> {
    let hash = module.get_identity_hash();
    let inner = Rc::new(Inner {
        module: v8::Global::new(scope, module),
        host: v8::Global::new(scope, host),
        links: RefCell::default(),
        steps: steps.map(|steps| v8::Global::new(scope, steps)),
    });
    let state = JsRuntime::op_state_from(scope);
    with_registry(&mut state.borrow_mut(), |registry| {
        registry.modules.entry(hash).or_default().push(inner.clone());
    });
    deno_core::cppgc::make_cppgc_object(scope, ModuleRecord { inner }).into()
}

fn find(scope: &v8::Isolate, module: v8::Local<v8::Module>) -> Option<Rc<Inner>> {
    let state = JsRuntime::op_state_from(scope);
    let mut state = state.borrow_mut();
    with_registry(&mut state, |registry| {
        let bucket = registry.modules.get(&module.get_identity_hash())?;
        bucket.iter().find(|inner| inner.module == module).cloned()
    })
}

fn undefined<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    v8::undefined(scope).into()
}

/// Sets what V8 calls for `import()`: `(referrer, specifier, attributes, importId)` returning a promise, and when `import.meta` is first
/// looked at: `(host, meta)`.
#[op2]
pub fn op_runtime_esm_handlers(
    scope: &mut v8::PinScope<'_, '_>,
    #[scoped] import: v8::Global<v8::Function>,
    #[scoped] meta: v8::Global<v8::Function>,
) {
    let state = JsRuntime::op_state_from(scope);
    with_registry(&mut state.borrow_mut(), |registry| {
        registry.import = Some(import);
        registry.meta = Some(meta);
    });
    scope.set_host_import_module_dynamically_callback(import_dynamically);
    scope.set_host_import_module_with_phase_dynamically_callback(import_with_phase);
    scope.set_host_initialize_import_meta_object_callback(initialize_import_meta);
}

/// Compiles the text of an ES module. `host` is handed to the `import.meta` handler, `import_id` to the `import()` handler (0: none).
/// A syntax error is thrown.
#[op2(reentrant)]
pub fn op_runtime_esm_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    url: v8::Local<'s, v8::String>,
    host: v8::Local<'s, v8::Value>,
    import_id: u32,
    line_offset: i32,
    column_offset: i32,
) -> v8::Local<'s, v8::Value> {
    let options = host_defined_options(scope, import_id);
    let origin = v8::ScriptOrigin::new(
        scope,
        url.into(),
        line_offset,
        column_offset,
        false,
        -1,
        None,
        false,
        false,
        true,
        options,
    );
    let mut source = v8::script_compiler::Source::new(source, Some(&origin));
    let Some(module) = v8::script_compiler::compile_module(scope, &mut source) else {
        return undefined(scope);
    };
    register(scope, module, host, None)
}

/// What the module imports: for each request `specifier, attributes, line, column` in one flat array; attributes are `[key, value, ...]` or
/// `null`, line and column count from 1 and 0.
#[op2]
pub fn op_runtime_esm_requests<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    let mut flat: Vec<v8::Local<v8::Value>> = Vec::new();
    for request in requests_of(scope, module) {
        let location = module.source_offset_to_location(request.get_source_offset());
        let pairs = attributes::pairs_of_request(scope, request.get_import_attributes());
        flat.push(request.get_specifier().into());
        flat.push(attributes::to_array(scope, &pairs));
        flat.push(v8::Integer::new(scope, location.get_line_number() + 1).into());
        flat.push(v8::Integer::new(scope, location.get_column_number()).into());
    }
    v8::Array::new_with_elements(scope, &flat).into()
}

/// Says which module each request means, in the order of [`op_runtime_esm_requests`].
#[op2(fast)]
pub fn op_runtime_esm_link<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
    records: v8::Local<'s, v8::Array>,
) {
    let module = v8::Local::new(scope, &record.inner.module);
    let requests = requests_of(scope, module);
    for (index, request) in requests.into_iter().enumerate() {
        let Some(linked) = records.get_index(scope, index as u32) else {
            continue;
        };
        let Some(linked) = deno_core::cppgc::try_unwrap_cppgc_object::<ModuleRecord>(scope, linked) else {
            continue;
        };
        let pairs = attributes::pairs_of_request(scope, request.get_import_attributes());
        let key = request_key(scope, request.get_specifier(), &pairs);
        // SAFETY: the object is on the JavaScript stack, in `records`, for the whole call.
        let linked = unsafe { linked.as_ref() }.inner.module.clone();
        record.inner.links.borrow_mut().insert(key, linked);
    }
}

/// Instantiates the module and all that it is linked to. A missing export is thrown as a SyntaxError.
#[op2(fast, reentrant)]
pub fn op_runtime_esm_instantiate(scope: &mut v8::PinScope<'_, '_>, #[cppgc] record: &ModuleRecord) {
    let module = v8::Local::new(scope, &record.inner.module);
    // Without a result an exception is pending.
    let _ = module.instantiate_module(scope, resolve_request);
}

/// Runs the module and what it imports; returns V8's promise for its end.
#[op2(reentrant)]
pub fn op_runtime_esm_evaluate<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    match module.evaluate(scope) {
        Some(promise) => promise,
        None => undefined(scope),
    }
}

/// Whether the module or one that it imports has top-level await. It must be instantiated.
#[op2(fast)]
pub fn op_runtime_esm_is_async(#[cppgc] record: &ModuleRecord, isolate: &mut v8::Isolate) -> bool {
    record.inner.module.open(isolate).is_graph_async()
}

/// 0 uninstantiated, 1 instantiating, 2 instantiated, 3 evaluating, 4 evaluated, 5 errored.
#[op2(fast)]
pub fn op_runtime_esm_status(#[cppgc] record: &ModuleRecord, isolate: &mut v8::Isolate) -> u32 {
    match record.inner.module.open(isolate).get_status() {
        v8::ModuleStatus::Uninstantiated => 0,
        v8::ModuleStatus::Instantiating => 1,
        v8::ModuleStatus::Instantiated => 2,
        v8::ModuleStatus::Evaluating => 3,
        v8::ModuleStatus::Evaluated => 4,
        v8::ModuleStatus::Errored => 5,
    }
}

/// What the module has thrown. Its status must be 5.
#[op2]
pub fn op_runtime_esm_error<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    match module.get_status() {
        v8::ModuleStatus::Errored => module.get_exception(),
        _ => undefined(scope),
    }
}

/// The namespace object. The module must be instantiated.
#[op2]
pub fn op_runtime_esm_namespace<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    match module.get_status() {
        v8::ModuleStatus::Uninstantiated | v8::ModuleStatus::Instantiating => undefined(scope),
        _ => module.get_module_namespace(),
    }
}

/// Sets an export of a synthetic module. A name that it does not have is thrown.
#[op2(fast, reentrant)]
pub fn op_runtime_esm_set_export<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
    name: v8::Local<'s, v8::String>,
    value: v8::Local<'s, v8::Value>,
) {
    let module = v8::Local::new(scope, &record.inner.module);
    // Without a result an exception is pending.
    let _ = module.set_synthetic_module_export(scope, name, value);
}

/// Where evaluation waits for a top-level await that nothing will settle: `[url, line, sourceLine, startColumn]` for each.
#[op2]
pub fn op_runtime_esm_stalled<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    let mut places: Vec<v8::Local<v8::Value>> = Vec::new();
    for (_, message) in module.get_stalled_top_level_await_message(scope) {
        let (Some(resource), Some(source)) = (message.get_script_resource_name(scope), message.get_source_line(scope))
        else {
            continue;
        };
        let line = i32::try_from(message.get_line_number(scope).unwrap_or(0)).unwrap_or(0);
        let start = i32::try_from(message.get_start_column()).unwrap_or(0);
        let line = v8::Integer::new(scope, line).into();
        let start = v8::Integer::new(scope, start).into();
        places.push(v8::Array::new_with_elements(scope, &[resource, line, source.into(), start]).into());
    }
    v8::Array::new_with_elements(scope, &places).into()
}

/// What scripts and modules carry so that the `import()` handler knows whose they are. 0 is nobody in particular.
pub(super) fn host_defined_options<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    import_id: u32,
) -> Option<v8::Local<'s, v8::Data>> {
    if import_id == 0 {
        return None;
    }
    let options = v8::PrimitiveArray::new(scope, 2);
    let id = v8::Integer::new_from_unsigned(scope, import_id);
    // The first place is where deno_core looks for marks of its own.
    let ours = v8::null(scope);
    options.set(scope, 0, ours);
    options.set(scope, 1, id.into());
    Some(options.into())
}

fn requests_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    module: v8::Local<'s, v8::Module>,
) -> Vec<v8::Local<'s, v8::ModuleRequest>> {
    let requests = module.get_module_requests();
    (0..requests.length())
        .filter_map(|i| requests.get(scope, i))
        .filter_map(|request| v8::Local::<v8::ModuleRequest>::try_from(request).ok())
        .collect()
}

fn request_key(
    scope: &mut v8::PinScope<'_, '_>,
    specifier: v8::Local<v8::String>,
    pairs: &attributes::Pairs,
) -> String {
    let mut key = specifier.to_rust_string_lossy(scope);
    let mut sorted: Vec<String> = pairs
        .iter()
        .map(|(k, v)| format!("{}={}", k.to_rust_string_lossy(scope), v.to_rust_string_lossy(scope)))
        .collect();
    sorted.sort();
    for pair in sorted {
        key.push('\0');
        key.push_str(&pair);
    }
    key
}

pub(super) fn resolve_request<'s>(
    context: v8::Local<'s, v8::Context>,
    specifier: v8::Local<'s, v8::String>,
    request_attributes: v8::Local<'s, v8::FixedArray>,
    referrer: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Module>> {
    v8::callback_scope!(unsafe scope, context);
    let pairs = attributes::pairs_of_request(scope, request_attributes);
    let key = request_key(scope, specifier, &pairs);
    let linked = find(scope, referrer).and_then(|inner| inner.links.borrow().get(&key).cloned());
    if let Some(linked) = linked {
        return Some(v8::Local::new(scope, linked));
    }
    let text = format!(
        "request for '{}' is not yet fulfilled",
        specifier.to_rust_string_lossy(scope)
    );
    let text = v8::String::new(scope, &text)?;
    let error = v8::Exception::error(scope, text);
    scope.throw_exception(error);
    None
}

pub(super) fn evaluate_synthetic<'s>(
    context: v8::Local<'s, v8::Context>,
    module: v8::Local<'s, v8::Module>,
) -> Option<v8::Local<'s, v8::Value>> {
    v8::callback_scope!(unsafe scope, context);
    let inner = find(scope, module)?;
    let steps = v8::Local::new(scope, inner.steps.as_ref()?);
    let receiver = undefined(scope);
    steps.call(scope, receiver, &[])?;
    // V8 wants a promise that is settled already.
    let resolver = v8::PromiseResolver::new(scope)?;
    resolver.resolve(scope, receiver);
    Some(resolver.get_promise(scope).into())
}

fn import_dynamically<'s, 'i>(
    scope: &mut v8::PinScope<'s, 'i>,
    options: v8::Local<'s, v8::Data>,
    resource_name: v8::Local<'s, v8::Value>,
    specifier: v8::Local<'s, v8::String>,
    import_attributes: v8::Local<'s, v8::FixedArray>,
) -> Option<v8::Local<'s, v8::Promise>> {
    let state = JsRuntime::op_state_from(scope);
    let handler = with_registry(&mut state.borrow_mut(), |registry| registry.import.clone())?;
    let handler = v8::Local::new(scope, handler);
    let pairs = attributes::pairs_of_import(scope, import_attributes);
    let pairs = attributes::to_array(scope, &pairs);
    let id = import_id_of(scope, options);
    let receiver = undefined(scope);
    let result = handler.call(scope, receiver, &[resource_name, specifier.into(), pairs, id])?;
    let promise = v8::Local::<v8::Promise>::try_from(result).ok()?;
    // The handler's promise is the main context's. Code of another one gets one of its own.
    let here = scope.get_current_context();
    if handler.get_creation_context(scope) == Some(here) {
        return Some(promise);
    }
    let resolver = v8::PromiseResolver::new(scope)?;
    resolver.resolve(scope, promise.into());
    Some(resolver.get_promise(scope))
}

fn import_with_phase<'s, 'i>(
    scope: &mut v8::PinScope<'s, 'i>,
    options: v8::Local<'s, v8::Data>,
    resource_name: v8::Local<'s, v8::Value>,
    specifier: v8::Local<'s, v8::String>,
    phase: v8::ModuleImportPhase,
    import_attributes: v8::Local<'s, v8::FixedArray>,
) -> Option<v8::Local<'s, v8::Promise>> {
    if phase == v8::ModuleImportPhase::kEvaluation {
        return import_dynamically(scope, options, resource_name, specifier, import_attributes);
    }
    let text = v8::String::new(scope, "Source phase imports are not supported")?;
    let error = v8::Exception::syntax_error(scope, text);
    scope.throw_exception(error);
    None
}

fn import_id_of<'s>(scope: &mut v8::PinScope<'s, '_>, options: v8::Local<'s, v8::Data>) -> v8::Local<'s, v8::Value> {
    // SAFETY: V8 hands the callback the script's host-defined options, which are always a PrimitiveArray (an empty one when there are none).
    let options: v8::Local<v8::PrimitiveArray> = unsafe { std::mem::transmute(options) };
    if options.length() < 2 {
        return v8::Integer::new(scope, 0).into();
    }
    options.get(scope, 1).into()
}

extern "C" fn initialize_import_meta(
    context: v8::Local<v8::Context>,
    module: v8::Local<v8::Module>,
    meta: v8::Local<v8::Object>,
) {
    v8::callback_scope!(unsafe scope, context);
    let Some(inner) = find(scope, module) else {
        return;
    };
    let state = JsRuntime::op_state_from(scope);
    let Some(handler) = with_registry(&mut state.borrow_mut(), |registry| registry.meta.clone()) else {
        return;
    };
    let handler = v8::Local::new(scope, handler);
    let host = v8::Local::new(scope, &inner.host);
    let receiver = undefined(scope);
    handler.call(scope, receiver, &[host, meta.into()]);
}
