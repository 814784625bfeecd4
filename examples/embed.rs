//! A program with rtjs inside: it adds an op, and the script it runs forks two cluster workers, which are this very program again, to
//! serve HTTP.
//!
//! `cargo run --release --example embed` and then `curl localhost:8000`; an argument is the port.

use rtjs::deno_core;

/// The op that the script gets from `require('rtjs:ops')`.
#[deno_core::op2]
#[string]
fn op_embed_greeting(#[string] name: &str) -> String {
    format!("hello {name}, from Rust\n")
}

deno_core::extension!(embed, ops = [op_embed_greeting]);

fn main() -> Result<(), rtjs::Error> {
    // In a worker this does not return: it runs the worker's script. Everywhere else it gives the builder back.
    let builder = rtjs::run_if_worker(rtjs::Runtime::builder().extension(embed::init));

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/embed.js");
    let code = builder.script(script).args(std::env::args().skip(1)).build()?.run();
    std::process::exit(code);
}
