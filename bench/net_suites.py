"""The suites of run.py about sockets. The client is load.rs, which is compiled into bench/peers. Each suite gives a rate, and the processor time of one item
in microseconds, the server's alone: that is what counts where client and server share the machine."""

import json
import os
import subprocess
import time

from common import SCRIPTS, Server, compiled, environment


def load(mode, port, *words):
    command = [compiled("load"), mode, str(port), *map(str, words)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout


class Listener(Server):
    """A server that is no HTTP server; it listens when a connection succeeds."""

    def answers(self):
        with open("/proc/net/tcp") as file:
            return any(f":{self.port:04X} 00000000:0000 0A " in line for line in file)


def counted(output):
    """What load.rs prints of connections: how many, seconds, failed, and how many each worker had."""
    first, second = output.splitlines()[:2]
    connections, seconds, failed = first.split()
    return int(connections), float(seconds), int(failed), json.loads(second)


def connections(server, threads=16, seconds=2):
    """(rate, processor time of one in microseconds, how many each worker had)"""
    counted(load("rate", server.port, threads, 0.5))
    before = server.cpu_seconds()
    count, elapsed, failed, by_worker = counted(load("rate", server.port, threads, seconds))
    if failed:
        raise RuntimeError(f"{failed} connections failed")
    return count / elapsed, (server.cpu_seconds() - before) * 1e6 / count, by_worker


def connecting(script):
    def suite(command):
        with Listener(command, script) as server:
            return connections(server)[:2]
    return suite


def echo(script, mode, words, item):
    """Round trips or bytes of load.rs, in units of `item`."""
    def suite(command):
        with Listener(command, script) as server:
            load(mode, server.port, *words, 0.5)
            before = server.cpu_seconds()
            count, elapsed = map(float, load(mode, server.port, *words, 2).split())
            return count / item / elapsed, (server.cpu_seconds() - before) * 1e6 / (count / item)
    return suite


def idle(command):
    run = subprocess.run(command + [os.path.join(SCRIPTS, "net-idle.js")], env=environment(), capture_output=True, text=True, timeout=60, check=True)
    return float(run.stdout)


SUITES = {
    "ping-pong": ("32 connections, 64 bytes to and fro", "round trips/s", True, echo("net-data.js", "ping-pong", [32], 1)),
    "bulk": ("one connection, blocks of 64 KB to and back, pipe()", "MB/s", True, echo("net-pipe.js", "bulk", [], 1e6)),
    "bulk-write": ("the same with 'data' and write()", "MB/s", True, echo("net-data.js", "bulk", [], 1e6)),
    "connections": ("connect, one byte, reset; 16 at a time", "connections/s", True, connecting("net-connect.js")),
    "connections-end": ("connections that the server ends", "connections/s", True, connecting("net-end.js")),
    "idle": ("an idle connection of 10,000, proportional set size", "bytes", False, idle),
}
