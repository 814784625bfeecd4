//! rtjs_net

deno_core::extension!(
    rtjs_net,
    deps = [rtjs_core],
);
