//! rtjs_os

deno_core::extension!(
    rtjs_os,
    deps = [rtjs_core],
);
