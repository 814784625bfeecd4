//! What `perf_hooks` stands on: the clock, the runtime's milestones, histograms.

pub mod clock;
mod hdr;
pub mod histogram;
