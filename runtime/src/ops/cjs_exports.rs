//! Which names a CommonJS module exports, guessed from its text without running it, so that `import { name }` of one works. The forms that
//! count are those that Node documents: assignments to `exports` and `module.exports`, `Object.defineProperty`, and the re-exports of compilers.

use deno_core::{op2, v8};

use super::cjs_strings::unescape;
use super::cjs_tokens::{Token, tokenize};

/// What was found, in the order of appearance.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Names of exports.
    pub names: Vec<String>,
    /// Specifiers of modules whose exports are this one's too.
    pub reexports: Vec<String>,
}

/// `[names, reexports]` of the text of a CommonJS module.
#[op2]
pub fn op_runtime_cjs_exports<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[string] source: &str,
) -> v8::Local<'s, v8::Value> {
    let found = find(source);
    let names = to_array(scope, &found.names);
    let reexports = to_array(scope, &found.reexports);
    v8::Array::new_with_elements(scope, &[names, reexports]).into()
}

fn to_array<'s>(scope: &mut v8::PinScope<'s, '_>, list: &[String]) -> v8::Local<'s, v8::Value> {
    let items: Vec<v8::Local<v8::Value>> = list
        .iter()
        .filter_map(|text| v8::String::new(scope, text))
        .map(Into::into)
        .collect();
    v8::Array::new_with_elements(scope, &items).into()
}

fn find(source: &str) -> Found {
    let tokens = tokenize(source);
    let mut search = Search {
        tokens: &tokens,
        found: Found::default(),
        required: Vec::new(),
    };
    for at in 0..tokens.len() {
        search.look(at);
    }
    search.found
}

struct Search<'t, 'a> {
    tokens: &'t [Token<'a>],
    found: Found,
    /// Variables that hold a required module.
    required: Vec<(&'a str, &'a str)>,
}

impl<'a> Search<'_, 'a> {
    fn look(&mut self, at: usize) {
        let Some(name) = self.name(at) else {
            return;
        };
        // A property of something else: `foo.exports`.
        let is_property = at > 0 && self.is(at - 1, b'.');
        match name {
            "exports" if !is_property => self.assignment(at + 1),
            "module" if !is_property && self.is(at + 1, b'.') && self.name(at + 2) == Some("exports") => {
                if self.is(at + 3, b'=') {
                    self.whole(at + 4);
                } else {
                    self.assignment(at + 3);
                }
            }
            "Object" if !is_property && self.is(at + 1, b'.') => match self.name(at + 2) {
                Some("defineProperty") => self.define_property(at + 3),
                Some("keys") => self.copy_of_keys(at + 3),
                _ => {}
            },
            "__export" | "__exportStar" => {
                if self.is(at + 1, b'(')
                    && let Some((specifier, _)) = self.require(at + 2)
                {
                    self.reexport(specifier);
                }
            }
            _ => self.variable(at, name),
        }
    }

    /// `.name =` or `['name'] =`
    fn assignment(&mut self, at: usize) {
        if self.is(at, b'.') {
            if let Some(name) = self.name(at + 1)
                && self.is(at + 2, b'=')
            {
                self.export(name);
            }
        } else if self.is(at, b'[')
            && let Some(name) = self.text(at + 1)
            && self.is(at + 2, b']')
            && self.is(at + 3, b'=')
        {
            self.export(name);
        }
    }

    /// The value of `module.exports =`: what came before it is gone.
    fn whole(&mut self, at: usize) {
        self.found.reexports.clear();
        if let Some((specifier, _)) = self.require(at) {
            self.reexport(specifier);
        } else if self.is(at, b'{') {
            self.object(at + 1);
        }
    }

    /// The keys of an object literal, up to the first that is not plain.
    fn object(&mut self, mut at: usize) {
        loop {
            if self.is(at, b'.') && self.is(at + 1, b'.') && self.is(at + 2, b'.') {
                at += 3;
                if let Some((specifier, after)) = self.require(at) {
                    self.reexport(specifier);
                    at = after;
                } else if self.name(at).is_some() {
                    at += 1;
                } else {
                    return;
                }
            } else {
                let Some(name) = self.name(at).or_else(|| self.text(at)) else {
                    return;
                };
                let quoted = self.text(at).is_some();
                at += 1;
                if self.is(at, b':') {
                    if self.name(at + 1).is_none() {
                        return;
                    }
                    self.export(name);
                    at += 2;
                } else if !quoted && (self.is(at, b',') || self.is(at, b'}')) {
                    self.export(name);
                } else {
                    return;
                }
            }
            if !self.is(at, b',') {
                return;
            }
            at += 1;
        }
    }

    /// `(exports, 'name', { enumerable: true, value: ...` or with a getter that only returns something.
    fn define_property(&mut self, at: usize) {
        if !self.is(at, b'(') {
            return;
        }
        let Some(at) = self.exports_object(at + 1) else {
            return;
        };
        let (true, Some(name), true, true) = (
            self.is(at, b','),
            self.text(at + 1),
            self.is(at + 2, b','),
            self.is(at + 3, b'{'),
        ) else {
            return;
        };
        let mut at = at + 4;
        if self.name(at) == Some("enumerable") && self.is(at + 1, b':') {
            at += 2;
            // `true`, or a minifier's `!0`.
            at += if self.is(at, b'!') { 2 } else { 1 };
            if !self.is(at, b',') {
                return;
            }
            at += 1;
        }
        match self.name(at) {
            Some("value") if self.is(at + 1, b':') => self.export(name),
            Some("get") if self.getter_only_returns(at + 1) => self.export(name),
            _ => {}
        }
    }

    /// `: function name() { return a.b; }`, `() { return a['b'] }`, and nothing behind it.
    fn getter_only_returns(&self, mut at: usize) -> bool {
        if self.is(at, b':') {
            if self.name(at + 1) != Some("function") {
                return false;
            }
            at += 2;
            if self.name(at).is_some() {
                at += 1;
            }
        }
        if !(self.is(at, b'(') && self.is(at + 1, b')') && self.is(at + 2, b'{')) {
            return false;
        }
        at += 3;
        if self.name(at) != Some("return") || self.name(at + 1).is_none() {
            return false;
        }
        at += 2;
        if self.is(at, b'.') && self.name(at + 1).is_some() {
            at += 2;
        } else if self.is(at, b'[') && self.text(at + 1).is_some() && self.is(at + 2, b']') {
            at += 3;
        }
        if self.is(at, b';') {
            at += 1;
        }
        if !self.is(at, b'}') {
            return false;
        }
        at += 1;
        if self.is(at, b',') {
            at += 1;
        }
        self.is(at, b'}') && self.is(at + 1, b')')
    }

    /// `(x).forEach(function (key) { ... exports[key] = ...` where `x` holds a required module.
    fn copy_of_keys(&mut self, at: usize) {
        if !(self.is(at, b'(') && self.is(at + 2, b')') && self.is(at + 3, b'.')) {
            return;
        }
        let (Some(source), Some("forEach"), true) = (self.name(at + 1), self.name(at + 4), self.is(at + 5, b'('))
        else {
            return;
        };
        if self.name(at + 6) != Some("function") || !self.is(at + 7, b'(') || !self.is(at + 9, b')') {
            return;
        }
        let Some(key) = self.name(at + 8) else {
            return;
        };
        let Some(specifier) = self
            .required
            .iter()
            .rev()
            .find(|(name, _)| *name == source)
            .map(|(_, s)| *s)
        else {
            return;
        };
        let end = self.end_of_block(at + 10);
        let copies = (at + 10..end).any(|i| {
            let assigns = self.name(i) == Some("exports")
                && self.is(i + 1, b'[')
                && self.name(i + 2) == Some(key)
                && self.is(i + 3, b']')
                && self.is(i + 4, b'=');
            let defines = self.name(i) == Some("defineProperty")
                && self.is(i + 1, b'(')
                && self
                    .exports_object(i + 2)
                    .is_some_and(|after| self.is(after, b',') && self.name(after + 1) == Some(key));
            assigns || defines
        });
        if copies {
            self.reexport(specifier);
        }
    }

    /// `x = require('y')`, also through a function that makes a namespace of it.
    fn variable(&mut self, at: usize, name: &'a str) {
        if !self.is(at + 1, b'=') {
            return;
        }
        let direct = self.require(at + 2);
        let wrapped = || {
            self.name(at + 2)?;
            self.is(at + 3, b'(').then(|| self.require(at + 4)).flatten()
        };
        if let Some((specifier, _)) = direct.or_else(wrapped) {
            self.required.push((name, specifier));
        }
    }

    /// `require('x')`: the specifier and where the next token is.
    fn require(&self, at: usize) -> Option<(&'a str, usize)> {
        let is_call = self.name(at) == Some("require") && self.is(at + 1, b'(') && self.is(at + 3, b')');
        is_call
            .then(|| self.text(at + 2))
            .flatten()
            .map(|specifier| (specifier, at + 4))
    }

    /// `exports` or `module.exports`: where the next token is.
    fn exports_object(&self, at: usize) -> Option<usize> {
        match self.name(at)? {
            "exports" => Some(at + 1),
            "module" if self.is(at + 1, b'.') && self.name(at + 2) == Some("exports") => Some(at + 3),
            _ => None,
        }
    }

    /// The index of the brace that closes the block that `at` opens.
    fn end_of_block(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (index, token) in self.tokens.iter().enumerate().skip(at) {
            match token {
                Token::Mark(b'{') => depth += 1,
                Token::Mark(b'}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return index;
                    }
                }
                _ => {}
            }
        }
        self.tokens.len()
    }

    fn name(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at) {
            Some(Token::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// A string as it is written, escapes included.
    fn text(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at) {
            Some(Token::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn is(&self, at: usize, mark: u8) -> bool {
        self.tokens.get(at) == Some(&Token::Mark(mark))
    }

    /// `name` may be an identifier or a string; both may have escapes. Half a surrogate pair names no export.
    fn export(&mut self, name: &str) {
        let Some(name) = unescape(name) else {
            return;
        };
        if !self.found.names.iter().any(|known| *known == name) {
            self.found.names.push(name.into_owned());
        }
    }

    fn reexport(&mut self, specifier: &str) {
        let Some(specifier) = unescape(specifier) else {
            return;
        };
        if !self.found.reexports.iter().any(|known| *known == specifier) {
            self.found.reexports.push(specifier.into_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, names: &[&str], reexports: &[&str]) {
        let found = find(source);
        assert_eq!(found.names, names, "{source}");
        assert_eq!(found.reexports, reexports, "{source}");
    }

    #[test]
    fn assignments() {
        check(
            "exports.a = 1; exports['b'] = 2; module.exports.c = exports.d = 3",
            &["a", "b", "c", "d"],
            &[],
        );
        check(
            "exports.a === 1; foo.exports.b = 1; exports.c; other.module.exports.d = 1",
            &[],
            &[],
        );
        check(
            "// exports.a = 1\n'exports.b = 1'; /exports.c = 1/; `exports.d = 1`",
            &[],
            &[],
        );
        check("function f() { exports.a = 1 }", &["a"], &[]);
    }

    #[test]
    fn escapes() {
        check(
            "exports['\\u{D83C}\\u{DF10}'] = 1; exports['\\u{1F310}'] = 2",
            &["🌐"],
            &[],
        );
        check(
            "exports['\\u03c0'] = 1; exports['\\uD83C\\uDF10'] = 2; exports['\\x41\\n'] = 3",
            &["π", "🌐", "A\n"],
            &[],
        );
        check("exports['\\uD83C'] = 1; exports['\\'", &[], &[]);
    }

    #[test]
    fn object_literals() {
        check("module.exports = { a, b: c, 'd': e, f }", &["a", "b", "d", "f"], &[]);
        check(
            "module.exports = { a, b: require('c'), c: 'x', e: function () {} }",
            &["a", "b"],
            &[],
        );
        check("module.exports = { a, ...b, ...require('c'), d }", &["a", "d"], &["c"]);
        check("module.exports = { a: 'x', b }", &[], &[]);
        check("0 && (module.exports = { a, b });", &["a", "b"], &[]);
        check("exports = module.exports = { a }", &["a"], &[]);
    }

    #[test]
    fn whole_modules() {
        check(
            "module.exports = require('./a'); module.exports = require('./b')",
            &[],
            &["./b"],
        );
        check("module.exports = class A {}", &[], &[]);
        check(
            "__exportStar(require('a'), exports); module.exports = f(module.exports)",
            &[],
            &[],
        );
    }

    #[test]
    fn defined_properties() {
        check(
            "Object.defineProperty(exports, '__esModule', { value: true })",
            &["__esModule"],
            &[],
        );
        check(
            "Object.defineProperty(module.exports, 'a', { enumerable: true, value: 1 })",
            &["a"],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return m.a; } })",
            &["a"],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'a', { enumerable: !0, get() { return m['a'] } })",
            &["a"],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'a', { get: function () { return f(); } })",
            &[],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'a', { get() { return m.a; }, set(a) {} })",
            &[],
            &[],
        );
        check(
            "Object.defineProperty(exports, 'a', { get() { return m.a; }, })",
            &["a"],
            &[],
        );
    }

    #[test]
    fn reexports_of_compilers() {
        check(
            "__exportStar(require('a'), exports); tslib_1.__exportStar(require('b'), exports)",
            &[],
            &["a", "b"],
        );
        check("function __export(m) { } __export(require('a'))", &[], &["a"]);
        let babel = "var _a = _interopRequireWildcard(require('a'));\n\
            Object.keys(_a).forEach(function (key) {\n\
              if (key === 'default' || key === '__esModule') return;\n\
              if (key in exports && exports[key] === _a[key]) return;\n\
              Object.defineProperty(exports, key, { enumerable: true, get: function () { return _a[key]; } });\n\
            });";
        check(babel, &[], &["a"]);
        check(
            "var a = require('a'); Object.keys(a).forEach(function (k) { exports[k] = a[k]; })",
            &[],
            &["a"],
        );
        check(
            "var a = require('a'); Object.keys(a).forEach(function (k) { use(a[k]); })",
            &[],
            &[],
        );
    }
}
