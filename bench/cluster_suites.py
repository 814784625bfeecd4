"""The suites of run.py about cluster and IPC."""

import os
import subprocess
import time

from common import SCRIPTS, compiled, environment, free_port
from net_suites import Listener, connections, counted

HELD = 20_000
HOLDERS = 4


def rate(script, even):
    def once(command):
        with Listener(command, script, WORKERS=2) as server:
            time.sleep(0.5)
            found, cost, by_worker = connections(server)
        return (max(by_worker) / min(by_worker) - 1) * 100 if even else (found, cost)
    return once


def ipc(what, serialization, size):
    def once(command):
        words = [what, serialization, str(size), "1.5"]
        run = subprocess.run(command + [os.path.join(SCRIPTS, "ipc.js")] + words, env=environment(), capture_output=True, text=True, check=True, timeout=60)
        return tuple(map(float, run.stdout.split()))
    return once


def fork_listen(command):
    port = free_port()
    start = time.perf_counter()
    subprocess.run(command + [os.path.join(SCRIPTS, "fork-listen.js")], env=environment(PORT=port), check=True, timeout=60)
    return (time.perf_counter() - start) * 1000


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def held(command):
    """Processor time of a primary with 64 workers for each of 20,000 connections that stay open."""
    with Listener(command, "cluster-connect.js", WORKERS=64) as server:
        # All of them listen when none has anything to do any more.
        idle, before = 0, -1
        while idle < 3:
            time.sleep(1)
            busy = server.cpu_seconds()
            idle, before = (idle + 1 if busy - before < 0.3 else 0), busy
        files, start = descriptors(server), server.own_cpu_seconds()
        words = ["hold", str(server.port), str(HELD // HOLDERS)]
        holders = [subprocess.Popen([compiled("load")] + words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(HOLDERS)]
        try:
            for holder in holders:
                _, _, failed, counts = counted(holder.stdout.readline() + holder.stdout.readline())
                if failed or len(counts) < 64:
                    raise RuntimeError(f"{failed} connections failed, {len(counts)} workers had some")
            spent = server.own_cpu_seconds() - start
            left = descriptors(server) - files
            if left > 0:
                raise RuntimeError(f"{left} descriptors are left in the primary")
            return spent / HELD * 1e6
        finally:
            for holder in holders:
                holder.kill()
                holder.wait()


SUITES = {
    "cluster-connections": ("a cluster of 2: connect, one byte, reset", "connections/s", True, rate("cluster-connect.js", False)),
    "fairness": ("the same: how many connections more than the other one worker had", "%", False, rate("cluster-connect.js", True)),
    "hand-over": ("net.Socket to a child", "sockets/s", True, rate("hand-over.js", False)),
    "fork-listen": ("four workers, until all listen", "ms", False, fork_listen),
    "held": ("a primary with 64 workers, processor time for each of 20,000 connections", "us", False, held),
    "ipc-round": ("messages there and back, one at a time", "round trips/s", True, ipc("round", "json", 0)),
}
for mode in ("json", "advanced"):
    for size, name in ((0, "small"), (16 << 10, "16k"), (1 << 20, "1m")):
        SUITES[f"ipc-{mode}-{name}"] = (f"messages one way, {mode}, {name}", "messages/s", True, ipc("one-way", mode, size))
