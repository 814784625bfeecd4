//! The command line: from words to what to run. Values in, values out; nothing here touches the process.
//!
//! Options stand before the script; the first word that is none ends them, as does `--`. `NODE_OPTIONS` is read first, so that the command line
//! has the last word. What an option means belongs to the built-in module that asks for it (`internal/options`); V8's own are handed to V8.

use rtjs::{Main, Options};

use crate::known::{self, Kind};

/// What the command line asks for.
#[derive(Debug)]
pub enum Action {
    /// Run a program.
    Run {
        /// What to run and with which settings.
        options: Box<Options>,
        /// Options that are left to V8. It says which of them it does not know.
        v8_flags: Vec<V8Flag>,
    },
    /// `--version`
    Version,
    /// `--help`
    Help,
    /// `--v8-options`
    V8Options,
}

/// An option that is none of ours.
#[derive(Debug, PartialEq, Eq)]
pub struct V8Flag {
    /// The word as V8 takes it.
    pub flag: String,
    /// What to say when V8 does not know it either.
    pub complaint: String,
}

/// Parses the words after the program's name, and `NODE_OPTIONS`.
///
/// # Errors
/// One line that says what is wrong, without the program's name; the exit code is 9.
pub fn parse(args: &[String], node_options: Option<&str>) -> Result<Action, String> {
    let mut parser = Parser::default();
    if let Some(text) = node_options {
        let words = split_node_options(text)?;
        parser.in_environment = true;
        let used = parser.options(&words)?;
        if let Some(word) = words.get(used) {
            return Err(not_allowed(word));
        }
        parser.in_environment = false;
    }
    let used = parser.options(args)?;
    let options_end = parser.options_end.unwrap_or(used);
    let exec_args = args[..options_end].to_vec();
    parser.finish(&args[used..], exec_args)
}

#[derive(Default)]
struct Parser {
    in_environment: bool,
    flags: Vec<(String, String)>,
    v8_flags: Vec<V8Flag>,
    require: Vec<String>,
    eval: Option<String>,
    print: bool,
    check: bool,
    version: bool,
    help: bool,
    v8_options: bool,
    options_end: Option<usize>,
}

impl Parser {
    /// Reads options from the front of `words`; returns how many words they took, a closing `--` included.
    fn options(&mut self, words: &[String]) -> Result<usize, String> {
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if !word.starts_with('-') || word == "-" {
                break;
            }
            if word == "--" {
                if self.in_environment {
                    return Err(not_allowed(word));
                }
                self.options_end = Some(at);
                return Ok(at + 1);
            }
            at += 1;
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (word.as_str(), None),
            };
            let name = canonical(name);
            let Some(option) = known::find(&name) else {
                self.unknown(word, &name, value)?;
                continue;
            };
            if self.in_environment && !option.in_environment {
                return Err(not_allowed(word));
            }
            match option.kind {
                Kind::Switch => {
                    if value.is_some() {
                        return Err(format!("{word} does not take an argument"));
                    }
                    self.switch(&name);
                }
                Kind::Valued | Kind::V8Valued => {
                    let value = match value {
                        Some("") | None if value.is_some() => {
                            return Err(format!("{word} requires an argument"));
                        }
                        Some(value) => value.to_owned(),
                        None => {
                            let next = words.get(at).filter(|w| !w.starts_with('-') || w.as_str() == "-");
                            let next = next.ok_or_else(|| format!("{word} requires an argument"))?;
                            at += 1;
                            next.clone()
                        }
                    };
                    self.valued(&name, unescape(value), option.kind, word)?;
                }
                Kind::Print => {
                    self.print = true;
                    let takes_next = value.is_none() && self.eval.is_none();
                    if let Some(value) = value {
                        self.eval = Some(value.to_owned());
                    } else if takes_next && let Some(next) = words.get(at).filter(|w| !w.starts_with('-')) {
                        self.eval = Some(unescape(next.clone()));
                        at += 1;
                    }
                }
            }
        }
        Ok(at)
    }

    fn switch(&mut self, name: &str) {
        match name {
            "--check" => self.check = true,
            "--version" => self.version = true,
            "--help" => self.help = true,
            "--v8-options" => self.v8_options = true,
            _ => {
                if known::is_v8_switch(name) {
                    self.v8_flags.push(V8Flag {
                        flag: name.to_owned(),
                        complaint: bad_option(name),
                    });
                }
                self.flag(name, "");
            }
        }
    }

    fn valued(&mut self, name: &str, value: String, kind: Kind, word: &str) -> Result<(), String> {
        match name {
            "--eval" => {
                self.eval = Some(value);
                if word == "-pe" {
                    self.print = true;
                }
                return Ok(());
            }
            "--require" => {
                self.require.push(value);
                return Ok(());
            }
            "--input-type" if !matches!(value.as_str(), "module" | "commonjs") => {
                return Err("--input-type must be \"module\" or \"commonjs\"".to_owned());
            }
            "--disable-proto" if !matches!(value.as_str(), "delete" | "throw") => {
                return Err(format!("invalid mode passed to {name}"));
            }
            "--unhandled-rejections" if !known::REJECTION_MODES.contains(&value.as_str()) => {
                return Err("invalid value for --unhandled-rejections".to_owned());
            }
            _ => {}
        }
        if kind == Kind::V8Valued {
            self.v8_flags.push(V8Flag {
                flag: format!("{name}={value}"),
                complaint: bad_option(word),
            });
        }
        self.flag(name, &value);
        Ok(())
    }

    /// A word that is not in the table: a negation, an experimental switch, or something for V8.
    fn unknown(&mut self, word: &str, name: &str, value: Option<&str>) -> Result<(), String> {
        if let Some(positive) = name.strip_prefix("--no-") {
            let positive = format!("--{positive}");
            if let Some(option) = known::find(&positive) {
                if option.kind != Kind::Switch {
                    return Err(format!(
                        "{word} is an invalid negation because it is not a boolean option"
                    ));
                }
                self.flag(name, "");
                self.flag(&positive, "false");
                return Ok(());
            }
        }
        if let Some(rest) = name
            .strip_prefix("--experimental-")
            .or_else(|| name.strip_prefix("--no-experimental-"))
            && !rest.is_empty()
        {
            self.flag(name, value.unwrap_or(""));
            if let Some(positive) = name.strip_prefix("--no-") {
                self.flag(&format!("--{positive}"), "false");
            }
            return Ok(());
        }
        if self.in_environment {
            return Err(not_allowed(word));
        }
        // V8 takes any abbreviation that is not there for a flag of its own; a single dash is nobody's.
        if !name.starts_with("--") {
            return Err(bad_option(word));
        }
        self.v8_flags.push(V8Flag {
            flag: match value {
                Some(value) => format!("{name}={value}"),
                None => name.to_owned(),
            },
            complaint: bad_option(word),
        });
        self.flag(name, value.unwrap_or(""));
        Ok(())
    }

    fn flag(&mut self, name: &str, value: &str) {
        let name = name.trim_start_matches('-');
        self.flags.push((name.to_owned(), value.to_owned()));
    }

    fn finish(mut self, rest: &[String], exec_args: Vec<String>) -> Result<Action, String> {
        if self.version {
            return Ok(Action::Version);
        }
        if self.help {
            return Ok(Action::Help);
        }
        if self.v8_options {
            return Ok(Action::V8Options);
        }
        if self.check && self.eval.is_some() {
            return Err("either --check or --eval can be used, not both".to_owned());
        }
        let has = |wanted: &str| {
            self.flags
                .iter()
                .any(|(name, value)| name == wanted && value != "false")
        };
        if has("tls-min-v1.3") && has("tls-max-v1.2") {
            return Err("either --tls-min-v1.3 or --tls-max-v1.2 can be used, not both".to_owned());
        }
        if self.check {
            self.flag("--check", "");
        }
        if self.print {
            self.flag("--print", "");
        }
        let (main, args) = match (self.eval, rest.split_first()) {
            (Some(code), _) => (
                Main::Eval {
                    code,
                    print: self.print,
                },
                rest,
            ),
            (None, Some((word, args))) if word == "-" => {
                // A dash shows in process.argv, where no script at all does not.
                self.flags.push(("stdin-dash".to_owned(), String::new()));
                (Main::Stdin, args)
            }
            (None, Some((script, args))) => (Main::Script(script.into()), args),
            (None, None) => (Main::Stdin, rest),
        };
        let options = Options {
            main,
            args: args.to_vec(),
            exec_args,
            require: self.require,
            flags: self.flags,
            ..Options::default()
        };
        Ok(Action::Run {
            options: Box::new(options),
            v8_flags: self.v8_flags,
        })
    }
}

/// The long form of an option's name, with dashes where underscores may stand.
fn canonical(name: &str) -> String {
    if let Some(long) = known::long_form(name) {
        return long.to_owned();
    }
    match name.strip_prefix("--") {
        Some(rest) => format!("--{}", rest.replace('_', "-")),
        None => name.to_owned(),
    }
}

/// A value may begin with a dash when a backslash stands before it.
fn unescape(value: String) -> String {
    match value.strip_prefix("\\-") {
        Some(rest) => format!("-{rest}"),
        None => value,
    }
}

fn bad_option(word: &str) -> String {
    format!("bad option: {word}")
}

fn not_allowed(word: &str) -> String {
    format!("{word} is not allowed in NODE_OPTIONS")
}

/// Splits at spaces; double quotes keep them, and within quotes a backslash keeps the next character.
fn split_node_options(text: &str) -> Result<Vec<String>, String> {
    let invalid = |what: &str| format!("invalid value for NODE_OPTIONS ({what})");
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' if quoted => chars.next().ok_or_else(|| invalid("invalid escape"))?,
            ' ' if !quoted => {
                words.extend(word.take());
                continue;
            }
            '"' => {
                quoted = !quoted;
                continue;
            }
            c => c,
        };
        word.get_or_insert_default().push(c);
    }
    if quoted {
        return Err(invalid("unterminated string"));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn run(text: &str) -> Options {
        match parse(&words(text), None) {
            Ok(Action::Run { options, .. }) => *options,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn error(text: &str) -> String {
        parse(&words(text), None).expect_err(text)
    }

    fn flag(options: &Options, name: &str) -> Option<String> {
        let found = options.flags.iter().rev().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone())
    }

    #[test]
    fn options_end_at_the_script() {
        let options = run("--no-warnings -r a --require=b app.js --port 1 -e");
        assert!(matches!(&options.main, Main::Script(path) if path.as_os_str() == "app.js"));
        assert_eq!(options.args, words("--port 1 -e"));
        assert_eq!(options.exec_args, words("--no-warnings -r a --require=b"));
        assert_eq!(options.require, words("a b"));
        assert_eq!(flag(&options, "no-warnings").as_deref(), Some(""));
        assert_eq!(flag(&options, "warnings").as_deref(), Some("false"));
    }

    #[test]
    fn two_dashes_end_the_options_and_are_none_of_them() {
        let options = run("--no-warnings -- -x.js a");
        assert!(matches!(&options.main, Main::Script(path) if path.as_os_str() == "-x.js"));
        assert_eq!(options.exec_args, words("--no-warnings"));
        assert_eq!(options.args, words("a"));
    }

    #[test]
    fn code_can_be_given_in_every_form() {
        for (text, code, prints) in [
            ("-e 1", "1", false),
            ("--eval=1", "1", false),
            ("-p 1", "1", true),
            ("-pe 1", "1", true),
            ("-p -e 1", "1", true),
            ("-e 1 -p", "1", true),
            ("--print=1", "1", true),
            ("-e \\-1", "-1", false),
        ] {
            let options = run(text);
            assert!(
                matches!(&options.main, Main::Eval { code: c, print } if c == code && *print == prints),
                "{text}: {:?}",
                options.main
            );
        }
    }

    #[test]
    fn no_script_is_standard_input() {
        assert!(matches!(run("").main, Main::Stdin));
        let options = run("- a b");
        assert!(matches!(options.main, Main::Stdin));
        assert_eq!(options.args, words("a b"));
        assert!(matches!(run("-p").main, Main::Stdin));
    }

    #[test]
    fn values_come_after_an_equals_sign_or_as_the_next_word() {
        let options = run("-C a --conditions=b --title x --stack-trace-limit=3 x.js");
        let conditions: Vec<_> = options
            .flags
            .iter()
            .filter(|(n, _)| n == "conditions")
            .map(|(_, v)| v.as_str())
            .collect();
        assert_eq!(conditions, ["a", "b"]);
        assert_eq!(flag(&options, "title").as_deref(), Some("x"));
        assert_eq!(flag(&options, "stack-trace-limit").as_deref(), Some("3"));
    }

    #[test]
    fn what_is_not_ours_goes_to_v8() {
        let Ok(Action::Run { v8_flags, .. }) = parse(
            &words("--expose_gc --max-old-space-size=64 --trace-gc --zork=3 x.js"),
            None,
        ) else {
            panic!();
        };
        let flags: Vec<_> = v8_flags.iter().map(|f| f.flag.as_str()).collect();
        assert_eq!(
            flags,
            ["--expose-gc", "--max-old-space-size=64", "--trace-gc", "--zork=3"]
        );
        assert_eq!(v8_flags[3].complaint, "bad option: --zork=3");
    }

    #[test]
    fn complaints_are_nodes() {
        assert_eq!(error("-e"), "-e requires an argument");
        assert_eq!(error("--title"), "--title requires an argument");
        assert_eq!(error("--title= x"), "--title= requires an argument");
        assert_eq!(error("-zork"), "bad option: -zork");
        assert_eq!(
            error("--no-title"),
            "--no-title is an invalid negation because it is not a boolean option"
        );
        assert_eq!(
            error("--input-type=x -e 1"),
            "--input-type must be \"module\" or \"commonjs\""
        );
        assert_eq!(error("-c -e 1"), "either --check or --eval can be used, not both");
    }

    #[test]
    fn experimental_switches_are_taken_without_a_question() {
        let options = run("--experimental-vm-modules --no-experimental-fetch x.js");
        assert_eq!(flag(&options, "experimental-vm-modules").as_deref(), Some(""));
        assert_eq!(flag(&options, "experimental-fetch").as_deref(), Some("false"));
    }

    #[test]
    fn node_options_come_first_and_are_restricted() {
        let parse_both = |text: &str| match parse(&words("--title=b x.js"), Some(text)) {
            Ok(Action::Run { options, .. }) => Ok(*options),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error),
        };
        let options = parse_both("--title=a -r \"./a b.js\"").expect("allowed");
        assert_eq!(flag(&options, "title").as_deref(), Some("b"));
        assert_eq!(options.require, ["./a b.js"]);
        assert_eq!(options.exec_args, words("--title=b"));
        assert_eq!(parse_both("-e 1").unwrap_err(), "-e is not allowed in NODE_OPTIONS");
        assert_eq!(
            parse_both("--zork").unwrap_err(),
            "--zork is not allowed in NODE_OPTIONS"
        );
        assert_eq!(parse_both("x.js").unwrap_err(), "x.js is not allowed in NODE_OPTIONS");
        assert_eq!(
            parse_both("-r \"x").unwrap_err(),
            "invalid value for NODE_OPTIONS (unterminated string)"
        );
    }
}
