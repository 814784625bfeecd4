//! The user that the process runs as.

use std::ffi::CStr;

use deno_core::{op2, v8};

/// The entry of the user database for the effective user.
struct User {
    uid: f64,
    gid: f64,
    username: Vec<u8>,
    homedir: Vec<u8>,
    shell: Vec<u8>,
}

/// `[uid, gid, username, homedir, shell]` of the effective user, texts as views; or a negative errno.
#[op2]
pub fn op_os_user<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    match current_user() {
        Ok(user) => {
            let uid = v8::Number::new(scope, user.uid).into();
            let gid = v8::Number::new(scope, user.gid).into();
            let texts = [user.username, user.homedir, user.shell].map(|text| rtjs_core::uint8_array(scope, text));
            v8::Array::new_with_elements(scope, &[uid, gid, texts[0], texts[1], texts[2]]).into()
        }
        Err(errno) => v8::Integer::new(scope, errno).into(),
    }
}

fn current_user() -> Result<User, i32> {
    // SAFETY: has no failure and no arguments.
    let uid = unsafe { libc::geteuid() };
    let mut buffer: Vec<libc::c_char> = vec![0; 2000];
    loop {
        // SAFETY: all-zero bytes are a valid `passwd`: null pointers and zeros.
        let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
        let mut found = std::ptr::null_mut();
        // SAFETY: all pointers are valid for the call, and the buffer's length is its own.
        let error = unsafe { libc::getpwuid_r(uid, &raw mut entry, buffer.as_mut_ptr(), buffer.len(), &raw mut found) };
        match error {
            0 if found.is_null() => return Err(-libc::ENOENT),
            0 => {
                let copy = |text: *const libc::c_char| {
                    if text.is_null() {
                        return Vec::new();
                    }
                    // SAFETY: getpwuid_r left a terminated string here, inside `buffer`.
                    unsafe { CStr::from_ptr(text) }.to_bytes().to_vec()
                };
                return Ok(User {
                    uid: entry.pw_uid.into(),
                    gid: entry.pw_gid.into(),
                    username: copy(entry.pw_name),
                    homedir: copy(entry.pw_dir),
                    shell: copy(entry.pw_shell),
                });
            }
            libc::ERANGE if buffer.len() < 1 << 20 => buffer.resize(buffer.len() * 2, 0),
            libc::EINTR => {}
            error => return Err(-error),
        }
    }
}
