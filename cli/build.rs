//! How the program is linked on Linux: at a fixed address, so that V8's tables need no relocation, which would cost each worker a private copy of them; and
//! with the functions that most programs enter side by side (`hot_symbols.txt`, made by bench/hot_symbols.py), so that a process has few pages of the program.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=hot_symbols.txt");
    if variable("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    let order = format!(
        "-Wl,--symbol-ordering-file={},--no-warn-symbol-ordering",
        PathBuf::from(variable("CARGO_MANIFEST_DIR"))
            .join("hot_symbols.txt")
            .display()
    );
    if variable("CARGO_CFG_TARGET_ARCH") == "x86_64" && linker_takes(&order) {
        println!("cargo:rustc-link-arg-bins={order}");
    }
}

/// Whether the linker knows an argument, which LLVM's does and GNU's does not.
fn linker_takes(argument: &str) -> bool {
    let folder = PathBuf::from(variable("OUT_DIR"));
    let source = folder.join("empty.rs");
    std::fs::write(&source, "fn main() {}").is_ok() && links(&source, &folder.join("empty"), argument)
}

fn links(source: &Path, program: &Path, argument: &str) -> bool {
    let flags = variable("CARGO_ENCODED_RUSTFLAGS");
    Command::new(variable("RUSTC"))
        .args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()))
        .args([
            "--target",
            &variable("TARGET"),
            "-C",
            &format!("link-arg={argument}"),
            "-o",
        ])
        .args([program, source])
        .output()
        .is_ok_and(|output| output.status.success())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
