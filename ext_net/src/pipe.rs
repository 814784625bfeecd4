//! Unix sockets: what `Pipe` has beside a stream's methods.

use deno_core::{CppgcInherits, GarbageCollected, op2, v8};
use deno_error::JsErrorBox;

use crate::address::Address;
use crate::socket::Family;
use crate::stream_handle::{StreamHandle, status};
use crate::sys;

/// A unix socket or listener, or a pipe adopted by its descriptor.
#[derive(CppgcInherits)]
#[cppgc_inherits_from(StreamHandle)]
#[repr(C)]
pub struct Pipe {
    pub(crate) base: StreamHandle,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for Pipe {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Pipe"
    }
}

#[op2(inherit = StreamHandle)]
impl Pipe {
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate) -> Result<Pipe, JsErrorBox> {
        Ok(Pipe {
            base: StreamHandle::new(isolate, Family::Unix)?,
        })
    }

    /// Binds to a path; one that starts with NUL is an abstract name.
    #[fast]
    fn bind(&self, #[string] path: &str) -> i32 {
        let socket = &self.base.socket;
        status(Address::unix(path.as_bytes()).and_then(|address| {
            socket.ensure_fd(libc::AF_UNIX)?;
            socket.with_fd(|fd| match sys::bind(fd, &address.to_raw()) {
                // As libuv: a missing folder is a matter of permission.
                Err(error) if error.raw_os_error() == Some(libc::ENOENT) => {
                    Err(std::io::Error::from_raw_os_error(libc::EACCES))
                }
                result => result,
            })?;
            // An abstract name is no file.
            if !path.is_empty() && !path.starts_with('\0') {
                *socket.bound_path.borrow_mut() = Some(path.as_bytes().to_vec());
            }
            Ok(())
        }))
    }

    /// Lets everybody read from (1), write to (2) or do both with (3) the path that this is bound to.
    #[fast]
    fn fchmod(&self, access: u32) -> i32 {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::PermissionsExt;
        let path = self.base.socket.bound_path.borrow();
        let Some(path) = path.as_deref() else {
            return -libc::EBADF;
        };
        let path = std::ffi::OsStr::from_bytes(path);
        let added = [(1, 0o444), (2, 0o222)]
            .iter()
            .filter(|(bit, _)| access & bit != 0)
            .fold(0, |all, (_, mode)| all | mode);
        status(std::fs::metadata(path).and_then(|metadata| {
            let mut permissions = metadata.permissions();
            if permissions.mode() & added == added {
                return Ok(());
            }
            permissions.set_mode(permissions.mode() | added);
            std::fs::set_permissions(path, permissions)
        }))
    }

    /// Starts connecting to a path; the connect callback comes unless this returns an errno.
    #[fast]
    fn connect(&self, #[string] path: &str) -> i32 {
        status(Address::unix(path.as_bytes()).and_then(|a| self.base.socket.connect(&a)))
    }

    /// The path that this end is bound to ('' when none), or a negative errno.
    fn getsockname<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let raw = self.base.socket.with_fd(sys::local_address);
        match raw.and_then(|raw| Address::from_raw(&raw)) {
            Ok(address) => {
                v8::String::new(scope, &address.text()).map_or_else(|| v8::undefined(scope).into(), Into::into)
            }
            Err(error) => v8::Integer::new(scope, rtjs_core::errno(&error)).into(),
        }
    }
}
