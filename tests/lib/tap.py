# SPDX-License-Identifier: GPL-2.0-or-later
"""Common part of the suites in Python: TAP lines and paths."""
import fnmatch
import os
import sys

SRC = os.environ["KM_SRC"]
BUILD = os.environ["KM_BUILD"]
CAPTURES = os.environ["KM_CAPTURES"]
BLESS = bool(os.environ["KM_BLESS"])
PROGRAM = os.path.join(BUILD, "kmeminfo")


def captures():
    """Names of the captured machines."""
    return sorted(name for name in os.listdir(CAPTURES)
                  if os.path.isdir(os.path.join(CAPTURES, name)))


class Tap:
    """Prints the TAP of one suite. Use as "with Tap() as tap:". An exception prints no plan, so the suite
    counts as failed."""

    def __init__(self, patterns=None):
        self.patterns = sys.argv[1:] if patterns is None else patterns
        self.count = 0
        self.failed = False

    def wanted(self, name):
        return not self.patterns or any(fnmatch.fnmatchcase(name, p) for p in self.patterns)

    def _line(self, good, name, suffix=""):
        self.count += 1
        self.failed |= not good
        print(f"{'' if good else 'not '}ok {self.count} - {name}{suffix}")

    def ok(self, good, name, *detail):
        """One test. detail (texts of any number of lines) is printed if it fails."""
        self._line(good, name)
        for text in [] if good else detail:
            for line in str(text).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
        return good

    def none(self, wrongs, name):
        """A test that fails if there are any wrongs, and lists them."""
        wrongs = [str(wrong) for wrong in wrongs]
        return self.ok(not wrongs, name, *wrongs)

    def skip(self, name, why):
        self._line(True, name, f" # SKIP {why}")

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            print(f"1..{self.count}")
            sys.exit(self.failed)
        return False
