//! The tests of the built `rtjs`: one binary, so that V8 is not linked again for each.
//!
//! - `specs.rs`: each folder of `tests/specs/<module>/<behaviour>`;
//! - `article.rs`: the articles' samples, where their folder is present;
//! - `faults.rs`: processes that die, ports that are taken;
//! - `interop.rs`: with the machine's `node`, where there is one.

mod article;
mod faults;
mod interop;
mod specs;
mod support;

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    let mut trials = specs::trials();
    trials.extend(article::trials());
    trials.extend(faults::trials());
    trials.extend(interop::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
