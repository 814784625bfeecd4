//! Node's file system: every op does its work at once, or (with a request's number) on the pool.
//!
//! A result below zero is an errno, with the failed call in its thousands where an op makes several calls (`outcome::Syscall`). Arguments are
//! checked, errors made and callbacks kept in JavaScript (js/node/fs.js, js/internal/fs).

mod args;
pub(crate) mod copy;
pub(crate) mod dir;
pub(crate) mod io;
mod outcome;
pub(crate) mod paths;
pub(crate) mod requests;
pub(crate) mod stat;
mod sys;
pub(crate) mod tree;
pub(crate) mod watch;
pub(crate) mod whole;
