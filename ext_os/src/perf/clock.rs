//! The clock of `performance` and the milestones of the runtime. All times are milliseconds since the process started.

use std::rc::Rc;

use deno_core::{OpState, op2};
use rtjs_core::timing::{self, Timings};

/// Now.
#[op2(fast)]
pub fn op_os_perf_now() -> f64 {
    timing::now()
}

/// When the process started, in milliseconds since 1970.
#[op2(fast)]
pub fn op_os_perf_origin() -> f64 {
    timing::origin()
}

/// `[runtime, v8, environment, bootstrap, loopStart, loopExit]`, -1 for what has not happened.
#[op2(fast)]
pub fn op_os_perf_milestones(state: &mut OpState, #[buffer] out: &mut [f64]) {
    let Some(timings) = state.try_borrow::<Rc<Timings>>() else {
        return;
    };
    let all = [
        &timings.runtime,
        &timings.v8,
        &timings.environment,
        &timings.bootstrap,
        &timings.loop_start,
        &timings.loop_exit,
    ];
    for (place, milestone) in out.iter_mut().zip(all) {
        *place = milestone.get();
    }
}

/// How long the loop has slept.
#[op2(fast)]
pub fn op_os_perf_idle() -> f64 {
    timing::slept()
}
