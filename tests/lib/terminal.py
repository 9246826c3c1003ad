# SPDX-License-Identifier: GPL-2.0-or-later
"""A real terminal for the full-screen command: tmux draws it, types the keys and shows what is on the screen."""
import os
import re
import subprocess
import tempfile
import time

from tap import BUILD, CAPTURES, PROGRAM

NUMA = next(os.path.join(CAPTURES, name) for name in sorted(os.listdir(CAPTURES)) if "numa" in name)
UTF8 = {"TERM": "tmux-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
BOTTOM = "? keys"
PATIENCE = 60  # seconds: costs nothing where all is well, and saves a test on a busy machine


class Terminal:
    """A separate tmux with one window in which a command runs; a shell stays behind it."""

    def __init__(self, work, command, columns=80, rows=24, env=None):
        # a separate server, because the last one may still be ending
        self.work = work = tempfile.mkdtemp(dir=work)
        kept = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        words = [f"{k}={v}" for k, v in dict(UTF8, PATH=f"{BUILD}:/usr/bin:/bin", HOME=work, **kept,
                                             **(env or {})).items()]
        self.before, self.after = os.path.join(work, "before"), os.path.join(work, "after")
        script = (f"stty -g >{self.before}; {command}; echo \"status $?\" >{self.after}; "
                  f"stty -g >>{self.after}; echo ended; exec cat")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
                  "env", "-i", *words, "sh", "-c", f"cd /; {script}")

    def tmux(self, *words):
        """Its socket has a short name, because a folder's path may be too long for a socket's address."""
        env = dict(os.environ, LC_ALL="C.UTF-8")
        done = subprocess.run(["tmux", "-S", "tmux", *words], capture_output=True, text=True, env=env, cwd=self.work)
        return done.stdout + done.stderr

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        # a program that ends by itself writes what it ran, where that is counted (suite coverage)
        end = time.monotonic() + 1
        while not os.path.exists(self.after) and time.monotonic() < end:
            self.press("q")
            time.sleep(0.1)
        self.tmux("kill-server")

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def screen(self, *options):
        text = self.tmux("capture-pane", "-p", *options)
        return "".join(line.rstrip() + "\n" for line in text.splitlines())

    def wait(self, is_there, seconds=PATIENCE):
        """The screen when it meets the condition; otherwise the last screen."""
        end = time.monotonic() + seconds
        while True:
            text = self.screen()
            if is_there(text) or time.monotonic() > end:
                return text
            time.sleep(0.05)

    def see(self, *words):
        """The screen when it has all of the words and is complete: it is drawn from the top."""
        def is_there(text):
            return all(word in text for word in words)
        text = self.wait(is_there)
        for _ in range(5):
            time.sleep(0.1)
            later = self.screen()
            if later == text or not is_there(later):
                break
            text = later
        return text

    def marked(self):
        """The tab, the chosen column's heading, and the first word of the row under the cursor."""
        tab, column, row, heading, on = None, None, None, None, set()
        for number, line in enumerate(self.screen("-e").splitlines()):
            # what one line switches on is on in the next one, too
            for codes, text in re.findall(r"(?:\x1b\[([\d;]*)m)?([^\x1b]*)", line):
                for code in codes.split(";"):
                    on = set() if code == "0" else on | {code}
                words = text.split()
                if not words:
                    continue
                if "4" in on and column is None:
                    column, heading = words[0], number
                elif "7" in on and not number:
                    tab = " ".join(words)
                elif "7" in on and heading is not None and number > heading and row is None:
                    row = words[0]
        return [tab, column, row]

    def still(self):
        """The screen when it no longer changes."""
        before = None
        text = self.screen()
        while text != before:
            time.sleep(0.15)
            before, text = text, self.screen()
        return text

    def pid(self):
        """Of the program itself."""
        shell = self.tmux("display-message", "-p", "#{pane_pid}").strip()
        done = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", shell], capture_output=True, text=True)
        for line in done.stdout.splitlines():
            pid, name = line.split(None, 1)
            if name.strip() == "kmeminfo":
                return int(pid)
        return None

    def ended(self):
        """Status, and what is wrong with the terminal that was left."""
        self.see("ended")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with open(self.after, encoding="ascii") as file:
                    lines = file.read().splitlines()
            except FileNotFoundError:
                lines = []
            if len(lines) == 2:
                break
            time.sleep(0.05)
        else:
            return None, ["it did not end", self.screen()]
        with open(self.before, encoding="ascii") as file:
            before = file.read().strip()
        left = self.tmux("display-message", "-p",
                         "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}").strip()
        wrongs = [] if before == lines[1] else [f"modes were {before}, are {lines[1]}"]
        wrongs += [] if left in ("0 1 0 0", " 1 0 0") else [f"alternate, cursor, mouse, keypad: {left}"]
        return int(lines[0].split()[1]), wrongs


def top(*words):
    return " ".join([PROGRAM, "top", *words])


def is_built():
    with open(os.path.join(BUILD, "config.h"), encoding="utf-8") as config:
        return "#define HAVE_NCURSES 1" in config.read()
