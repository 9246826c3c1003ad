# SPDX-License-Identifier: GPL-2.0-or-later
"""What a refresh of the full-screen command costs: its tabs beside slabtop(1), at the same time on terminals of
the same size, and beside programs that read the files of a tab as often, and do nothing else."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

FILES = {"zones": ["/proc/zoneinfo"], "blocks": ["/proc/buddyinfo"], "vmalloc": ["/proc/vmallocinfo", "/proc/meminfo"],
         "slab": ["/proc/slabinfo", "/proc/meminfo"],
         "summary": ["/proc/meminfo", "/proc/vmstat", "/proc/zoneinfo", "/proc/buddyinfo", "/proc/slabinfo",
                     "/proc/vmallocinfo", "/proc/pressure/memory", "/proc/modules"],
         "commands": ["/proc/[0-9]*/status"]}


def start(argv):
    pid, terminal = pty.fork()
    if not pid:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execvp(argv[0], argv)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return pid, terminal


def drain(terminals, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for terminal in select.select(terminals, [], [], 0.05)[0]:
            os.read(terminal, 65536)


def used(pid):
    """Milliseconds of a process and of those that it started: root's top has one that opens files."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        pids = [str(pid), *file.read().split()]
    spent = 0
    for each in pids:
        with open(f"/proc/{each}/schedstat", encoding="ascii") as file:
            spent += int(file.read().split()[0]) / 1e6
    return spent


def costs(kmeminfo, reader, seconds):
    """{name: CPU milliseconds a refresh}; a tab's reading is "reading TAB"."""
    commands = {"slabtop": ["slabtop", "-d", "1"]}
    for tab, files in FILES.items():
        commands[tab] = [kmeminfo, "top", "--delay", "1", "--tab", tab]
        commands[f"reading {tab}"] = [reader, *files]
    running = {name: start(argv) for name, argv in commands.items()}
    terminals = [terminal for _, terminal in running.values()]
    drain(terminals, 1.5)
    before = {name: used(pid) for name, (pid, _) in running.items()}
    drain(terminals, seconds)
    spent = {name: (used(pid) - before[name]) / seconds for name, (pid, _) in running.items()}
    for pid, terminal in running.values():
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        os.close(terminal)
    return spent


# What a refresh takes beside the reading: the machine is opened again, rows are sorted, 24 lines drawn.
DRAWING_MS = 0.6


def report(kmeminfo, reader, miss, seconds=20):
    """Prints the table; miss(text, value, most, unit) gets what misses its target."""
    spent = costs(kmeminfo, reader, seconds)
    print("\n## top: a refresh each second\n\nCPU ms a refresh, all at the same time, beside `tests/bench/reader`, which "
          "reads the same files as often. The target of slab is 0.8 of `slabtop -d 1`, of the others twice the reading "
          f"and {DRAWING_MS} ms for the screen.\n\n"
          "| tab | ms | beside slabtop | reading | target | |\n|---|---:|---:|---:|---:|---|\n"
          f"| (slabtop) | {spent['slabtop']:.2f} | 1.00 | | | |")
    for name in FILES:
        own, read = spent[name], spent[f"reading {name}"]
        most = 0.8 * spent["slabtop"] if name == "slab" else 2 * read + DRAWING_MS
        met = own <= most
        if not met:
            miss(f"top, tab {name}", own, most, " ms")
        print(f"| {name} | {own:.2f} | {own / spent['slabtop']:.2f} | {read:.2f} | {most:.2f} | "
              f"{'met' if met else '**missed**'} |")
