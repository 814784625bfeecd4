//! Who the process runs as: user and group ids, supplementary groups, and the file mode mask.

use std::ffi::CString;

use deno_core::op2;
use nix::unistd::{Gid, Group, Uid, User};

fn result(result: nix::Result<()>) -> i32 {
    result.map_or_else(|error| -(error as i32), |()| 0)
}

/// The real user id.
#[op2(fast)]
pub fn op_os_getuid() -> u32 {
    Uid::current().as_raw()
}

/// The effective user id.
#[op2(fast)]
pub fn op_os_geteuid() -> u32 {
    Uid::effective().as_raw()
}

/// The real group id.
#[op2(fast)]
pub fn op_os_getgid() -> u32 {
    Gid::current().as_raw()
}

/// The effective group id.
#[op2(fast)]
pub fn op_os_getegid() -> u32 {
    Gid::effective().as_raw()
}

/// Sets the user id. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_setuid(#[smi] id: u32) -> i32 {
    result(nix::unistd::setuid(Uid::from_raw(id)))
}

/// Sets the effective user id. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_seteuid(#[smi] id: u32) -> i32 {
    result(nix::unistd::seteuid(Uid::from_raw(id)))
}

/// Sets the group id. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_setgid(#[smi] id: u32) -> i32 {
    result(nix::unistd::setgid(Gid::from_raw(id)))
}

/// Sets the effective group id. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_setegid(#[smi] id: u32) -> i32 {
    result(nix::unistd::setegid(Gid::from_raw(id)))
}

/// The supplementary groups, with the effective group among them.
#[op2]
#[serde]
pub fn op_os_getgroups() -> Vec<u32> {
    let mut groups: Vec<u32> = nix::unistd::getgroups()
        .unwrap_or_default()
        .into_iter()
        .map(Gid::as_raw)
        .collect();
    let effective = Gid::effective().as_raw();
    if !groups.contains(&effective) {
        groups.push(effective);
    }
    groups
}

/// Sets the supplementary groups. 0, or a negative errno.
#[op2]
pub fn op_os_setgroups(#[serde] groups: Vec<i64>) -> i32 {
    // JavaScript hands large ids on as negative 32-bit numbers.
    let groups: Vec<Gid> = groups.into_iter().map(|id| Gid::from_raw(id as u32)).collect();
    result(nix::unistd::setgroups(&groups))
}

/// Sets the supplementary groups to those of `user`, and `group`. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_initgroups(#[string] user: &str, #[smi] group: u32) -> i32 {
    match CString::new(user) {
        Ok(user) => result(nix::unistd::initgroups(&user, Gid::from_raw(group))),
        Err(_) => -libc::EINVAL,
    }
}

/// The id of the user called `name`; -1 when there is none.
#[op2(fast)]
pub fn op_os_user_id(#[string] name: &str) -> f64 {
    match User::from_name(name) {
        Ok(Some(user)) => user.uid.as_raw().into(),
        _ => -1.0,
    }
}

/// The id of the group called `name`; -1 when there is none.
#[op2(fast)]
pub fn op_os_group_id(#[string] name: &str) -> f64 {
    match Group::from_name(name) {
        Ok(Some(group)) => group.gid.as_raw().into(),
        _ => -1.0,
    }
}

/// The name of a user id; `null` when there is none.
#[op2]
#[string]
pub fn op_os_user_name(#[smi] id: u32) -> Option<String> {
    User::from_uid(Uid::from_raw(id)).ok().flatten().map(|user| user.name)
}

/// Sets the mask for the modes of new files, and returns the one before. A negative `mask` only asks.
#[op2(fast)]
pub fn op_os_umask(mask: i32) -> i32 {
    let set = |mask: libc::mode_t| {
        // SAFETY: umask takes any mode and cannot fail.
        unsafe { libc::umask(mask) }
    };
    let before = match libc::mode_t::try_from(mask) {
        Ok(mask) => set(mask & 0o777),
        Err(_) => {
            // There is no call that only asks.
            let before = set(0);
            set(before);
            before
        }
    };
    i32::try_from(before).unwrap_or(-libc::EINVAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_negative_errnos() {
        assert_eq!(result(Err(nix::Error::EPERM)), -libc::EPERM);
        assert_eq!(result(Ok(())), 0);
    }
}
