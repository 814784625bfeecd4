//! Built-in modules stand in layers, and none requires one of a layer above its own.

use rtjs_js::SOURCES;

/// From the ground up: a layer's name, and what stands in it. An entry is a module with all that is below its name; the longest entry that fits decides.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "base",
        &[
            "internal/absent",
            "internal/errors",
            "internal/options",
            "internal/validators",
            "internal/bootstrap/builtins",
            "internal/modules/files",
            "internal/os/constants",
            "internal/util/encoding_names",
            "internal/util/inspect",
            "internal/util/kinds",
            "internal/util/types",
            "util/types",
        ],
    ),
    (
        "values",
        &[
            "async_hooks",
            "buffer",
            "events",
            "internal/async_hooks",
            "internal/blob",
            "internal/blob_parts",
            "internal/buffer",
            "internal/domexception",
            "internal/encoding",
            "internal/events",
            "internal/modules/urls",
            "internal/path",
            "internal/promise_hooks",
            "internal/timers/counts",
            "internal/timers/immediate_queue",
            "internal/url",
            "internal/util",
            "path",
            "punycode",
            "querystring",
            "string_decoder",
            "sys",
            "url",
            "util",
        ],
    ),
    (
        "system",
        &[
            "assert",
            "console",
            "constants",
            "diagnostics_channel",
            "domain",
            "fs",
            "inspector",
            "internal/abort_controller",
            "internal/assert",
            "internal/console",
            "internal/crypto",
            "internal/diagnostics_channel",
            "internal/event_target",
            "internal/fs",
            "internal/inspector",
            "internal/locks",
            "internal/message_channel",
            "internal/messaging",
            "internal/navigator",
            "internal/os",
            "internal/perf",
            "internal/process",
            "internal/source_map",
            "internal/stdio",
            "internal/streams",
            "internal/structured_clone",
            "internal/timers",
            "internal/v8",
            "internal/webstreams",
            "internal/zlib",
            "os",
            "perf_hooks",
            "process",
            "stream",
            "timers",
            "v8",
            "zlib",
        ],
    ),
    (
        "io",
        &[
            "child_process",
            "dgram",
            "dns",
            "internal/child_process",
            "internal/dgram",
            "internal/dns",
            "internal/modules",
            "internal/net",
            "internal/readline",
            "internal/tty",
            "internal/vm",
            "internal/worker_threads",
            "module",
            "net",
            "readline",
            "repl",
            "tty",
            "vm",
            "worker_threads",
        ],
    ),
    (
        "servers",
        &[
            "_http_agent",
            "_http_client",
            "_http_common",
            "_http_incoming",
            "_http_outgoing",
            "_http_server",
            "_tls_common",
            "_tls_wrap",
            "cluster",
            "crypto",
            "http",
            "http2",
            "https",
            "internal/cluster",
            "internal/crypto/x509",
            "internal/fetch",
            "internal/websocket",
            "internal/http",
            "internal/https",
            "internal/test_runner",
            "internal/tls",
            "test",
            "tls",
        ],
    ),
    ("start", &["internal/bootstrap"]),
];

/// Who reaches up all the same, inside a function, and why there is no other way.
const UPWARD: &[(&str, &str)] = &[
    // Blob.prototype.stream() gives a web stream; fs.openAsBlob()'s parts are read from their file.
    ("internal/blob", "stream/web"),
    ("internal/blob_parts", "fs"),
    ("internal/blob_parts", "fs/promises"),
    // FileHandle.prototype.readLines() gives an Interface.
    ("internal/fs/file_handle", "readline"),
    // process.stdin and its like are whatever their descriptor is.
    ("internal/process/stdio", "tty"),
    // util.transferableAbortSignal() is about messages.
    ("util", "internal/messaging/abort_signal"),
];

#[test]
fn no_module_requires_a_layer_above_its_own() {
    let mut wrong = Vec::new();
    let mut excused = Vec::new();
    for source in SOURCES {
        let Some(own) = layer_of(source.id) else {
            wrong.push(format!(
                "{} stands in no layer: js/tests/layers.rs has to name it",
                source.id
            ));
            continue;
        };
        for (line, target) in requires(source.code) {
            let Some(other) = layer_of(target) else { continue };
            if other <= own {
                continue;
            }
            // What stands at the start of a line runs when the module is loaded.
            if line.starts_with(' ') && UPWARD.contains(&(source.id, target)) {
                excused.push((source.id, target));
                continue;
            }
            wrong.push(format!(
                "{} ({}) requires {target} ({}): {}",
                source.id,
                LAYERS[own].0,
                LAYERS[other].0,
                line.trim()
            ));
        }
    }
    for pair in UPWARD.iter().filter(|pair| !excused.contains(pair)) {
        wrong.push(format!(
            "{} no longer requires {}: the exception can go",
            pair.0, pair.1
        ));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_entry_of_the_table_names_a_module() {
    for entry in LAYERS.iter().flat_map(|(_, entries)| *entries) {
        assert!(
            SOURCES.iter().any(|source| is_within(source.id, entry)),
            "{entry} is no module"
        );
    }
}

fn layer_of(id: &str) -> Option<usize> {
    LAYERS
        .iter()
        .enumerate()
        .flat_map(|(index, (_, entries))| entries.iter().map(move |entry| (index, *entry)))
        .filter(|(_, entry)| is_within(id, entry))
        .max_by_key(|(_, entry)| entry.len())
        .map(|(index, _)| index)
}

fn is_within(id: &str, entry: &str) -> bool {
    id.strip_prefix(entry)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Each `require('id')` of a module's text, with the line that it is in.
fn requires(code: &str) -> impl Iterator<Item = (&str, &str)> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| {
            line.split("require('").skip(1).filter_map(move |rest| {
                let id = rest.split('\'').next()?;
                Some((line, id.strip_prefix("node:").unwrap_or(id)))
            })
        })
}
