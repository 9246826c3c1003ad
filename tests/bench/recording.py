# SPDX-License-Identifier: GPL-2.0-or-later
"""What a recording costs: a made-up day of 10-second samples on the disk, and samples of this machine."""
import os
import re
import sqlite3
import subprocess
import tempfile

DAY, CHANGED, MOST_MB = 8640, 40, 60
EVERY, SHARE = 10, 0.002  # seconds between two samples, of one core


def cpu_ms(measure, argv):
    out = subprocess.run([measure, *argv], capture_output=True, text=True, check=True).stdout
    return int(out.split()[0]) / 1000


def sample_ms(measure, kmeminfo, folder, options, samples=20):
    """Of one sample, without the start and without the first sample, which has all values."""
    def run(count):
        file = os.path.join(folder, f"{count}.db")
        if os.path.exists(file):
            os.remove(file)
        return cpu_ms(measure, [kmeminfo, "record", "--every", "100ms", "--count", str(count), *options, file]), file

    first, _ = run(1)
    all_of_them, file = run(1 + samples)
    return (all_of_them - first) / samples, file


def bytes_by_report(file):
    """Of a sample that is not whole, by report."""
    with sqlite3.connect(file) as database:
        return database.execute("SELECT r.name, avg(length(packed)) FROM changes AS c JOIN report AS r ON r.id = c.report "
                                "WHERE c.sample <> c.base GROUP BY 1 ORDER BY 2 DESC").fetchall()


def line(missed, what, value, target, unit):
    met = value <= target
    if not met:
        missed(f"recording, {what}", value, target, f" {unit}")
    print(f"| {what} | {value:.2f} {unit} | {target:g} {unit} | {'met' if met else '**missed**'} |")


def report(build, missed):
    kmeminfo, measure, day = (os.path.join(build, name) for name in ("kmeminfo", "tests/bench/measure", "tests/bench/record-day"))
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run([day, os.path.join(folder, "day.db"), str(DAY), str(CHANGED)], capture_output=True, text=True,
                             check=True).stdout
        size, own = (float(word) for word in re.findall(r"[\d.]+", out)[:2])
        print(f"\n## Recording\n\nA day of samples, one each {EVERY} s: 250 caches, 300 callers and 500 commands; "
              f"{CHANGED} % of them change in each sample (`record-day FILE {DAY} {CHANGED}`). CPU ms of a sample of this machine, "
              f"with and without the processes, whose files are most of it. The target is {SHARE:.1%} of one core.\n\n"
              "| what | cost | target | |\n|---|---:|---:|---|")
        line(missed, "the file of a day", size / 1e6, MOST_MB, "MB")
        line(missed, "a sample of that day, without reading", own, EVERY * 1000 * SHARE, "ms")
        real, file = sample_ms(measure, kmeminfo, folder, ["--no-processes"])
        line(missed, "a sample of this machine, --no-processes", real, EVERY * 1000 * SHARE, "ms")
        shares = bytes_by_report(file)
        scan, _ = sample_ms(measure, kmeminfo, folder, [])
        processes = sum(name.isdigit() for name in os.listdir("/proc"))
        print(f"| the scan of {processes} processes, beside that | {scan - real:.2f} ms | | |")
        print("\nBytes of a sample of this machine: " + ", ".join(f"{name} {size:.0f}" for name, size in shares) + ".")
