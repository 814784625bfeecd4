//! `headers` of messages whose names have come before in the same order: a client sends the same ones with each request. For such a sequence of names there
//! is a function that makes the object from the values, all of one hidden class: it costs an allocation, where an object that grows field by field costs a
//! search for each and ends as a hash table. Values come again, too, and then are the strings that they were.

use deno_core::v8;
use rtjs_core::Scope;

use super::head::{Fields, one_byte};
use super::syntax::{IN_NAME, is};

/// The most fields of a shape, and bytes of one name.
const FIELDS: usize = 48;
const NAME: usize = 64;
/// The most bytes of a value that is kept.
const VALUE: usize = 128;
/// How many shapes are known at a time; a power of two.
const SLOTS: usize = 64;
/// So many times a shape has to come before a function is made for it, and at most so many others may come in its place before it is forgotten.
const WORTH: u8 = 2;
const PATIENCE: u8 = 8;

/// The shapes of one runtime.
#[derive(Default)]
pub(crate) struct HeaderShapes {
    slots: Vec<Slot>,
}

#[derive(Default)]
struct Slot {
    /// The names as they were sent, each with a colon behind it.
    names: Vec<u8>,
    /// How often they came, less how often others did.
    credit: u8,
    make: Make,
    values: Vec<Kept>,
}

#[derive(Default)]
enum Make {
    #[default]
    NotYet,
    /// The object is not simply the names and the values.
    Never,
    By(v8::Global<v8::Function>),
}

/// The value that a field had.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    text: Option<v8::Global<v8::Value>>,
    misses: u8,
}

impl HeaderShapes {
    /// The object with all `fields`, if their shape is known and there are no more than `limit`.
    pub(crate) fn headers<'s>(
        &mut self,
        scope: &mut Scope<'s, '_>,
        fields: Fields<'_>,
        limit: usize,
    ) -> Option<v8::Local<'s, v8::Value>> {
        let (mut hash, mut count) = (0, 0);
        let mut seen: [(&[u8], &[u8]); FIELDS] = [(&[], &[]); FIELDS];
        for field in fields {
            *seen.get_mut(count).filter(|_| count < limit)? = field;
            hash = mix(hash, field.0);
            count += 1;
        }
        let seen = &seen[..count];
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, Slot::default);
        }
        let slot = &mut self.slots[hash as usize % SLOTS];
        if !slot.has(seen) {
            slot.credit = slot.credit.saturating_sub(1);
            if slot.credit == 0 {
                *slot = Slot::of(seen);
            }
            return None;
        }
        slot.credit = PATIENCE.min(slot.credit + 1);
        if matches!(slot.make, Make::NotYet) && slot.credit > WORTH {
            slot.make = maker(scope, seen);
            slot.values.resize_with(count, Kept::default);
        }
        let Make::By(make) = &slot.make else {
            return None;
        };
        let mut values: [v8::Local<v8::Value>; FIELDS] = [v8::undefined(scope).into(); FIELDS];
        for (index, (kept, (_, bytes))) in slot.values.iter_mut().zip(seen).enumerate() {
            values[index] = kept.value(scope, bytes);
        }
        let this = v8::undefined(scope).into();
        v8::Local::new(scope, make).call(scope, this, &values[..count])
    }
}

impl Slot {
    fn of(fields: &[(&[u8], &[u8])]) -> Slot {
        Slot {
            names: fields.iter().flat_map(|(name, _)| [*name, b":"].concat()).collect(),
            credit: 1,
            ..Slot::default()
        }
    }

    fn has(&self, fields: &[(&[u8], &[u8])]) -> bool {
        let mut rest = self.names.as_slice();
        // No name has a colon in it: where the first byte behind a name is one, it is the whole name.
        fields.iter().all(|(name, _)| match rest.strip_prefix(*name) {
            Some([b':', behind @ ..]) => {
                rest = behind;
                true
            }
            _ => false,
        }) && rest.is_empty()
            && !self.names.is_empty()
    }
}

impl Kept {
    fn value<'s>(&mut self, scope: &Scope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
        if let Some(text) = &self.text
            && self.bytes == bytes
        {
            self.misses = 0;
            return v8::Local::new(scope, text);
        }
        let text = one_byte(scope, bytes);
        // One that is another each time is kept ever more seldom.
        self.misses = self.misses.wrapping_add(1);
        if self.misses.is_power_of_two() && bytes.len() <= VALUE {
            self.bytes.clear();
            self.bytes.extend_from_slice(bytes);
            self.text = Some(v8::Global::new(scope, text));
        }
        text
    }
}

/// A hash of names: of their lengths and of their first and last bytes.
fn mix(hash: u64, name: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (word(name), 0),
    };
    let mixed =
        (hash.rotate_left(5) ^ first ^ last.rotate_left(17) ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

/// A function that makes the object from the values of these fields.
fn maker(scope: &mut Scope<'_, '_>, fields: &[(&[u8], &[u8])]) -> Make {
    let names: Option<Vec<String>> = fields.iter().map(|(name, _)| plain_name(name)).collect();
    let Some(mut names) = names else {
        return Make::Never;
    };
    // A token has nothing in it that would end the text of a string.
    let members: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(index, name)| format!("\"{name}\":a{index}"))
        .collect();
    let source = format!("return{{{}}}", members.join(","));
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Make::Never;
    }
    compile(scope, &source, fields.len()).map_or(Make::Never, Make::By)
}

/// The name as a member of `headers`, in lower case; `None` for one that needs more thought.
fn plain_name(name: &[u8]) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let plain = lower.len() <= NAME
        && lower.iter().all(|byte| is(*byte, IN_NAME))
        && lower != b"set-cookie"
        && lower != b"__proto__";
    String::from_utf8(lower).ok().filter(|_| plain)
}

fn compile(scope: &mut Scope<'_, '_>, source: &str, count: usize) -> Option<v8::Global<v8::Function>> {
    let text = v8::String::new(scope, source)?;
    let mut source = v8::script_compiler::Source::new(text, None);
    let mut parameters = Vec::with_capacity(count);
    for index in 0..count {
        parameters.push(v8::String::new(scope, &format!("a{index}"))?);
    }
    let function = v8::script_compiler::compile_function(
        scope,
        &mut source,
        &parameters,
        &[],
        v8::script_compiler::CompileOptions::NoCompileOptions,
        v8::script_compiler::NoCacheReason::NoReason,
    )?;
    Some(v8::Global::new(scope, function))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &'static str) -> Vec<(&'static [u8], &'static [u8])> {
        text.split(' ').map(|name| (name.as_bytes(), &b"1"[..])).collect()
    }

    #[test]
    fn a_shape_is_its_names_as_they_came() {
        let slot = Slot::of(&fields("Host Accept x-a"));
        assert!(slot.has(&fields("Host Accept x-a")));
        for other in [
            "Host Accept",
            "Host Accept x-a y",
            "host Accept x-a",
            "HostAccept x-a",
            "Host Accept x-",
            "Host Accept x-ab",
            "",
        ] {
            assert!(!slot.has(&fields(other)), "{other}");
        }
        assert!(!Slot::default().has(&[]));
    }

    #[test]
    fn hashes_tell_shapes_apart() {
        let hash = |text| fields(text).iter().fold(0, |hash, (name, _)| mix(hash, name));
        let mut hashes: Vec<u64> = ["a", "b", "a b", "b a", "x-request-1", "x-request-2", "content-type", ""]
            .map(hash)
            .into();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 8);
    }

    #[test]
    fn only_tokens_become_members() {
        assert_eq!(plain_name(b"X-Some'Name").as_deref(), Some("x-some'name"));
        for name in [
            &b"Set-Cookie"[..],
            b"__proto__",
            b"a\"b",
            b"a\\b",
            b"a\xe9",
            b"a b",
            &[b'a'; 65],
        ] {
            assert_eq!(plain_name(name), None);
        }
    }
}
