//! The articles' samples, as printed: what their README says must be seen. They listen on fixed ports, so they run one at a time.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use crate::support;
use crate::support::live::{self, Live};

const LIMIT: Duration = Duration::from_secs(15);

static PORTS: Mutex<()> = Mutex::new(());

type Check = fn(&Path) -> Result<(), Failed>;

const CHECKS: &[(&str, Check)] = &[
    ("fork-workers", fork_workers),
    ("cluster-http", |a| cluster_http(a, "cluster-http.js")),
    ("cluster-http-const", |a| cluster_http(a, "cluster-http-const.js")),
    ("request-counter", |a| request_counter(a, "request-counter.js")),
    ("handbook/count-requests", |a| {
        request_counter(a, "handbook/count-requests.js")
    }),
    ("cluster-minimal", cluster_minimal),
    ("shared-handle", shared_handle),
    ("ipc", ipc),
    ("handbook/fork-listening-timeouts", fork_listening_timeouts),
    ("handbook/restart-on-exit", restart_on_exit),
    ("handbook/setup-master", setup_master),
    ("handbook/worker-id", worker_id),
    ("handbook/each-worker", each_worker),
    ("handbook/echo", |a| prints(a, "handbook/echo.js", "echoed: hi there\n")),
    ("handbook/suicide", |a| {
        prints(
            a,
            "handbook/suicide.js",
            "Oh, it was just suicide' - no need to worry\n",
        )
    }),
    ("handbook/graceful-disconnect", graceful_disconnect),
    ("handbook/worker-exit", worker_exit),
    ("cluster-http with NODE_DEBUG", node_debug),
];

pub fn trials() -> Vec<Trial> {
    let folder = support::root().join("../shared/article");
    if !folder.is_dir() {
        return support::skip(
            "article",
            "the folder with the articles' samples is not beside the repository",
        );
    }
    CHECKS
        .iter()
        .map(|(name, check)| {
            let folder = folder.clone();
            Trial::test(format!("article/{name}"), move || {
                let _guard = PORTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                check(&folder)
            })
        })
        .collect()
}

fn rtjs(folder: &Path, script: &str) -> Command {
    let mut command = support::command(support::RTJS);
    command.arg(script).current_dir(folder);
    command
}

fn cpus() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn want(condition: bool, message: impl FnOnce() -> String) -> Result<(), Failed> {
    if condition { Ok(()) } else { Err(message().into()) }
}

fn prints(folder: &Path, script: &str, expected: &str) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(folder, script), LIMIT)?;
    want(output.stdout == expected && output.status.success(), || {
        format!("{output:?}")
    })
}

/// A line for each CPU, in any order.
fn fork_workers(folder: &Path) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(folder, "fork-workers.js"), LIMIT)?;
    let lines = output
        .stdout
        .lines()
        .filter(|l| support::matches("worker [WILDCARD] of [WILDCARD]", l))
        .count();
    want(
        lines == cpus() && output.stdout.lines().count() == lines && output.status.success(),
        || format!("{output:?}"),
    )
}

fn cluster_http(folder: &Path, script: &str) -> Result<(), Failed> {
    let mut server = Live::start(&mut rtjs(folder, script))?;
    live::get_until(8000, "/", |r| {
        r.starts_with("HTTP/1.1 200 OK\r\n") && r.body() == "hello world\n"
    })?;
    let workers = server.children();
    want(workers.len() == cpus(), || {
        format!("{} children for {} CPUs", workers.len(), cpus())
    })?;
    live::kill(workers[0])?;
    server.wait_for_line(|l| l == format!("worker {} died", workers[0]))?;
    if workers.len() > 1 {
        for _ in 0..20 {
            live::get_until(8000, "/", |r| r.body() == "hello world\n")?;
        }
    }
    Ok(())
}

fn request_counter(folder: &Path, script: &str) -> Result<(), Failed> {
    let mut server = Live::start(&mut rtjs(folder, script))?;
    live::get_until(8000, "/", |r| r.body() == "hello world\n")?;
    for _ in 0..4 {
        live::get_until(8000, "/", |r| r.body() == "hello world\n")?;
    }
    server.wait_for_line(|l| l == "numReqs = 5")?;
    Ok(())
}

fn cluster_minimal(folder: &Path) -> Result<(), Failed> {
    let _server = Live::start(&mut rtjs(folder, "cluster-minimal.js"))?;
    live::get_until(3333, "/", |r| r.body() == "hello world")?;
    Ok(())
}

fn shared_handle(folder: &Path) -> Result<(), Failed> {
    let server = Live::start(&mut rtjs(&folder.join("shared-handle"), "master.js"))?;
    let answer = live::get_until(8000, "/", |r| r.body().starts_with("true"))?;
    let pid = answer.body()["true".len()..].to_owned();
    let workers = server.children();
    want(
        workers.len() == 4 && workers.iter().any(|w| w.to_string() == pid),
        || format!("{pid} of {workers:?}"),
    )
}

fn ipc(folder: &Path) -> Result<(), Failed> {
    let mut parent = Live::start(&mut rtjs(folder, "ipc/1-master.js"))?;
    for (first, second) in [
        ("received in slave:", "{ msg: 'msg from master' }"),
        ("received in master:", "{ msg: 'message from slave' }"),
    ] {
        parent.wait_for_line(|l| l == first)?;
        parent.wait_for_line(|l| l == second)?;
    }
    Ok(())
}

fn fork_listening_timeouts(folder: &Path) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(folder, "handbook/fork-listening-timeouts.js"), LIMIT)?;
    let expected = "Yay, the worker responded after it was forked\nA worker is now connected to null:8000\nThe worker #1 has disconnected\n";
    want(
        output.stdout == expected
            && output.stderr == "Something must be wrong with the connection ...\n"
            && output.status.success(),
        || format!("{output:?}"),
    )
}

fn restart_on_exit(folder: &Path) -> Result<(), Failed> {
    let mut server = Live::start(&mut rtjs(folder, "handbook/restart-on-exit.js"))?;
    server.wait_for_line(|l| support::matches("worker [WILDCARD] died (SIGKILL). restarting...", l))?;
    live::get_until(8000, "/", |r| r.body() == "alive\n")?;
    Ok(())
}

fn setup_master(folder: &Path) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(&folder.join("handbook"), "setup-master.js"), LIMIT)?;
    want(
        output.stdout.is_empty() && output.stderr.is_empty() && output.status.success(),
        || format!("{output:?}"),
    )
}

fn worker_id(folder: &Path) -> Result<(), Failed> {
    let mut primary = Live::start(&mut rtjs(folder, "handbook/worker-id.js"))?;
    for line in ["I am master", "I am worker #1", "I am worker #2"] {
        primary.wait_for_line(|l| l == line)?;
    }
    std::thread::sleep(Duration::from_millis(300));
    want(primary.children().len() == 2, || {
        format!("children: {:?}", primary.children())
    })
}

fn each_worker(folder: &Path) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(folder, "handbook/each-worker.js"), LIMIT)?;
    let mut lines: Vec<&str> = output.stdout.lines().collect();
    lines.sort_unstable();
    let expected = [
        "1: big announcement to all workers",
        "2: big announcement to all workers",
    ];
    want(lines == expected && output.status.success(), || format!("{output:?}"))
}

fn graceful_disconnect(folder: &Path) -> Result<(), Failed> {
    let output = support::run(&mut rtjs(folder, "handbook/graceful-disconnect.js"), LIMIT)?;
    // The sample's own timer kills the worker after two seconds; then the exit is no graceful one.
    want(output.status.success() && output.stdout.is_empty(), || {
        format!("{output:?}")
    })
}

fn worker_exit(folder: &Path) -> Result<(), Failed> {
    prints(folder, "handbook/worker-exit.js", "worker success!\n")?;
    let output = support::run(rtjs(folder, "handbook/worker-exit.js").env("CODE", "3"), LIMIT)?;
    want(output.stdout == "worker exited with error code: 3\n", || {
        format!("{output:?}")
    })
}

fn node_debug(folder: &Path) -> Result<(), Failed> {
    let mut server = Live::start(rtjs(folder, "cluster-http.js").env("NODE_DEBUG", "cluster"))?;
    for _ in 0..cpus() {
        let pid = server.id();
        server.wait_for_error_line(|l| support::matches(&format!("{pid},Master Worker [WILDCARD] online"), l))?;
    }
    Ok(())
}
