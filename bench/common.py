"""What the suites of run.py have in common: the environment that programs run in, servers, and how long things take."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "scripts")
PEERS = os.path.join(HERE, "peers")
# What the Rust programs of this folder have in common.
PARTS = ("epoll.rs", "channel.rs")


def say(text):
    print(text, file=sys.stderr, flush=True)


def environment(**more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NODE_", "BUN_", "DENO_", "RTJS"))}
    env.update({"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"})
    env.update({k: str(v) for k, v in more.items()})
    return env


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds_of(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1))


def compiled(name):
    """The program of this folder's Rust file of that name, compiled into bench/peers."""
    program, source = os.path.join(PEERS, name), os.path.join(HERE, f"{name}.rs")
    newest = max(os.path.getmtime(path) for path in (source, *(os.path.join(HERE, part) for part in PARTS)))
    if not os.path.exists(program) or os.path.getmtime(program) < newest:
        os.makedirs(PEERS, exist_ok=True)
        subprocess.run(["rustc", "-O", "--edition", "2024", "-o", program, source], check=True)
    return program


class Server:
    """A program that serves, with everything it starts, until the block ends."""

    def __init__(self, command, script, path="/", scheme="http", **env):
        self.port = free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}{path}"
        self.process = subprocess.Popen(command + [os.path.join(SCRIPTS, script)], env=environment(PORT=self.port, **env), start_new_session=True,
                                        stdout=subprocess.DEVNULL)

    def __enter__(self):
        end = time.time() + 20
        while time.time() < end:
            try:
                if self.answers():
                    return self
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.02)
        self.__exit__()
        raise RuntimeError("the server does not answer")

    def answers(self):
        # Whose certificate it shows is not what is measured.
        trust = ssl._create_unverified_context() if self.url.startswith("https") else None
        urllib.request.urlopen(self.url, timeout=2, context=trust).read()
        return True

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def cpu_seconds(self):
        """What the program and its workers have used, user and system time."""
        return sum(cpu_seconds_of(pid) for pid in [self.process.pid] + self.children())

    def own_cpu_seconds(self):
        """The same without the workers."""
        return cpu_seconds_of(self.process.pid)

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            return [int(pid) for pid in file.read().split()]
