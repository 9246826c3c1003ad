# SPDX-License-Identifier: GPL-2.0-or-later
"""What a refresh of the full-screen command costs: its tabs beside slabtop(1), at the same time on terminals of
the same size, and beside the reading of the files that a tab is about."""
import fcntl
import glob
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
         "commands": None}


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
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e6


def reading(paths):
    """Milliseconds that reading them takes, at the least."""
    least = float("inf")
    for _ in range(20):
        before = time.thread_time()
        for path in paths if paths else glob.glob("/proc/[0-9]*/stat*"):
            try:
                fd = os.open(path, os.O_RDONLY)
            except OSError:
                continue
            try:
                while os.read(fd, 65536):
                    pass
            except OSError:
                pass
            os.close(fd)
        least = min(least, (time.thread_time() - before) * 1000)
    return least


def costs(kmeminfo, seconds):
    """{name: CPU milliseconds a refresh}."""
    commands = {"slabtop": ["slabtop", "-d", "1"],
                **{tab: [kmeminfo, "top", "--delay", "1", "--tab", tab] for tab in FILES}}
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


# What a refresh takes beside the reading: the machine is opened anew, rows are sorted, 24 lines drawn.
DRAWING_MS = 0.6


def report(kmeminfo, miss, seconds=20):
    """Prints the table; miss(text, value, most, unit) gets what misses its target."""
    before = {name: reading(files) for name, files in FILES.items()}
    spent = costs(kmeminfo, seconds)
    print("\n## top: a refresh each second\n\nCPU ms a refresh, all at the same time. The target of slab is 0.8 of "
          f"`slabtop -d 1`, of the others twice the reading of their files and {DRAWING_MS} ms for the screen.\n\n"
          "| tab | ms | beside slabtop | reading | target | |\n|---|---:|---:|---:|---:|---|")
    for name, own in spent.items():
        if name == "slabtop":
            print(f"| (slabtop) | {own:.2f} | 1.00 | | | |")
            continue
        # what vmallocinfo lists comes and goes
        read = max(before[name], reading(FILES[name]))
        most = 0.8 * spent["slabtop"] if name == "slab" else 2 * read + DRAWING_MS
        met = own <= most
        if not met:
            miss(f"top, tab {name}", own, most, " ms")
        print(f"| {name} | {own:.2f} | {own / spent['slabtop']:.2f} | {read:.2f} | {most:.2f} | "
              f"{'met' if met else '**missed**'} |")
