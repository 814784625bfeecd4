//! Results of file system work as JavaScript gets them: one value, a number below zero for every failure.

use deno_core::v8;

use super::requests::StatArrays;
use super::stat::Values;

/// The call that failed, where an op makes several: times 1000 in its error number, in which 0 is the call that the op is named for.
/// js/internal/fs/errors.js has the same list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum Syscall {
    Open = 1,
    Read = 2,
    Write = 3,
    Fsync = 4,
    Fstat = 5,
    Scandir = 6,
    Lstat = 7,
    Unlink = 8,
    Rmdir = 9,
}

impl Syscall {
    /// `errno` (negative) as the failure of this call.
    pub(crate) fn failed(self, errno: i32) -> i32 {
        errno - 1000 * self as i32
    }
}

/// From this size on an ASCII text stays where it was read to.
const EXTERNAL_TEXT: usize = 64 * 1024;

/// What an op has found out, on whatever thread.
pub(crate) enum Outcome {
    /// Zero or more, or an errno (see [`Syscall::failed`]).
    Status(i32),
    /// A text that is UTF-8 by convention (paths), as a string.
    Text(Vec<u8>),
    /// Bytes, as an ArrayBuffer.
    Bytes(Vec<u8>),
    /// The contents of a file that JavaScript wants as a string; an ArrayBuffer where it is too long for one.
    Utf8(Vec<u8>),
    /// A file that is too large to be read at once, with its size.
    TooLarge(f64),
    /// The numbers of a `Stats`; they go into an array that JavaScript shares, and the value is 0.
    Stat { values: Values, bigint: bool },
    /// A failure that concerns another path than the caller's.
    FailedAt { errno: i32, path: Vec<u8> },
    /// Names, each with its kind where that was asked for.
    Entries {
        names: Vec<Vec<u8>>,
        kinds: Option<Vec<u8>>,
        as_bytes: bool,
    },
    /// Nothing more to tell.
    Nothing,
}

impl From<Result<Outcome, i32>> for Outcome {
    fn from(result: Result<Outcome, i32>) -> Outcome {
        result.unwrap_or_else(Outcome::Status)
    }
}

impl Outcome {
    /// Text, or bytes where the caller asked for a Buffer or another encoding.
    pub(crate) fn path(path: Vec<u8>, as_bytes: bool) -> Outcome {
        if as_bytes {
            Outcome::Bytes(path)
        } else {
            Outcome::Text(path)
        }
    }

    pub(crate) fn into_v8<'s>(
        self,
        scope: &mut v8::PinScope<'s, '_>,
        arrays: Option<&StatArrays>,
    ) -> v8::Local<'s, v8::Value> {
        match self {
            Outcome::Status(status) => v8::Integer::new(scope, status).into(),
            Outcome::Text(text) => utf8(scope, &text).into(),
            Outcome::Bytes(bytes) => rtjs_core::array_buffer(scope, bytes).into(),
            Outcome::Utf8(text) => contents(scope, text),
            Outcome::TooLarge(size) => v8::Number::new(scope, size).into(),
            Outcome::Stat { values, bigint } => {
                if let Some(arrays) = arrays {
                    values.store(arrays.local(scope, bigint));
                }
                v8::Integer::new(scope, 0).into()
            }
            Outcome::FailedAt { errno, path } => {
                let errno = v8::Integer::new(scope, errno).into();
                let path = utf8(scope, &path).into();
                v8::Array::new_with_elements(scope, &[errno, path]).into()
            }
            Outcome::Entries { names, kinds, as_bytes } => entries(scope, &names, kinds, as_bytes).into(),
            Outcome::Nothing => v8::undefined(scope).into(),
        }
    }
}

fn utf8<'s>(scope: &mut v8::PinScope<'s, '_>, text: &[u8]) -> v8::Local<'s, v8::String> {
    v8::String::new_from_utf8(scope, text, v8::NewStringType::Normal).unwrap_or_else(|| v8::String::empty(scope))
}

fn contents<'s>(scope: &mut v8::PinScope<'s, '_>, text: Vec<u8>) -> v8::Local<'s, v8::Value> {
    if text.len() > v8::String::MAX_LENGTH {
        return rtjs_core::array_buffer(scope, text).into();
    }
    if text.len() >= EXTERNAL_TEXT && v8::simdutf::validate_ascii(&text) {
        return v8::String::new_external_onebyte(scope, text.into_boxed_slice())
            .unwrap_or_else(|| v8::String::empty(scope))
            .into();
    }
    utf8(scope, &text).into()
}

fn entries<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    names: &[Vec<u8>],
    kinds: Option<Vec<u8>>,
    as_bytes: bool,
) -> v8::Local<'s, v8::Array> {
    let list = v8::Array::new(scope, i32::try_from(names.len()).unwrap_or(0));
    for (index, name) in (0..).zip(names) {
        v8::scope!(let scope, scope);
        let name: v8::Local<v8::Value> = if as_bytes {
            rtjs_core::array_buffer(scope, name.clone()).into()
        } else {
            utf8(scope, name).into()
        };
        list.set_index(scope, index, name);
    }
    let Some(kinds) = kinds else {
        return list;
    };
    let kinds = rtjs_core::uint8_array(scope, kinds);
    v8::Array::new_with_elements(scope, &[list.into(), kinds])
}
