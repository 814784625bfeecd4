#!/usr/bin/env python3
"""Times pieces of the core library on rtjs, node, deno and bun: `bench/micro.py [FAMILY ...] [--rounds N] [--only NAME,NAME] [--match TEXT]`.

A family is a script in bench/scripts/micro. Runtimes and rounds are as in run.py. What is compared is the processor's time (or with --wall the clock's), the
best of all rounds; the ratio is speed, so 2.00 is twice as fast as Node.
"""

import argparse
import json
import os
import subprocess

from run import SCRIPTS, environment, runtimes, say

FOLDER = os.path.join(SCRIPTS, "micro")
FAMILIES = sorted(name[:-3] for name in os.listdir(FOLDER) if name.endswith(".js") and name != "harness.js")


def once(command, family, match):
    run = subprocess.run(command + [os.path.join(FOLDER, family + ".js")] + ([match] if match else []), env=environment(), capture_output=True, text=True,
                         timeout=300)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.strip().split("\n")[-1])
    return json.loads(run.stdout)


def measure(family, commands, rounds, match, column):
    best = {runtime: {} for runtime in commands}
    for number in range(rounds):
        for runtime, command in commands.items():
            try:
                figures = once(command, family, match)
            except (RuntimeError, ValueError, subprocess.TimeoutExpired, OSError) as error:
                say(f"{family}: {runtime}: {error}")
                continue
            for name, times in figures.items():
                best[runtime][name] = min(times[column], best[runtime].get(name, times[column]))
        say(f"{family}: round {number + 1} of {rounds}")
    return best


def show(family, best):
    others = [runtime for runtime in best if runtime != "node"]
    print(f"\n{family:40} {'node ns':>12}" + "".join(f"{runtime:>9}" for runtime in others))
    for name in max(best.values(), key=len):
        node = best.get("node", {}).get(name)
        row = f"  {name:38} {node:12,.0f}" if node else f"  {name:38} {'':12}"
        for runtime in others:
            own = best[runtime].get(name)
            row += f"{node / own:8.2f}x" if node and own else f"{'-':>9}"
        print(row)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=", ".join(FAMILIES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="runtimes to run, with commas between")
    parser.add_argument("--match", help="only what has this text in its name")
    parser.add_argument("--wall", action="store_true", help="compare by the clock")
    parser.add_argument("--out", help="write the figures, nanoseconds each, to this file as JSON")
    args = parser.parse_args()
    unknown = [family for family in args.families if family not in FAMILIES]
    if unknown:
        parser.error(f"no family {', '.join(unknown)}; there are {', '.join(FAMILIES)}")
    commands = runtimes(args.only.split(",") if args.only else None)
    results = {}
    for family in args.families or FAMILIES:
        results[family] = measure(family, commands, args.rounds, args.match, 0 if args.wall else 1)
        show(family, results[family])
    if args.out:
        with open(args.out, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
