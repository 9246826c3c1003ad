# SPDX-License-Identifier: GPL-2.0-or-later
"""Running kmeminfo from suites in Python."""
import json
import os
import subprocess

from tap import CAPTURES, PROGRAM

# Every report that has --columns, by its command line. A test checks that none is missing.
REPORTS = [
    ["buddy"],
    ["buddy", "--types"],
    ["meminfo"],
    ["slab"],
    ["slab", "--numa"],
    ["vmalloc"],
    ["vmalloc", "--by=kind"],
    ["vmalloc", "--by=module"],
    ["vmalloc", "--by=node"],
    ["vmalloc", "--areas"],
    ["vmstat"],
    ["zones"],
    ["zones", "--all"],
]

# Commands that print no report with one table, or read no capture.
WORDS = ["callers", "capture", "cgroups", "check", "complete", "diff", "explain", "fields", "fragmentation", "gfp", "help", "log", "metrics",
         "module", "pages", "predict", "pressure", "probe", "record", "report", "summary", "top", "trend", "version"]


def run(arguments, **options):
    """Status, output and errors, as text by default."""
    options = {"text": True, "encoding": "utf-8", "errors": "surrogateescape", **options}
    return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          check=False, **options)


def of_capture(arguments, capture):
    return [*arguments, "--from", os.path.join(CAPTURES, capture)]


def _unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key stands twice: {sorted(keys)}")
    return dict(pairs)


def _no_constant(word):
    raise ValueError(f"{word} is not JSON")


def parse(text):
    """A JSON document, parsed strictly: no duplicate key, no NaN."""
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)


def document(arguments, expected_status=0):
    """The JSON document of a report, which must end with this status."""
    done = run([*arguments, "--json"])
    if done.returncode != expected_status:
        raise RuntimeError(f"kmeminfo {' '.join(arguments)}: status {done.returncode}\n{done.stderr}")
    return parse(done.stdout)


def commands():
    """Names of all commands."""
    return [line.split("\t")[0] for line in run(["complete", "commands"]).stdout.splitlines()]


def fields():
    """The field table: {sheet: {key: row of `kmeminfo fields`}}."""
    table = {}
    for row in document(["fields"])["fields"]["rows"]:
        table.setdefault(row["group"], {})[row["key"]] = row
    return table
