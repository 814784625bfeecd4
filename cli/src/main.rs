//! `rtjs`: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args();
    let argv0 = args.next();
    let Some(script) = args.next() else {
        return ExitCode::from(9);
    };
    let mut options = rtjs::Options { args: args.collect(), argv0, ..Default::default() };
    options.main = rtjs::Main::Script(script.into());
    match rtjs::Runtime::builder().options(options).exit_ends_process().build() {
        Ok(mut runtime) => ExitCode::from(u8::try_from(runtime.run() & 0xff).unwrap_or(1)),
        Err(_) => ExitCode::FAILURE,
    }
}
