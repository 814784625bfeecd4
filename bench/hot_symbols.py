#!/usr/bin/env python3
"""Lists the functions that a run of rtjs enters, in the order in which it first does: `bench/hot_symbols.py LIST PROGRAM [WORD ...]`.

LIST is a file; what it does not have yet is put to its end, so that several runs add up. cli/build.rs has the linker put the functions of
cli/hot_symbols.txt side by side, and a process then touches few pages of the program. What the list has is an advice: V8's names stay while its archive
stays, most of Rust's while the compiler does, and a name that is gone is ignored.
A breakpoint is set on every function of the program and taken away when it is hit (x86_64 Linux, a program linked at a fixed address).
"""

import ctypes
import os
import re
import signal
import subprocess
import sys

TRACEME, GETREGS, SETREGS, CONT, DETACH, SETOPTIONS, GETEVENTMSG = 0, 12, 13, 7, 17, 0x4200, 0x4201
TRACE_FORK, TRACE_VFORK, TRACE_CLONE = 2, 4, 8
EVENT_EXEC = 4
RIP = 16
WALL = 0x40000000
BREAKPOINT = 0xCC

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


def functions(program):
    """Names by address, and the text's range."""
    sections = subprocess.run(["readelf", "-SW", program], check=True, capture_output=True, text=True).stdout
    match = re.search(r"\]\s+\.text\s+PROGBITS\s+(\w+)\s+(\w+)\s+(\w+)", sections)
    start, size = int(match.group(1), 16), int(match.group(3), 16)
    names = {}
    symbols = subprocess.run(["readelf", "-sW", program], check=True, capture_output=True, text=True).stdout
    for line in symbols.splitlines():
        words = line.split()
        if len(words) < 8 or words[3] != "FUNC" or words[2] == "0" or words[7].startswith("Builtins_"):
            continue
        address = int(words[1], 16)
        if start <= address < start + size:
            names.setdefault(address, []).append(words[7])
    return names, start, size


def trace(program, words):
    names, start, size = functions(program)
    hits = {}
    root = os.fork()
    if root == 0:
        libc.ptrace(TRACEME, 0, None, None)
        os.execv(program, words)
    os.waitpid(root, 0)
    libc.ptrace(SETOPTIONS, root, None, TRACE_FORK | TRACE_VFORK | TRACE_CLONE | 1 << EVENT_EXEC)
    memory = os.open(f"/proc/{root}/mem", os.O_RDWR)
    text = os.pread(memory, size, start)
    armed = bytearray(text)
    for address in names:
        armed[address - start] = BREAKPOINT
    os.pwrite(memory, bytes(armed), start)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(root, number))
    libc.ptrace(CONT, root, None, None)
    registers = (ctypes.c_ulonglong * 32)()
    code = 0
    while True:
        try:
            pid, status = os.waitpid(-1, WALL)
        except ChildProcessError:
            return hits, names, code
        if not os.WIFSTOPPED(status):
            if pid == root:
                code = os.waitstatus_to_exitcode(status)
            continue
        stop, event = os.WSTOPSIG(status), status >> 16
        if event == EVENT_EXEC:
            libc.ptrace(DETACH, pid, None, None)
            continue
        if event or stop == signal.SIGSTOP:
            stop = 0
        elif stop == signal.SIGTRAP:
            libc.ptrace(GETREGS, pid, None, ctypes.byref(registers))
            address = registers[RIP] - 1
            if address in names:
                stop = 0
                # A forked process has a copy of the text; one that shares it finds the byte restored already.
                restore = os.open(f"/proc/{pid}/mem", os.O_RDWR)
                os.pwrite(restore, text[address - start:address - start + 1], address)
                os.close(restore)
                hits.setdefault(address, None)
                registers[RIP] = address
                libc.ptrace(SETREGS, pid, None, ctypes.byref(registers))
        libc.ptrace(CONT, pid, None, stop)


def main():
    listing, program, words = sys.argv[1], os.path.realpath(sys.argv[2]), sys.argv[2:]
    hits, names, code = trace(program, words)
    known = set()
    if os.path.exists(listing):
        with open(listing) as file:
            known = set(file.read().split())
    with open(listing, "a") as file:
        for address in hits:
            for name in names[address]:
                if name not in known:
                    known.add(name)
                    file.write(name + "\n")
    print(f"{len(hits)} functions", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
