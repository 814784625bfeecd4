//! Scripts, functions and contexts of the vm module: compiling and running code with a global object of its own.
//!
//! Options and their errors are JavaScript's (js/node/vm.js); here are V8's contexts, the global object that reads and writes a sandbox,
//! scripts, and the time limit of a run.

pub mod compile;
pub mod context;
pub mod decorate;
mod global;
pub mod script;
mod watchdog;
