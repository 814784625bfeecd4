//! What V8's serializer asks its owner, passed on to one JavaScript function.

use std::cell::RefCell;
use std::rc::Rc;

use deno_core::v8;
use v8::{Local, PinScope, ValueDeserializerHelper, ValueSerializerHelper};

/// The questions, as the JavaScript function gets them in its first argument. `js/internal/v8/questions.js` has the same numbers.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(super) enum Question {
    /// `(message)`: throws the error for a value that cannot be cloned.
    CloneError = 0,
    /// `(object)`: writes a host object.
    WriteHostObject = 1,
    /// `(buffer)`: a number for a shared array buffer, or undefined for one that cannot be had.
    SharedBufferId = 2,
    /// `()`: reads a host object.
    ReadHostObject = 3,
    /// `(number)`: the shared array buffer of a number.
    SharedBuffer = 4,
    /// `(module)`: a number for a compiled WebAssembly module, or undefined.
    WasmModuleId = 5,
    /// `(number)`: the compiled WebAssembly module of a number.
    WasmModule = 6,
}

struct Asked {
    receiver: v8::Global<v8::Object>,
    answer: v8::Global<v8::Function>,
}

/// Whom to ask while a value is written or read. Nobody is held in between, so that a serializer and its owner can be collected.
#[derive(Default)]
pub(super) struct Owner {
    asked: RefCell<Vec<Rc<Asked>>>,
    /// The symbol on objects that are to be written as host objects, where those are told apart so.
    brand: RefCell<Option<v8::Global<v8::Symbol>>>,
}

impl Owner {
    pub(super) fn set_brand(&self, scope: &mut PinScope<'_, '_>, brand: Local<v8::Symbol>) {
        self.brand.replace(Some(v8::Global::new(scope, brand)));
    }

    /// Runs `work`, during which questions go to `answer` with `receiver` as `this`.
    pub(super) fn while_asking<'s, T>(
        &self,
        scope: &mut PinScope<'s, '_>,
        receiver: Local<'s, v8::Object>,
        answer: Local<'s, v8::Function>,
        work: impl FnOnce(&mut PinScope<'s, '_>) -> T,
    ) -> T {
        self.asked.borrow_mut().push(Rc::new(Asked {
            receiver: v8::Global::new(scope, receiver),
            answer: v8::Global::new(scope, answer),
        }));
        let result = work(scope);
        self.asked.borrow_mut().pop();
        result
    }

    fn ask<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        question: Question,
        argument: Option<Local<'s, v8::Value>>,
    ) -> Option<Local<'s, v8::Value>> {
        let asked = self.asked.borrow().last().cloned()?;
        let receiver = Local::new(scope, &asked.receiver);
        let answer = Local::new(scope, &asked.answer);
        let question = v8::Integer::new_from_unsigned(scope, question as u32).into();
        match argument {
            Some(argument) => answer.call(scope, receiver.into(), &[question, argument]),
            None => answer.call(scope, receiver.into(), &[question]),
        }
    }

    fn ask_for_id<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        question: Question,
        argument: Local<'s, v8::Value>,
    ) -> Option<u32> {
        let id = self.ask(scope, question, Some(argument))?;
        if id.is_undefined() {
            None
        } else {
            id.uint32_value(scope)
        }
    }
}

/// The serializer's half of V8's contract.
pub(super) struct Writing(pub Rc<Owner>);

impl v8::ValueSerializerImpl for Writing {
    fn throw_data_clone_error<'s>(&self, scope: &mut PinScope<'s, '_>, message: Local<'s, v8::String>) {
        // The answer throws.
        self.0.ask(scope, Question::CloneError, Some(message.into()));
    }

    fn has_custom_host_object(&self, _isolate: &v8::Isolate) -> bool {
        self.0.brand.borrow().is_some()
    }

    fn is_host_object<'s>(&self, scope: &mut PinScope<'s, '_>, object: Local<'s, v8::Object>) -> Option<bool> {
        let Some(brand) = self.0.brand.borrow().clone() else {
            return Some(object.internal_field_count() > 0 || object.is_api_wrapper());
        };
        if object.is_api_wrapper() {
            return Some(true);
        }
        let brand = Local::new(scope, brand);
        if object.has(scope, brand.into())? {
            return Some(true);
        }
        let key = super::clone::uncloneable(scope);
        object.has_private(scope, key)
    }

    fn write_host_object<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        object: Local<'s, v8::Object>,
        serializer: &dyn ValueSerializerHelper,
    ) -> Option<bool> {
        let answer = self.0.ask(scope, Question::WriteHostObject, Some(object.into()))?;
        // A number is all there is to write; without one the answer has done the writing.
        if answer.is_number() {
            serializer.write_uint32(answer.uint32_value(scope)?);
        }
        Some(true)
    }

    fn get_shared_array_buffer_id<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        buffer: Local<'s, v8::SharedArrayBuffer>,
    ) -> Option<u32> {
        self.0.ask_for_id(scope, Question::SharedBufferId, buffer.into())
    }

    fn get_wasm_module_transfer_id(
        &self,
        scope: &mut PinScope<'_, '_>,
        module: Local<v8::WasmModuleObject>,
    ) -> Option<u32> {
        let module: Local<v8::Value> = module.into();
        let module = Local::new(scope, module);
        self.0.ask_for_id(scope, Question::WasmModuleId, module)
    }
}

/// The deserializer's half of V8's contract.
pub(super) struct Reading(pub Rc<Owner>);

impl Reading {
    fn ask<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        question: Question,
        argument: Option<u32>,
    ) -> Option<Local<'s, v8::Value>> {
        // V8 expects no JavaScript to run while it reads, unless told so.
        let scope = std::pin::pin!(v8::AllowJavascriptExecutionScope::new(scope));
        let scope = &mut scope.init();
        let argument = argument.map(|number| v8::Integer::new_from_unsigned(scope, number).into());
        self.0.ask(scope, question, argument)
    }
}

impl v8::ValueDeserializerImpl for Reading {
    fn read_host_object<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        deserializer: &dyn ValueDeserializerHelper,
    ) -> Option<Local<'s, v8::Object>> {
        // Clones carry the number of a host object; others read what they have written.
        let number = if self.0.brand.borrow().is_some() {
            let mut number = 0;
            if !deserializer.read_uint32(&mut number) {
                return None;
            }
            Some(number)
        } else {
            None
        };
        let object = self.ask(scope, Question::ReadHostObject, number)?;
        Local::<v8::Object>::try_from(object).ok()
    }

    fn get_shared_array_buffer_from_id<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        id: u32,
    ) -> Option<Local<'s, v8::SharedArrayBuffer>> {
        let buffer = self.ask(scope, Question::SharedBuffer, Some(id))?;
        Local::<v8::SharedArrayBuffer>::try_from(buffer).ok()
    }

    fn get_wasm_module_from_id<'s>(
        &self,
        scope: &mut PinScope<'s, '_>,
        id: u32,
    ) -> Option<Local<'s, v8::WasmModuleObject>> {
        let module = self.ask(scope, Question::WasmModule, Some(id))?;
        Local::<v8::WasmModuleObject>::try_from(module).ok()
    }
}
