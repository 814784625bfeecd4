//! The embedding API, as a program outside this repository would use it. One process can run several runtimes one after the other, each on the
//! thread that built it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rtjs::deno_core;
use rtjs::deno_core::OpState;

#[deno_core::op2(fast)]
fn op_embed_test_double(number: i32) -> i32 {
    number * 2
}

static POSTED: AtomicBool = AtomicBool::new(false);

#[deno_core::op2(fast)]
fn op_embed_test_post(state: &mut OpState) {
    rtjs_core::EventLoop::from_state(state).post(|_| POSTED.store(true, Ordering::Relaxed));
}

deno_core::extension!(embed_test, ops = [op_embed_test_double, op_embed_test_post]);

// `process.exitCode` and friends are the runtime's, the working directory is the process's: one test at a time.
static ONE: Mutex<()> = Mutex::new(());

fn run(code: &str) -> i32 {
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    rtjs::Runtime::builder()
        .extension(embed_test::init)
        .eval(code)
        .build()
        .expect("a runtime can be built")
        .run()
}

#[test]
fn an_empty_script_ends_with_0() {
    assert_eq!(run(""), 0);
}

#[test]
fn the_exit_code_comes_back() {
    assert_eq!(run("process.exitCode = 3"), 3);
}

#[test]
fn process_exit_ends_the_script_and_not_the_process() {
    assert_eq!(
        run("setInterval(() => {}, 1000); setTimeout(() => process.exit(4), 5); "),
        4
    );
    assert_eq!(run("process.exit(5); for (;;) {}"), 5);
}

#[test]
fn an_uncaught_error_gives_1() {
    assert_eq!(run("throw new Error('expected by this test')"), 1);
}

#[test]
fn the_embedders_ops_are_there() {
    assert_eq!(
        run("process.exitCode = require('rtjs:ops').op_embed_test_double(21)"),
        42
    );
}

#[test]
fn the_event_loop_runs_to_its_end() {
    let code = "let n = 0; setTimeout(() => { n++; setImmediate(() => process.nextTick(() => Promise.resolve().then(() => { process.exitCode = n + 6; }))); }, 2)";
    assert_eq!(run(code), 7);
}

#[test]
fn what_is_posted_keeps_the_loop_alive() {
    assert_eq!(run("setImmediate(() => require('rtjs:ops').op_embed_test_post())"), 0);
    assert!(POSTED.load(Ordering::Relaxed));
}

/// The example program, which `cargo test` builds beside this test.
#[test]
fn the_example_is_its_own_worker() {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::os::unix::process::CommandExt;

    let test = std::env::current_exe().expect("a running program has a path");
    let example = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("cargo's layout")
        .join("examples/embed");
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port")
        .port();
    let mut child = std::process::Command::new(&example)
        .arg(port.to_string())
        .stdout(std::process::Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap_or_else(|e| panic!("{}: {e}", example.display()));
    let mut line = String::new();
    let said = BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line);
    let answers: Vec<String> = (0..4)
        .map(|_| {
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("the workers listen");
            write!(stream, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("connected");
            let mut text = String::new();
            stream.read_to_string(&mut text).expect("text");
            text
        })
        .collect();
    let _ = child.kill();
    let _ = child.wait();
    // The workers end by themselves when their primary has died.
    said.expect("the example prints a line");
    assert_eq!(line, format!("two workers listen on {port}\n"));
    for worker in [1, 2] {
        let wanted = format!("hello worker {worker}, from Rust\n");
        assert_eq!(
            answers.iter().filter(|a| a.ends_with(&wanted)).count(),
            2,
            "{answers:?}"
        );
    }
}
