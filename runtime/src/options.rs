//! What a runtime is told before it starts.

use std::path::PathBuf;

/// What to run first.
#[derive(Clone, Debug, Default)]
pub enum Main {
    /// A script file, resolved as Node resolves its first argument.
    Script(PathBuf),
    /// A piece of code (`-e`); with `print`, its value is printed (`-p`).
    Eval {
        /// The code.
        code: String,
        /// Whether to print the value of the code's last expression.
        print: bool,
    },
    /// A script read from standard input.
    #[default]
    Stdin,
}

/// Settings of a runtime; [`crate::Builder`] fills them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What to run.
    pub main: Main,
    /// `process.argv` after the script's path.
    pub args: Vec<String>,
    /// `process.execArgv`.
    pub exec_args: Vec<String>,
    /// `process.execPath`; the running executable when absent.
    pub exec_path: Option<PathBuf>,
    /// The first word of the command line (`process.argv0`).
    pub argv0: Option<String>,
    /// Modules to load before the script (`--require`).
    pub require: Vec<String>,
    /// Flags handed to the built-in modules, by their command-line names without dashes.
    pub flags: Vec<(String, String)>,
}

/// Why a runtime could not be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The event loop's I/O driver could not be made.
    #[error("cannot start the event loop: {0}")]
    EventLoop(#[from] std::io::Error),
    /// The process may not reserve what V8 needs; the limit is in MiB.
    #[error(
        "cannot start JavaScript: V8 reserves 32 GiB of address space (not of memory), and the limit is {limit} MiB; raise it with 'ulimit -v unlimited'"
    )]
    AddressSpace {
        /// What `ulimit -v` allows.
        limit: u64,
    },
    /// JavaScript could not be started.
    #[error("cannot start JavaScript: {0}")]
    JavaScript(#[from] deno_core::error::CoreError),
}
