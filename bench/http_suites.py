"""HTTP servers under wrk's load. Each suite gives requests per second, and the processor time of one request in microseconds: that is what counts where
others use the machine, too."""

import os
import re
import subprocess
import time

from common import SCRIPTS, Server, compiled, pss_kb

PACE = 10_000
IDLE = 10_000
KEYS = os.path.join(os.path.dirname(SCRIPTS), "..", "tests", "specs", "tls", "keys")


def wrk(port, connections=64, seconds=3, path="/", options=(), scheme="http"):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", *options, f"{scheme}://127.0.0.1:{port}{path}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if bad:
        raise RuntimeError(f"{bad.group(1)} bad responses")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def loaded(server, seconds=3, **options):
    wrk(server.port, seconds=1, **options)
    before = server.cpu_seconds()
    rate = wrk(server.port, seconds=seconds, **options)
    return rate, (server.cpu_seconds() - before) * 1e6 / (rate * seconds)


def cluster(*options):
    def suite(command):
        with Server(command, "cluster-http.js", WORKERS=2) as server:
            time.sleep(0.3)
            return loaded(server, options=options)
    return suite


def single(command):
    with Server(command, "http.js") as server:
        return loaded(server)


def route(path, script=None, connections=64):
    def suite(command):
        with Server(command, "http-routes.js") as server:
            options = ["-s", os.path.join(SCRIPTS, script)] if script else []
            return loaded(server, path=path, connections=connections, options=options)
    return suite


def secure(path, connections=64):
    def suite(command):
        with Server(command, "https.js", scheme="https", KEYS=KEYS) as server:
            return loaded(server, path=path, connections=connections, scheme="https")
    return suite


def paced(server, seconds):
    """The 99th percentile of latency at one same rate for all, in microseconds, whatever the server makes of it."""
    command = [compiled("http_load"), "paced", str(server.port), "64", str(PACE), str(seconds)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.split()[3])


def latency(command):
    with Server(command, "http.js") as server:
        paced(server, 2)
        before = server.cpu_seconds()
        p99 = paced(server, 4)
        return p99, (server.cpu_seconds() - before) * 1e6 / (PACE * 4)


def idle(command):
    """What one of many idle connections costs, in bytes."""
    with Server(command, "http-idle.js") as server:
        wrk(server.port, seconds=1)
        before = pss_kb(server.process.pid)
        holder = subprocess.Popen([compiled("http_load"), "hold", str(server.port), str(IDLE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            if holder.stdout.readline().strip() != str(IDLE):
                raise RuntimeError("not all connections were answered")
            time.sleep(1)
            return max(pss_kb(server.process.pid) - before, 1) * 1024 / IDLE
        finally:
            holder.kill()
            holder.wait()


def memory(command):
    """A worker's proportional set size in MiB when it has been under load for a while."""
    with Server(command, "cluster-http.js", WORKERS=2) as server:
        time.sleep(0.3)
        wrk(server.port, seconds=20)
        sizes = [pss_kb(pid) for pid in server.children()]
        return sum(sizes) / len(sizes) / 1024


# (title, unit, whether more is better, one measurement)
SUITES = {
    "cluster": ("the article's cluster, 2 workers, 64 keep-alive connections", "requests/s", True, cluster()),
    "single": ("one process, 64 keep-alive connections", "requests/s", True, single),
    "http-json": ("10 KB JSON POST, parsed", "requests/s", True, route("/json", "json.lua")),
    "http-download": ("1 MB download, 16 connections", "requests/s", True, route("/download", connections=16)),
    "http-upload": ("1 MB upload, read piece by piece, 16 connections", "requests/s", True, route("/upload", "upload.lua", 16)),
    "http-headers": ("20 headers in and out", "requests/s", True, route("/headers", "headers.lua")),
    "https": ("hello world over TLS, 64 keep-alive connections", "requests/s", True, secure("/")),
    "https-download": ("1 MB download over TLS, 16 connections", "requests/s", True, secure("/download", 16)),
    "latency": (f"99th percentile at {PACE:,} requests/s over 64 connections", "us", False, latency),
    "http-idle": (f"an idle keep-alive connection of {IDLE:,}, proportional set size", "bytes", False, idle),
    "http-memory": ("a worker of the cluster after 20 s under load, proportional set size", "MiB", False, memory),
    "http-connections": ("a connection for each request, cluster of 2", "requests/s", True, cluster("-H", "Connection: close")),
}
