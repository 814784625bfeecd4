//! The tests of the built `rtjs`: one binary, so that V8 is not linked again for each.
//!
//! - `specs.rs`: each folder of `tests/specs/<module>/<behaviour>`;
//! - `article.rs`: the articles' samples, where their folder is present;
//! - `faults.rs`: processes that die, ports that are taken; `chaos.rs`: many that die, under load;
//! - `hostile.rs`: workers that write nonsense to their channel;
//! - `http_hostile.rs`: what servers do with requests that mean them harm; `http_graceful.rs`: servers that are told to stop;
//! - `memory.rs`: what connections cost, and what is left of them;
//! - `interop.rs`: with the machine's `node`, where there is one.

mod article;
mod chaos;
mod faults;
mod hostile;
mod http_graceful;
mod http_hostile;
mod interop;
mod memory;
mod specs;
mod support;

fn main() {
    hostile::child();
    let arguments = libtest_mimic::Arguments::from_args();
    let mut trials = specs::trials();
    trials.extend(article::trials());
    trials.extend(faults::trials());
    trials.extend(chaos::trials());
    trials.extend(hostile::trials());
    trials.extend(http_graceful::trials());
    trials.extend(http_hostile::trials());
    trials.extend(interop::trials());
    trials.extend(memory::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
