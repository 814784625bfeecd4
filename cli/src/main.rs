//! `rtjs`: arguments in, exit code out. Everything else is in the library.

mod args;
mod known;
mod usage;

use std::io::IsTerminal;
use std::process::ExitCode;

use args::{Action, V8Flag};
use rtjs::{Main, Options, Runtime};

/// What Node exits with when it does not understand its command line.
const INVALID_ARGUMENT: u8 = 9;

fn main() -> ExitCode {
    let mut words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let argv0 = words.next();
    let words: Vec<String> = words.collect();
    let node_options = std::env::var("NODE_OPTIONS").ok();
    match args::parse(&words, node_options.as_deref()) {
        Ok(Action::Version) => usage::print_version(),
        Ok(Action::Help) => usage::print_help(),
        Ok(Action::V8Options) => usage::print_v8_options(),
        Ok(Action::Run { mut options, v8_flags }) => {
            options.argv0 = argv0;
            run(*options, &v8_flags)
        }
        Err(complaint) => refuse(&complaint),
    }
}

fn run(options: Options, v8_flags: &[V8Flag]) -> ExitCode {
    if let Err(complaint) = set_v8_flags(v8_flags) {
        return refuse(&complaint);
    }
    if matches!(options.main, Main::Stdin) && std::io::stdin().is_terminal() {
        return refuse(
            "standard input is a terminal, and there is no interactive mode: name a script, or give code with -e",
        );
    }
    match Runtime::builder().options(options).exit_ends_process().build() {
        // As the system does it, only the lower eight bits count.
        Ok(mut runtime) => ExitCode::from(runtime.run().to_le_bytes()[0]),
        Err(error) => {
            usage::complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn set_v8_flags(flags: &[V8Flag]) -> Result<(), String> {
    if flags.is_empty() {
        return Ok(());
    }
    // The first word stands for the program's name.
    let words = std::iter::once(String::new()).chain(flags.iter().map(|f| f.flag.clone()));
    let unknown = rtjs::deno_core::v8_set_flags(words.collect());
    match flags.iter().find(|f| unknown.contains(&f.flag)) {
        Some(flag) => Err(flag.complaint.clone()),
        None => Ok(()),
    }
}

fn refuse(complaint: &str) -> ExitCode {
    usage::complain(complaint);
    usage::print_usage();
    ExitCode::from(INVALID_ARGUMENT)
}
