//! Lists the files of `node/` and `internal/` in one sorted table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut files = Vec::new();
    for (folder, prefix) in [("node", ""), ("internal", "internal/")] {
        println!("cargo:rerun-if-changed={folder}");
        collect(&root.join(folder), prefix, &mut files);
    }
    files.sort();
    let mut out = String::from("/// All built-ins, sorted by id.\npub static SOURCES: &[Source] = &[\n");
    for (id, path) in &files {
        // V8 then takes the text as it lies in the program; write other characters as escapes.
        let text = std::fs::read(path).expect("the file was just listed");
        assert!(text.is_ascii(), "{} is not ASCII", path.display());
        writeln!(out, "    Source {{ id: {id:?}, code: include_str!({path:?}) }},").expect("writing to a string");
    }
    out.push_str("];\n");
    let target = Path::new(&std::env::var_os("OUT_DIR").expect("set by cargo")).join("sources.rs");
    std::fs::write(target, out).expect("OUT_DIR is writable");
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else if let Some(stem) = name.strip_suffix(".js") {
            files.push((format!("{prefix}{stem}"), path));
        }
    }
}
