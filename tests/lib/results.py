# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads TAP, and judges a program that prints it. No test may get lost. The program itself has failed if it
ends with a non-zero status, by a signal or too late, if it prints no plan or another number of lines, or if it
runs no test."""
import os
import re
import signal
import subprocess

LINE = re.compile(r"(?P<no>not )?ok\b\s*(?P<number>\d+)?\s*(?:-\s+)?(?P<name>.*?)"
                  r"(?:\s*#\s*SKIP\b\s*(?P<why>.*))?$", re.IGNORECASE)


class Result:
    def __init__(self, name, outcome, detail=()):
        self.name, self.outcome, self.detail = name, outcome, list(detail)


def parse_tap(text):
    """Results, the planned number (None without a plan), and lines that belong to no test."""
    results, plan, loose, before = [], None, [], []
    for line in text.splitlines():
        match = LINE.match(line)
        numbers = re.match(r"1\.\.(\d+)", line)
        if match:
            outcome = ("skipped" if match["why"] is not None else
                       "failed" if match["no"] else "passed")
            results.append(Result(match["name"] or match["why"] or "(nameless)", outcome,
                                  [match["why"]] if match["why"] and match["name"] else before))
            before = []
        elif numbers:
            plan = int(numbers[1]) + (plan or 0)
        elif line.startswith("ERROR: "):  # what cmocka's fail_msg() says comes first
            before.append(line)
        elif not line.startswith("TAP version"):
            (results[-1].detail if results else loose).append(re.sub(r"^# ?", "", line))
    return results, plan, loose


def complaints(results, plan, status):
    """Errors of the program itself, apart from its tests."""
    if status is None:
        yield "it was not done in time"
    elif status < 0:
        yield f"killed by {signal.Signals(-status).name}"
    elif status and not any(result.outcome == "failed" for result in results):
        yield f"it ended with status {status}"
    if plan is None:
        yield "it printed no plan: it died, or prints no TAP"
    elif plan != len(results):
        yield f"it planned {plan} tests and reported {len(results)}"
    if not results:
        yield "it ran no test"
    names = [result.name for result in results]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        yield "several tests have one name: " + ", ".join(doubles)


def run(command, seconds, log, environment=None):
    """Runs a program that prints TAP, and stores its output in the file log. Returns all its results. If the
    program itself failed, the last result is named "(all)" and has failed."""
    with open(log, "wb") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=subprocess.STDOUT, env=environment, start_new_session=True)
        try:
            status = child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            status = None
    with open(log, encoding="utf-8", errors="replace") as out:
        text = out.read()
    results, plan, loose = parse_tap(text)
    wrong = list(complaints(results, plan, status))
    if wrong:
        results.append(Result("(all)", "failed", wrong + loose + text.splitlines()[-20:]))
    return results


def print_tap(results, prefix="", start=0):
    """The results as TAP lines without a plan. Returns the last test's number."""
    for number, result in enumerate(results, start + 1):
        skip = " # SKIP " + "; ".join(result.detail) if result.outcome == "skipped" else ""
        failed = result.outcome == "failed"
        print(f"{'not ' if failed else ''}ok {number} - {prefix}{result.name}{skip}")
        for line in result.detail if failed else []:
            print(f"# {line}")
    return start + len(results)
