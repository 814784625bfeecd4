use std::io::Read;
use std::os::fd::AsFd;

use super::*;
use crate::reap::{Exit, send_signal, try_wait};

fn command(file: &str, args: &[&str]) -> Command {
    Command {
        file: file.into(),
        args: std::iter::once(file)
            .chain(args.iter().copied())
            .map(Into::into)
            .collect(),
        env: vec![
            format!("PATH={}", std::env::var("PATH").unwrap_or_default()),
            "GREETING=hello".into(),
        ],
        stdio: vec![Stdio::Ignore, Stdio::Pipe, Stdio::Inherit(2)],
        ..Default::default()
    }
}

// What the child writes to its descriptor `at`, and how it ended.
fn output(command: &Command, at: usize) -> (String, Exit) {
    let mut child = command.spawn().unwrap();
    let ours = child.pipes[at].take().unwrap();
    drop(child.pipes);
    (read_to_end(ours), wait(child.pidfd.as_fd()).unwrap())
}

fn wait(pidfd: std::os::fd::BorrowedFd<'_>) -> std::io::Result<Exit> {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    poll(&mut [PollFd::new(pidfd, PollFlags::POLLIN)], PollTimeout::NONE)?;
    try_wait(pidfd).map(|exit| exit.expect("a pidfd is readable when its process has ended"))
}

fn read_to_end(ours: OwnedFd) -> String {
    nix::fcntl::fcntl(&ours, nix::fcntl::FcntlArg::F_SETFL(nix::fcntl::OFlag::empty())).unwrap();
    let mut text = String::new();
    std::os::unix::net::UnixStream::from(ours)
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn errno(command: &Command) -> i32 {
    command.spawn().unwrap_err().raw_os_error().unwrap()
}

#[test]
fn output_environment_and_exit_code() {
    let sh = command("sh", &["-c", "echo $GREETING; exit 7"]);
    assert_eq!(output(&sh, 1), ("hello\n".into(), Exit::Code(7)));
}

#[test]
fn working_directory_and_name() {
    let mut sh = command("sh", &["-c", "pwd; echo $0"]);
    sh.args[0] = "other name".into();
    sh.cwd = Some("/usr".into());
    assert_eq!(output(&sh, 1).0, "/usr\nother name\n");
}

#[test]
fn a_signal_is_told_from_a_code() {
    let child = command("sleep", &["100"]).spawn().unwrap();
    assert_eq!(try_wait(child.pidfd.as_fd()).unwrap(), None);
    send_signal(child.pidfd.as_fd(), libc::SIGKILL).unwrap();
    assert_eq!(wait(child.pidfd.as_fd()).unwrap(), Exit::Signal(libc::SIGKILL));
    assert_eq!(
        try_wait(child.pidfd.as_fd()).unwrap_err().raw_os_error(),
        Some(libc::ECHILD)
    );
    assert_eq!(
        send_signal(child.pidfd.as_fd(), 0).unwrap_err().raw_os_error(),
        Some(libc::ESRCH)
    );
}

#[test]
fn errors_of_exec_are_the_callers() {
    assert_eq!(errno(&command("no-such-program", &[])), libc::ENOENT);
    assert_eq!(errno(&command("/no/such/program", &[])), libc::ENOENT);
    assert_eq!(errno(&command("/etc/passwd", &[])), libc::EACCES);
    assert_eq!(errno(&command("", &[])), libc::ENOENT);
    assert_eq!(errno(&command("sh", &["nul\0nul"])), libc::EINVAL);
    assert_eq!(errno(&command("sh", &[&"x".repeat(1 << 20)])), libc::E2BIG);
    let mut elsewhere = command("sh", &[]);
    elsewhere.cwd = Some("/no/such/folder".into());
    assert_eq!(errno(&elsewhere), libc::ENOENT);
    let mut closed = command("sh", &[]);
    closed.stdio = vec![Stdio::Inherit(1 << 20)];
    assert_eq!(errno(&closed), libc::EBADF);
}

#[test]
fn descriptors_land_on_their_numbers_and_no_others_are_open() {
    let mut sh = command("sh", &["-c", "exec >&5; exec ls /proc/self/fd"]);
    sh.stdio = vec![
        Stdio::Ignore,
        Stdio::Inherit(2),
        Stdio::Inherit(2),
        Stdio::Ignore,
        Stdio::Inherit(0),
        Stdio::Pipe,
    ];
    // The program opens the folder on the lowest free number, which is that of the one left out.
    let (text, exit) = output(&sh, 5);
    assert_eq!((text.as_str(), exit), ("0\n1\n2\n3\n4\n5\n", Exit::Code(0)));
}

#[test]
fn what_somebody_left_open_is_closed_where_nothing_is_wanted() {
    let (reader, _writer) = std::io::pipe().unwrap();
    let number = reader.as_raw_fd();
    // SAFETY: a system call on a number.
    unsafe { libc::fcntl(number, libc::F_SETFD, 0) };
    let mut sh = command("sh", &["-c", &format!("test ! -e /proc/self/fd/{number}")]);
    sh.stdio = vec![Stdio::Ignore; number as usize + 1];
    assert_eq!(wait(sh.spawn().unwrap().pidfd.as_fd()).unwrap(), Exit::Code(0));
}

#[test]
fn descriptors_can_change_places() {
    let mut swapped = command("sh", &["-c", "echo out; echo err >&2"]);
    let (first, first_end) = pipe().unwrap();
    let (second, second_end) = pipe().unwrap();
    // Numbers below the targets have to be moved before they are overwritten.
    swapped.stdio = vec![Stdio::Ignore; 8];
    swapped.stdio[1] = Stdio::Inherit(first_end.as_raw_fd());
    swapped.stdio[2] = Stdio::Inherit(second_end.as_raw_fd());
    swapped.stdio[7] = Stdio::Inherit(1);
    let child = swapped.spawn().unwrap();
    drop((first_end, second_end));
    assert_eq!(wait(child.pidfd.as_fd()).unwrap(), Exit::Code(0));
    assert_eq!(read_to_end(first), "out\n");
    assert_eq!(read_to_end(second), "err\n");
}

#[test]
fn a_detached_child_leads_a_session() {
    let mut sh = command("sh", &["-c", "ps -o sid= -p $$ | tr -d ' '; echo $$"]);
    sh.detached = true;
    let text = output(&sh, 1).0;
    let mut lines = text.lines();
    assert_eq!(lines.next(), lines.next());
}

#[test]
fn a_script_without_a_first_line_is_run_by_a_shell() {
    let path = std::env::temp_dir().join(format!("rtjs-spawn-{}", std::process::id()));
    std::fs::write(&path, "echo script $1").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&path, mode).unwrap();
    let (text, exit) = output(&command(path.to_str().unwrap(), &["one"]), 1);
    std::fs::remove_file(&path).unwrap();
    assert_eq!((text.as_str(), exit), ("script one\n", Exit::Code(0)));
}

#[test]
fn signals_are_as_at_the_start_of_a_program() {
    // This test program, like every Rust program, ignores SIGPIPE.
    let sh = command("sh", &["-c", "kill -PIPE $$; echo alive"]);
    assert_eq!(output(&sh, 1), (String::new(), Exit::Signal(libc::SIGPIPE)));
}
