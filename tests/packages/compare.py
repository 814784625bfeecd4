#!/usr/bin/env python3
"""Runs well-known packages from the npm registry on node and on rtjs and compares what they print: `tests/packages/compare.py [NAME ...]`.

A script in scripts/ is a package or a group of them. The packages come into tests/packages/node_modules (ignored by git). Needs npm and a node (24 or later);
rtjs is target/release/rtjs unless $RTJS says otherwise, node is the one on the PATH unless $NODE does. Exits with 1 when something differs.
"""

import difflib
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(HERE, "scripts")
LIMIT = 60


def run(runtime, script):
    """What the script printed on both streams, without what is of one runtime or one run only, and how it ended."""
    try:
        run = subprocess.run([runtime, script], cwd=SCRIPTS, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT)
        text, end = run.stdout, f"exit code {run.returncode}"
    except subprocess.TimeoutExpired as expired:
        text, end = (expired.stdout or b"").decode(), f"no end within {LIMIT} s"
    text = re.sub(r"\(node:\d+\)|Use `\w+ --trace", "", text)
    # Workers print in any order.
    return sorted(text.splitlines()) + [end]


def main():
    if not os.path.isdir(os.path.join(HERE, "node_modules")):
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], cwd=HERE, check=True, stdout=sys.stderr)
    node = os.environ.get("NODE", "node")
    rtjs = os.environ.get("RTJS", os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "../../target")), "release/rtjs"))
    names = sys.argv[1:] or sorted(name[:-3] for name in os.listdir(SCRIPTS) if name.endswith(".js"))
    different = 0
    for name in names:
        expected, printed = (run(runtime, os.path.join(SCRIPTS, name + ".js")) for runtime in (node, os.path.abspath(rtjs)))
        same = expected == printed
        different += not same
        print(f"{name:14} {'same' if same else 'DIFFERENT'}, {len(expected) - 1} lines, {expected[-1]}", flush=True)
        if not same:
            print("\n".join(difflib.unified_diff(expected, printed, "node", "rtjs", lineterm="", n=1)))
    print(f"{len(names) - different} of {len(names)} print what node prints")
    return different > 0


if __name__ == "__main__":
    sys.exit(main())
