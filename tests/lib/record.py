# SPDX-License-Identifier: GPL-2.0-or-later
"""Lasting results. tests/results/NAME names the commit on which a suite, or a part of one, ran, and the result.
A result stays valid until a file changes that the suite covers."""
import os
import re
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
RESULTS = os.path.join(TOP, "tests", "results")
# Without a line "# covers: PATH..." near its top a suite covers everything that is built, and the tests.
EVERYTHING = ["src", "module", "data", "man", "completions", "packaging", "tests", "configure.ac", "Makefile.am", "check", "run"]
UNCOVERED = [":!tests/results"]


def git(*arguments):
    return subprocess.run(["git", "-C", TOP, *arguments], capture_output=True, text=True, check=False)


def commit():
    done = git("rev-parse", "HEAD")
    return done.stdout.strip() if not done.returncode else None


def header(suite, word):
    """The rest of a line "# WORD: ..." near the top of a suite."""
    with open(os.path.join(TOP, "tests", "suites", suite), encoding="utf-8") as file:
        match = re.search(rf"^# {word}: (.+)$", file.read(2000), re.MULTILINE)
    return match and match[1]


def parts(suite):
    """The names with which a suite is run one by one ("# parts: FOLDER": the files in it). [None]: it is run
    once."""
    folder = header(suite, "parts")
    return sorted(os.listdir(os.path.join(TOP, folder))) if folder else [None]


def name_of(suite, part):
    return f"{suite}-{part}" if part else suite


def changed_since(base, suite):
    """Whether any file that the suite covers differs from a commit, also in the work tree."""
    paths = (header(suite, "covers") or " ".join(EVERYTHING)).split() + ["tests/suites/" + suite]
    return git("diff", "--quiet", base, "--", *paths, *UNCOVERED).returncode != 0


def read(suite, part):
    """The result's lines as a dictionary; None if there is no result."""
    try:
        with open(os.path.join(RESULTS, name_of(suite, part)), encoding="utf-8") as file:
            return dict(line.rstrip("\n").split(" ", 1) for line in file)
    except FileNotFoundError:
        return None


def why_not(suite, part):
    """The reason why a result is not valid for this tree; None if it is valid."""
    result = read(suite, part)
    if not result:
        return "was never run"
    if result["failed"] != "0":
        return f"failed on {result['commit'][:12]}"
    if changed_since(result["commit"], suite):
        return f"is older than what it covers: run on {result['commit'][:12]}"
    return None


def write(suite, part, counts, seconds):
    """counts: passed, failed, skipped. If the tree has uncommitted changes, nothing is written, because no
    commit describes it."""
    head = commit()
    if not head or changed_since(head, suite):
        return
    os.makedirs(RESULTS, exist_ok=True)
    with open(os.path.join(RESULTS, name_of(suite, part)), "w", encoding="utf-8") as file:
        file.write(f"commit {head}\npassed {counts[0]}\nfailed {counts[1]}\nskipped {counts[2]}\n"
                   f"seconds {seconds:.0f}\n")
