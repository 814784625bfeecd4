//! rtjs_cluster

deno_core::extension!(
    rtjs_cluster,
    deps = [rtjs_core],
);
