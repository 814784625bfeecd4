//! rtjs: an embeddable JavaScript runtime with Node's `cluster`, `child_process`, `net` and `http` built in.
//!
//! ```no_run
//! let mut runtime = rtjs::Runtime::builder().script("server.js").build()?;
//! let code = runtime.run();
//! # Ok::<(), rtjs::Error>(())
//! ```
//!
//! - [`Builder`] says what to run, with which arguments, and with which extensions of your own.
//! - [`Runtime`] is one JavaScript context on this thread; [`Runtime::run`] runs its script to the end.
//! - [`run_if_worker`] makes your program able to be its own cluster worker.

#![warn(missing_docs)]

mod address_space;
mod builder;
mod driver;
mod ops;
mod options;
mod worker;

pub use builder::Builder;
pub use driver::Runtime;
pub use options::{Error, Main, Options};
pub use worker::run_if_worker;

pub use deno_core;

/// This crate's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
