//! The built-in JavaScript of rtjs, as text.
//!
//! Each file under `node/` is a public module (`node/cluster.js` is `require('cluster')`), each under `internal/` is shared between them.

#![warn(missing_docs)]

/// One built-in module: its id (`cluster`, `internal/errors`) and its source.
pub struct Source {
    /// The id that built-ins `require`.
    pub id: &'static str,
    /// The module's text: the body of a function of `exports, require, module, ops, core`.
    pub code: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The text of the built-in `id`.
pub fn source(id: &str) -> Option<&'static str> {
    SOURCES.binary_search_by(|s| s.id.cmp(id)).ok().map(|i| SOURCES[i].code)
}

/// The path below the `js` folder of the built-in `id`.
pub fn path_of(id: &str) -> String {
    if id.starts_with("internal/") {
        format!("{id}.js")
    } else {
        format!("node/{id}.js")
    }
}
