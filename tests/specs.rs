//! Each folder of `tests/specs/<module>/<behaviour>` is a test: `main.js` runs in its folder and prints `main.out`. `main.err` is what it
//! prints on standard error, `main.code` its exit code where that is not 0, `main.args` its arguments and `main.flags` rtjs's own, a line each.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use crate::support;

const LIMIT: Duration = Duration::from_secs(30);

pub fn trials() -> Vec<Trial> {
    let specs = support::root().join("tests/specs");
    let mut folders = Vec::new();
    for module in folders_of(&specs) {
        folders.extend(folders_of(&module).into_iter().filter(|f| main_file(f).is_some()));
    }
    folders
        .into_iter()
        .map(|folder| {
            let name = folder.strip_prefix(&specs).unwrap_or(&folder).display().to_string();
            Trial::test(name, move || run(&folder))
        })
        .collect()
}

fn folders_of(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn main_file(folder: &Path) -> Option<&'static str> {
    ["main.js", "main.mjs", "main.cjs"]
        .into_iter()
        .find(|name| folder.join(name).is_file())
}

fn run(folder: &Path) -> Result<(), Failed> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let lines = |name: &str| {
        read(name)
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut command = support::command(support::RTJS);
    command
        .args(lines("main.flags"))
        .arg(main_file(folder).unwrap_or("main.js"))
        .args(lines("main.args"))
        .current_dir(folder);
    let output = support::run(&mut command, LIMIT)?;
    let mut complaints = String::new();
    let code: i32 = read("main.code").and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    if output.status.code() != Some(code) {
        complaints += &format!("ended with {}, expected exit code {code}\n", output.status);
    }
    for (name, actual) in [("main.out", &output.stdout), ("main.err", &output.stderr)] {
        if let Some(expected) = read(name)
            && !support::matches(&expected, actual)
        {
            complaints += &format!("--- expected {name}\n{expected}\n--- actual\n{actual}\n");
        }
    }
    if complaints.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{complaints}--- stderr\n{}\nby hand: cd {} && rtjs main.js",
        output.stderr,
        folder.display()
    )
    .into())
}
