//! The options that are known by name: Node's, and those of V8 that take part in `NODE_OPTIONS`.

/// What follows an option.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nothing; `--no-x` turns it off.
    Switch,
    /// A value, after `=` or as the next word.
    Valued,
    /// A value, for V8 as well.
    V8Valued,
    /// Code, or nothing: `--print`.
    Print,
}

/// One option.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What follows it.
    pub kind: Kind,
    /// Whether `NODE_OPTIONS` may hold it.
    pub in_environment: bool,
}

/// The values of `--unhandled-rejections`.
pub const REJECTION_MODES: [&str; 5] = ["none", "strict", "throw", "warn", "warn-with-error-codes"];

const SHORT: [(&str, &str); 9] = [
    ("-C", "--conditions"),
    ("-c", "--check"),
    ("-e", "--eval"),
    ("-h", "--help"),
    ("-p", "--print"),
    ("-pe", "--eval"),
    ("-r", "--require"),
    ("-v", "--version"),
    (
        "--es-module-specifier-resolution",
        "--experimental-specifier-resolution",
    ),
];

/// The long name that `name` is short for.
pub fn long_form(name: &str) -> Option<&'static str> {
    SHORT.iter().find(|(short, _)| *short == name).map(|(_, long)| *long)
}

const COMMAND_LINE_SWITCHES: [&str; 6] = [
    "--check",
    "--expose-internals",
    "--help",
    "--prof-process",
    "--v8-options",
    "--version",
];

const SWITCHES: [&str; 45] = [
    "--abort-on-uncaught-exception",
    "--addons",
    "--async-context-frame",
    "--deprecation",
    "--detect-module",
    "--enable-fips",
    "--enable-source-maps",
    "--entry-url",
    "--experimental-require-module",
    "--extra-info-on-fatal-exception",
    "--force-async-hooks-checks",
    "--force-context-aware",
    "--force-fips",
    "--force-node-api-uncaught-exceptions-policy",
    "--global-search-paths",
    "--insecure-http-parser",
    "--network-family-autoselection",
    "--node-snapshot",
    "--pending-deprecation",
    "--preserve-symlinks",
    "--preserve-symlinks-main",
    "--report-on-fatalerror",
    "--report-on-signal",
    "--report-uncaught-exception",
    "--strip-types",
    "--throw-deprecation",
    "--tls-max-v1.2",
    "--tls-max-v1.3",
    "--tls-min-v1.0",
    "--tls-min-v1.1",
    "--tls-min-v1.2",
    "--tls-min-v1.3",
    "--trace-deprecation",
    "--trace-exit",
    "--trace-sigint",
    "--trace-sync-io",
    "--trace-tls",
    "--trace-uncaught",
    "--trace-warnings",
    "--track-heap-objects",
    "--use-bundled-ca",
    "--use-env-proxy",
    "--use-openssl-ca",
    "--use-system-ca",
    "--warnings",
];

/// Switches of V8 that `NODE_OPTIONS` may hold.
const V8_SWITCHES: [&str; 9] = [
    "--disallow-code-generation-from-strings",
    "--expose-gc",
    "--huge-max-old-generation-size",
    "--interpreted-frames-native-stack",
    "--jitless",
    "--perf-basic-prof",
    "--perf-basic-prof-only-functions",
    "--perf-prof",
    "--perf-prof-unwinding-info",
];

const VALUED: [&str; 25] = [
    "--conditions",
    "--diagnostic-dir",
    "--disable-proto",
    "--disable-warning",
    "--dns-result-order",
    "--experimental-specifier-resolution",
    "--icu-data-dir",
    "--import",
    "--input-type",
    "--localstorage-file",
    "--max-http-header-size",
    "--network-family-autoselection-attempt-timeout",
    "--openssl-config",
    "--redirect-warnings",
    "--report-dir",
    "--report-directory",
    "--report-filename",
    "--require",
    "--secure-heap",
    "--secure-heap-min",
    "--title",
    "--tls-cipher-list",
    "--tls-keylog",
    "--trace-require-module",
    "--unhandled-rejections",
];

/// Valued options that `NODE_OPTIONS` may not hold.
const COMMAND_LINE_VALUED: [&str; 2] = ["--env-file", "--env-file-if-exists"];

const V8_VALUED: [&str; 4] = [
    "--max-old-space-size",
    "--max-semi-space-size",
    "--stack-trace-limit",
    "--max-heap-size",
];

/// What is known of an option, by its long name.
pub fn find(name: &str) -> Option<Known> {
    let of = |kind, in_environment| Some(Known { kind, in_environment });
    match name {
        "--eval" => of(Kind::Valued, false),
        "--print" => of(Kind::Print, false),
        _ if COMMAND_LINE_VALUED.contains(&name) => of(Kind::Valued, false),
        _ if COMMAND_LINE_SWITCHES.contains(&name) => of(Kind::Switch, false),
        _ if SWITCHES.contains(&name) || V8_SWITCHES.contains(&name) => of(Kind::Switch, true),
        _ if VALUED.contains(&name) => of(Kind::Valued, true),
        _ if V8_VALUED.contains(&name) => of(Kind::V8Valued, true),
        _ => None,
    }
}

/// Whether V8 is told about this switch too.
pub fn is_v8_switch(name: &str) -> bool {
    V8_SWITCHES.contains(&name)
}
