"""The figures of run.py as a page for readers: a table with one row for each suite."""

import os
import platform
import re


def processor():
    with open("/proc/cpuinfo") as file:
        found = re.search(r"^model name\s*:\s*(.+)$", file.read(), re.M)
    return found.group(1) if found else platform.machine()


def cell(result, name):
    if result is None:
        return "" if name == "floor" else "failed"
    median, ratio = result["median"], result["ratio"]
    shown = f"{median:,.0f}" if median >= 100 else f"{median:,.1f}"
    if name == "node" or ratio is None:
        return shown
    cost = f", {result['cpu_ratio']:.2f}" if result.get("cpu_ratio") else ""
    return f"{shown} ({ratio:.2f}{cost})"


def page(results, suites, versions, rounds):
    """`results` as run.py makes them, `suites` its table, `versions` what each runtime says of itself."""
    # What kernel and load generator alone allow, where a suite measures it.
    names = list(versions) + ["floor"] * any("floor" in result for result in results.values())
    lines = [
        "# Figures",
        "",
        f"Made by `bench/run.py --markdown FILE`: {os.cpu_count()} cores of {processor()}, Linux {platform.release().split('-')[0]}, where the load generator",
        f"has a share of the same cores; medians of {rounds} interleaved rounds. In brackets: the ratio to Node's figure, and to Node's processor time for one item",
        "where that was counted (less is better there). `floor` does the same in plain Rust, without a protocol: about what kernel and load generator leave.",
        "",
        "; ".join(f"{name}: {version.removeprefix(name).strip()}" for name, version in versions.items()) + ".",
        "",
        "| suite | what | unit | " + " | ".join(names) + " |",
        "|---|---|---|" + "---:|" * len(names),
    ]
    for suite, result in results.items():
        title, unit, better, _ = suites[suite]
        unit += "" if better else ", less is better"
        lines.append(f"| {suite} | {title} | {unit} | " + " | ".join(cell(result.get(name), name) for name in names) + " |")
    return "\n".join(lines) + "\n"
