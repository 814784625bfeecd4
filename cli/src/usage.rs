//! What the program says by itself: its version, its help, and what is wrong with a command line.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this file is the program's voice"
)]

use std::process::ExitCode;

const USAGE: &str = "usage: rtjs [options] [script.js | -e CODE | -] [arguments]";

const HELP: &str = "\
Runs a script, or what comes from standard input when there is none.

Options:
  -e, --eval CODE               run CODE
  -p, --print [CODE]            run CODE and print its value
  -c, --check                   look for syntax errors, run nothing
  -r, --require MODULE          load MODULE first (may be repeated)
      --import MODULE           import MODULE first (may be repeated)
  -C, --conditions NAME         a further condition for package exports (may be repeated)
      --input-type TYPE         what -e and standard input are: module or commonjs
      --env-file FILE           variables for process.env; --env-file-if-exists for a
                                file that may be missing (both may be repeated)
      --preserve-symlinks       symbolic links stay in the names of modules
      --preserve-symlinks-main  the same for the main script
      --enable-source-maps      stack traces name the places that source maps give
      --no-warnings             print no warnings
      --trace-warnings          print warnings with their stacks
      --disable-warning CODE    print no warning of that code or type
      --no-deprecation, --trace-deprecation, --throw-deprecation
                                what becomes of deprecation warnings
      --unhandled-rejections MODE
                                strict, warn, none, throw or warn-with-error-codes
      --trace-uncaught          show where an uncaught value was thrown
      --stack-trace-limit=N     how many frames a stack trace has
      --title TITLE             the process's title
      --expose-gc, --max-old-space-size=MB, and other options of V8
      --                        what follows is the script and its arguments
  -v, --version                 print the version
  -h, --help                    print this

Environment:
  NODE_OPTIONS                  options, read before those of the command line
  NODE_PATH                     folders to look for modules in, separated by colons
";

/// One line on standard error, in the program's name.
pub fn complain(complaint: &str) {
    eprintln!("rtjs: {complaint}");
}

/// The usage line on standard error.
pub fn print_usage() {
    eprintln!("{USAGE}");
}

/// `--version`
pub fn print_version() -> ExitCode {
    println!("rtjs {}", rtjs::VERSION);
    ExitCode::SUCCESS
}

/// `--v8-options`: programs read from it which options there are.
pub fn print_v8_options() -> ExitCode {
    rtjs::deno_core::v8::V8::set_flags_from_string("--help");
    ExitCode::SUCCESS
}

/// `--help`
pub fn print_help() -> ExitCode {
    print!("{USAGE}\n\n{HELP}");
    ExitCode::SUCCESS
}
