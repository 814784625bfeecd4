//! Making an embedding program its own worker.

use crate::Builder;

/// Runs the script that a parent forked this program for, and ends the process with its exit code; returns the builder when
/// this process is no such child.
///
/// `cluster.fork()` and `child_process.fork()` re-execute the running program as `PROGRAM SCRIPT ARGS...` with `NODE_CHANNEL_FD` in
/// the environment. Call this first in `main`, with the builder that adds your extensions:
///
/// ```no_run
/// let builder = rtjs::run_if_worker(rtjs::Runtime::builder());
/// ```
pub fn run_if_worker(builder: Builder) -> Builder {
    if std::env::var_os("NODE_CHANNEL_FD").is_none() {
        return builder;
    }
    let mut args = std::env::args();
    let argv0 = args.next();
    let Some(script) = args.next() else {
        return builder;
    };
    let mut builder = builder.script(script).args(args).exit_ends_process();
    builder.options.argv0 = argv0;
    let code = match builder.build() {
        Ok(mut runtime) => runtime.run(),
        Err(error) => {
            #[allow(clippy::print_stderr, reason = "the process ends here and has nobody else to tell")]
            {
                eprintln!("{error}");
            }
            1
        }
    };
    std::process::exit(code)
}
