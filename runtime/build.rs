//! Makes the V8 snapshot that every runtime starts from: all built-ins that the bootstrap loads, already run.

#[path = "src/ops/mod.rs"]
#[allow(dead_code, reason = "only the extension's registration is used here")]
mod ops;

use std::path::PathBuf;

use deno_core::{JsRuntimeForSnapshot, RuntimeOptions};

fn main() {
    println!("cargo:rerun-if-changed=src/ops");
    let mut runtime = JsRuntimeForSnapshot::new(RuntimeOptions {
        extensions: vec![
            rtjs_core::rtjs_core::init(),
            rtjs_os::rtjs_os::init(),
            rtjs_net::rtjs_net::init(),
            rtjs_tls::rtjs_tls::init(),
            rtjs_cluster::rtjs_cluster::init(),
            rtjs_crypto::rtjs_crypto::init(),
            ops::rtjs_runtime::init(),
        ],
        ..Default::default()
    });
    let loader = rtjs_js::source("internal/bootstrap/loader").expect("the loader is a built-in");
    if let Err(error) = runtime.execute_script("node:internal/bootstrap/loader", loader) {
        panic!("the built-ins failed to load: {error}");
    }
    let snapshot = runtime.snapshot();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo")).join("snapshot.bin");
    std::fs::write(out, snapshot).expect("OUT_DIR is writable");
}
