//! Directories' entries: all at once, or some at a time.

use std::ffi::OsStr;
use std::fs::{DirEntry, FileType, ReadDir};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use deno_core::{GarbageCollected, op2, v8};

use super::args::path;
use super::outcome::Outcome;
use super::requests::value;

/// Kinds of entries as `fs.constants.UV_DIRENT_*` number them.
fn kind(file_type: std::io::Result<FileType>) -> u8 {
    let Ok(file_type) = file_type else {
        return 0;
    };
    if file_type.is_file() {
        1
    } else if file_type.is_dir() {
        2
    } else if file_type.is_symlink() {
        3
    } else if file_type.is_fifo() {
        4
    } else if file_type.is_socket() {
        5
    } else if file_type.is_char_device() {
        6
    } else if file_type.is_block_device() {
        7
    } else {
        0
    }
}

fn named(entry: &DirEntry) -> (Vec<u8>, u8) {
    (entry.file_name().into_vec(), kind(entry.file_type()))
}

fn open(path: &std::ffi::CStr) -> Result<ReadDir, i32> {
    std::fs::read_dir(Path::new(OsStr::from_bytes(path.to_bytes()))).map_err(|error| rtjs_core::errno(&error))
}

fn read_all(path: &std::ffi::CStr, with_kinds: bool, as_bytes: bool) -> Result<Outcome, i32> {
    let mut names = Vec::new();
    for entry in open(path)? {
        let entry = entry.map_err(|error| rtjs_core::errno(&error))?;
        names.push(if with_kinds {
            named(&entry)
        } else {
            (entry.file_name().into_vec(), 0)
        });
    }
    names.sort_unstable();
    let (names, kinds) = names.into_iter().unzip();
    Ok(Outcome::Entries {
        names,
        kinds: with_kinds.then_some(kinds),
        as_bytes,
    })
}

/// The names in the directory `path`, sorted; `[names, kinds]` where the kinds are wanted too.
#[op2]
pub fn op_fs_readdir<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    name: v8::Local<'s, v8::Value>,
    with_kinds: bool,
    as_bytes: bool,
) -> v8::Local<'s, v8::Value> {
    let name = path(scope, name);
    value(scope, request, move || read_all(&name, with_kinds, as_bytes).into())
}

type Shared = Arc<Mutex<Option<ReadDir>>>;

fn lock(shared: &Shared) -> MutexGuard<'_, Option<ReadDir>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An open directory that is read piece by piece.
pub struct DirHandle {
    shared: Shared,
}

// SAFETY: nothing in it is managed by V8's collector.
unsafe impl GarbageCollected for DirHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"DirHandle"
    }
}

#[op2]
impl DirHandle {
    /// A handle on nothing yet.
    #[constructor]
    #[cppgc]
    fn constructor() -> DirHandle {
        DirHandle { shared: Arc::default() }
    }

    /// Opens the directory `name`. 0 or a negative errno.
    #[reentrant]
    fn open<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        request: u32,
        name: v8::Local<'s, v8::Value>,
    ) -> v8::Local<'s, v8::Value> {
        let name = path(scope, name);
        let shared = self.shared.clone();
        value(scope, request, move || match open(&name) {
            Ok(entries) => {
                *lock(&shared) = Some(entries);
                Outcome::Status(0)
            }
            Err(errno) => Outcome::Status(errno),
        })
    }

    /// The next entries, at most `limit`, as `[names, kinds]`; `undefined` when there are no more.
    #[reentrant]
    fn read<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        request: u32,
        limit: u32,
        as_bytes: bool,
    ) -> v8::Local<'s, v8::Value> {
        let shared = self.shared.clone();
        value(scope, request, move || {
            let mut guard = lock(&shared);
            let Some(entries) = guard.as_mut() else {
                return Outcome::Status(-libc::EBADF);
            };
            let mut names = Vec::new();
            let mut kinds = Vec::new();
            for entry in entries.take(limit as usize) {
                match entry {
                    Ok(entry) => {
                        let (name, kind) = named(&entry);
                        names.push(name);
                        kinds.push(kind);
                    }
                    Err(error) => return Outcome::Status(rtjs_core::errno(&error)),
                }
            }
            if names.is_empty() {
                return Outcome::Nothing;
            }
            Outcome::Entries {
                names,
                kinds: Some(kinds),
                as_bytes,
            }
        })
    }

    /// Closes the directory. 0.
    #[reentrant]
    fn close<'s>(&self, scope: &mut v8::PinScope<'s, '_>, request: u32) -> v8::Local<'s, v8::Value> {
        let shared = self.shared.clone();
        value(scope, request, move || {
            lock(&shared).take();
            Outcome::Status(0)
        })
    }
}
