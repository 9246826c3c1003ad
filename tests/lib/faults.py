# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes every call of a kind fail in turn, for every command. Then there must be no crash, no exit status 0
with another output than without the fault, and only valid JSON, unless the status says that the program
failed."""
import collections
import concurrent.futures
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import tarfile
import tempfile

from tap import BUILD, CAPTURES, PROGRAM, SRC, captures

SHIM = os.path.join(BUILD, "tests", "faults", "shim.so")
COMPLETE, FAILED, USAGE, INCOMPLETE = 0, 1, 2, 3
# The errno that a kernel returns for each kind of fault.
KINDS = {"alloc": [12], "read": [5, 24], "stream": [5], "open": [24, 5], "readdir": [5], "readlink": [5], "stat": [5],
         "make": [28], "write": [28], "sync": [5], "close": [28], "dlopen": [12], "mmap": [12], "process": [11]}
# The other commands: tried where more than a sample is.
OTHERS = ("cgroups", "callers", "fragmentation", "meminfo", "vmstat", "pressure", "predict --order 4", "metrics",
          "report", "check", "check --list", "gfp 0xcc0", "explain --size 100K", "explain watermark",
          "slab --format=csv", "slab --format=jsonl", "slab --format=raw", "zones --format=openmetrics", "buddy --format=html",
          "slab --where size>1M --sort name --top 3", "slab --numa", "vmalloc --areas", "buddy --language=ja",
          "capture DIRECTORY --redact", "record DIRECTORY --at 2026-01-01", "slab --output DIRECTORY")
WITHOUT_INPUT = ("gfp --list --kernel 5.10", "complete values slab", "help slab",
                 "explain __GFP_DMA32")
# live: this machine's figures change from run to run, so only their form can be checked
Case = collections.namedtuple("Case", "name arguments live", defaults=[False])


def build_shim():
    os.makedirs(os.path.dirname(SHIM), exist_ok=True)
    subprocess.run([os.environ.get("CC", "cc").split()[-1], "-std=gnu11", "-D_GNU_SOURCE", "-O1",
                    "-shared", "-fPIC", "-o", SHIM, os.path.join(SRC, "tests", "faults", "shim.c"),
                    "-ldl"], check=True)


def shrink(tree, small):
    """The captured machine with few of its many small files."""
    shutil.copytree(os.path.join(tree, "proc"), os.path.join(small, "proc"))
    with open(os.path.join(small, "kmeminfo.capture"), "w", encoding="ascii") as file:
        file.write("kmeminfo capture 1\nmachine x86_64\npage_bytes 4096\nroot yes\n")
    shutil.copytree(os.path.join(tree, "sys/devices"), os.path.join(small, "sys/devices"), symlinks=True)
    slab = os.path.join(tree, "sys/kernel/slab")
    for name in sorted(os.listdir(slab))[::25]:
        shutil.copytree(os.path.join(slab, name), os.path.join(small, "sys/kernel/slab", name), symlinks=True)


def record(name, cases, failures):
    """Prints a line of ROBUSTNESS.md, which tests/robustness collects from the logs."""
    print(f"# robustness | {name} | {cases} | {failures}")


class Work:
    """A directory with the files that the commands read, and a fresh directory for the output of each run."""

    def __init__(self, folder):
        self.folder = folder
        self.tree = os.path.join(folder, "tree")
        shrink(os.path.join(CAPTURES, next(n for n in captures() if "numa" in n)), self.tree)
        self.log = os.path.join(SRC, "tests", "logs", "6.1-amd64-oom.log")
        self.write_cgroups()
        self.report = os.path.join(folder, "report")
        for path in ("var/log/kern.log", "sos_commands/kernel/dmesg"):
            os.makedirs(os.path.dirname(os.path.join(self.report, path)))
            shutil.copy(self.log if "var" in path else self.log.replace("6.1-amd64-oom", "6.1-amd64-slub"),
                        os.path.join(self.report, path))
        self.archives = {}
        for kind in ("gz", "xz"):
            self.archives[kind] = os.path.join(folder, f"capture.tar.{kind}")
            with tarfile.open(self.archives[kind], f"w:{kind}") as tar:
                tar.add(self.tree, "capture")

    def write_cgroups(self):
        """Two cgroups, of which one is at 99 % of its limit."""
        for name, used, most in (("", 200, "max"), ("web.slice", 99, 100 << 20)):
            folder = os.path.join(self.tree, "sys/fs/cgroup", name)
            os.makedirs(folder)
            for file, text in (("memory.current", used << 20), ("memory.max", most), ("memory.high", "max"),
                               ("memory.stat", f"anon {used << 20}\nfile 0\nkernel 4096\nslab 4096\nslab_reclaimable 0\n"
                                "inactive_file 0\nactive_file 0"), ("cgroup.stat", "nr_descendants 1\nnr_dying_descendants 0")):
                with open(os.path.join(folder, file), "w", encoding="ascii") as out:
                    out.write(f"{text}\n")

    def record(self):
        """A recording of two captures."""
        path = os.path.join(self.folder, "recording")
        for at in ("2026-01-01 10:00", "2026-01-01 11:00"):
            subprocess.run([PROGRAM, "record", path, "--from", self.tree, "--at", at], capture_output=True, check=False)
        return path

    def other_cases(self):
        for words in OTHERS:
            yield Case(words, words.split() + ["--from", self.tree])
        for words in WITHOUT_INPUT:
            yield Case(words, words.split())
        yield Case("gfp 0xcc0 --kernel 5.10, live", "gfp 0xcc0 --kernel 5.10".split(), True)
        # these have an opener
        yield Case("slab --watch, live", "slab --watch=0.1 --count=2".split(), True)
        yield Case("record, live", "record --no-processes --count=2 --every=100ms DIRECTORY".split(), True)
        yield Case("diff", ["diff", self.tree, os.path.join(CAPTURES, "6.1-amd64")])
        yield Case("diff --json", ["diff", self.tree, os.path.join(CAPTURES, "6.1-amd64"), "--json"])
        recording = self.record()
        for words in ("trend FILE", "trend FILE slab --json --all", "check --record FILE", "record --export=DIRECTORY FILE"):
            yield Case(words, words.replace("FILE", recording).split())

    def cases(self):
        """The commands' input from a capture, so that two runs print the same."""
        for words in ("summary", "buddy", "buddy --types", "slab", "slab -o +aliases,payload_bytes,dma", "zones --all",
                      "vmalloc", "vmalloc --by kind", "pages", "gfp", "gfp GFP_KERNEL", "module"):
            for form in ("", " --json"):
                yield Case(words + form, words.split() + form.split() + ["--from", self.tree])
        for words in ("cgroups --json", "check cgroup-near-limit"):
            yield Case(words, words.split() + ["--from", self.tree])
        yield Case("log --json of a report", ["log", "--json", "--from", self.report])
        for kind, path in self.archives.items():
            yield Case(f"slab of a tar.{kind}", ["slab", "--from", path])
        for form in ([], ["--json"]):
            yield Case(" ".join(["log", *form]), ["log", self.log, *form])
        for words in ("explain kmalloc", "explain watermark"):
            yield Case(words, words.split() + ["--from", self.tree])
        for words in ("explain", "fields", "fields --format=schema",
                      "complete commands", "complete columns slab", "--help", "slab --help", "--version"):
            yield Case(words, words.split())
        for words in ("summary", "slab --json", "buddy --json", "log --json"):
            yield Case(f"{words}, live", words.split(), True)
        yield Case("capture", ["capture", "DIRECTORY", "--from", self.tree])


class Run:
    def __init__(self, work, case, fault="", **shim):
        """shim: further variables of tests/faults/shim.c."""
        environment = dict(os.environ, LD_PRELOAD=SHIM, KM_FAULT=fault, **shim)
        with tempfile.TemporaryDirectory(dir=work.folder) as folder:
            target = os.path.join(folder, "target")
            arguments = [word.replace("DIRECTORY", target) for word in case.arguments]
            done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60, env=environment,
                                  stdin=subprocess.DEVNULL)
            self.files = files_of(target)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


def rows_of(path):
    """What a database holds: after a failed checkpoint the last rows are in its -wal, where readers find them."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        try:
            return "\n".join(database.iterdump())
        except sqlite3.DatabaseError as error:
            return str(error)


def files_of(folder):
    """Contents by path. The time in a manifest differs from run to run, so it is left out."""
    found = {}
    if os.path.isfile(folder):
        with open(folder, "rb") as file:
            content = file.read()
        return {"": rows_of(folder) if content.startswith(b"SQLite format 3") else content}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            if os.path.islink(path):
                found[os.path.relpath(path, folder)] = os.readlink(path)
                continue
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def calls(work, case, kind):
    """The number of calls of this kind in a run."""
    path = os.path.join(work.folder, f"count-{kind}-{abs(hash(case.name))}")
    with open(path, "wb") as file:
        file.write(bytes(8))
    Run(work, case, f"{kind}:0:5", KM_FAULT_COUNT=path)
    with open(path, "rb") as file:
        return struct.unpack("Q", file.read())[0]


def places(work, case, kind):
    """Numbers of calls of that kind: the first and the last one of each stack, in the order of the run. A confined
    program cannot write the file, which is open before."""
    path = os.path.join(work.folder, f"stacks-{kind}-{abs(hash(case.name))}")
    with open(path, "wb"):
        pass
    Run(work, case, f"{kind}:0:5", KM_FAULT_STACKS=path)
    with open(path, "rb") as file:
        stacks = [stack[0] for stack in struct.iter_unpack("Q", file.read())]
    first, last = {}, {}
    for number, stack in enumerate(stacks, 1):
        first.setdefault(stack, number)
        last[stack] = number
    return sorted({*first.values(), *last.values()})


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def wrong(case, good, bad):
    """The error in a run with a fault; None if there is none."""
    if bad.status < 0:
        return f"killed by {signal.Signals(-bad.status).name}"
    if bad.status not in (COMPLETE, FAILED, USAGE, INCOMPLETE):
        return f"status {bad.status}"
    if not case.live and bad.status == good.status and (bad.out, bad.files) != (good.out, good.files):
        # a complete report of another kind: it must then mention what the fault removed
        if bad.status == COMPLETE or bad.err == good.err:
            return f"status {bad.status}, and other output than without the fault, unsaid"
    if not case.live and bad.status == COMPLETE and good.status != COMPLETE:
        return "status 0, and not so without the fault"
    if "--json" in case.arguments and bad.status in (COMPLETE, INCOMPLETE) and not is_json(bad.out):
        return f"status {bad.status} and invalid JSON"
    # the plugin's states are its statuses, and it prints to stdout
    if bad.status in (FAILED, USAGE) and not bad.err and not (case.arguments[0] == "check" and bad.out):
        return f"status {bad.status} without a word"
    return None


def spread(items, sample):
    """All of a list (sample 0), or so many, the first and the last among them."""
    if not sample or len(items) <= sample:
        return items
    return [items[i] for i in sorted({(len(items) - 1) * i // (sample - 1) for i in range(sample)})]


def chosen(total, sample):
    """Numbers from 1 to total: all, or so many."""
    return spread(range(1, total + 1), sample)


def attempt(work, case, sample):
    """Runs one command: (kind, number of runs, errors)."""
    good = Run(work, case)
    again = Run(work, case)
    # a report that contains the time of day: only its form can be checked
    if (good.out, good.files) != (again.out, again.files):
        case = case._replace(live=True)
    numbers_of = {kind: places(work, case, kind) for kind in KINDS}
    for kind, errors in KINDS.items():
        runs, wrongs = 0, []
        for error in errors:
            for number in spread(numbers_of[kind], sample):
                bad = Run(work, case, f"{kind}:{number}:{error}")
                runs += 1
                why = wrong(case, good, bad)
                if why:
                    wrongs.append(f"KM_FAULT={kind}:{number}:{error} kmeminfo {' '.join(case.arguments)}: {why}")
        yield kind, runs, wrongs


def attempt_patience(tap, work, sample):
    """A read that a signal interrupts, or that returns fewer bytes than there are, changes nothing."""
    runs = failures = 0
    for case in work.cases():
        if case.live or not tap.wanted(f"{case.name}, patiently"):
            continue
        good = Run(work, case)
        faults = ["read:short:1"] + [f"read:{n}:4" for n in chosen(calls(work, case, "read"), sample)]
        wrongs = [fault for fault in faults if vars(Run(work, case, fault)) != vars(good)]
        tap.ok(not wrongs, f"{case.name}, patiently", *wrongs)
        runs, failures = runs + len(faults), failures + len(wrongs)
    record("reads that are short or interrupted (EINTR)", runs, failures)


def judge_cut(target, cut):
    """The error in the leftovers of an interrupted capture; None if there is none."""
    if not os.path.exists(target) or not os.listdir(target):
        return "status 0 without a capture" if cut.returncode == COMPLETE else None
    with open(os.path.join(target, "kmeminfo.capture"), "rb") as file:
        whole = b"\nchecksum " in file.read()
    later = subprocess.run([PROGRAM, "slab", "-o", "+payload_bytes,dma", "--from", target], capture_output=True, timeout=60)
    said = later.returncode == INCOMPLETE and b"incomplete" in later.stderr or later.returncode == FAILED
    # after the last call that can fail the capture is complete
    if whole != (later.returncode == COMPLETE) or (not whole and not said):
        return f"{later.returncode} {later.stderr}"
    return "status 0 and no whole capture" if cut.returncode == COMPLETE and not whole else None


def attempt_interrupted(tap, work, sample):
    """A capture that a signal or a full disk interrupts at any moment is no capture, or says that it is
    incomplete."""
    case = Case("capture", ["capture", "DIRECTORY", "--from", work.tree])
    for why, kinds in (("int", ("open", "make", "write", "close")), ("28", ("make", "write", "close"))):
        wrongs, runs = [], 0
        for kind in kinds:
            for number in chosen(calls(work, case, kind), sample):
                runs += 1
                target = os.path.join(work.folder, f"cut-{why}-{kind}-{number}")
                environment = dict(os.environ, LD_PRELOAD=SHIM, KM_FAULT=f"{kind}:{number}:{why}")
                cut = subprocess.run([PROGRAM, "capture", target, "--from", work.tree], env=environment,
                                     capture_output=True, timeout=60)
                why_not = judge_cut(target, cut)
                if why == "int" and cut.returncode != -signal.SIGINT:
                    why_not = f"status {cut.returncode}, not ended by SIGINT"
                if why_not:
                    wrongs.append(f"{kind}:{number}: {why_not}")
                shutil.rmtree(target, ignore_errors=True)
        tap.ok(not wrongs, f"capture cut off by {'SIGINT' if why == 'int' else 'a full disk'}", *wrongs[:10],
               f"{runs} runs")
        record(f"capture cut off by {'SIGINT' if why == 'int' else 'a full disk'}", runs, len(wrongs))


def samples_of(path):
    """The times in a recording, by another reader of SQLite, which also checks that the file is whole."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return None
        return [time for time, in database.execute("SELECT wall_us FROM sample ORDER BY wall_us")]


def attempt_interrupted_record(tap, work, sample):
    """A sample that a signal or a full disk cuts off is in the recording as a whole, or not at all."""
    before = work.record()
    old = samples_of(before)
    path = os.path.join(work.folder, "cut.db")
    words = ["record", path, "--from", work.tree, "--at", "2026-01-01 12:00"]
    for why, kinds in (("int", ("open", "write", "close")), ("28", ("write", "close"))):
        wrongs, runs = [], 0
        for kind in kinds:
            shutil.copy(before, path)
            for number in chosen(calls(work, Case(f"record {why}", words), kind), sample):
                runs += 1
                for end in ("", "-wal", "-shm"):
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(path + end)
                shutil.copy(before, path)
                environment = dict(os.environ, LD_PRELOAD=SHIM, KM_FAULT=f"{kind}:{number}:{why}")
                cut = subprocess.run([PROGRAM, *words], env=environment, capture_output=True, timeout=60)
                read = subprocess.run([PROGRAM, "trend", path, "--json"], capture_output=True, timeout=60)
                new = samples_of(path)
                if new is None or new[:len(old)] != old or len(new) > len(old) + 1:
                    wrongs.append(f"{kind}:{number}: {new}")
                elif read.returncode not in (COMPLETE, INCOMPLETE) or not is_json(read.stdout):
                    wrongs.append(f"{kind}:{number}: trend ended with {read.returncode} {read.stderr}")
                elif (cut.returncode in (COMPLETE, INCOMPLETE)) != (len(new) > len(old)) and why != "int":
                    wrongs.append(f"{kind}:{number}: status {cut.returncode}, {len(new)} samples")
                elif why == "int" and cut.returncode not in (-signal.SIGINT, COMPLETE, INCOMPLETE):
                    wrongs.append(f"{kind}:{number}: status {cut.returncode} after SIGINT")
        name = f"record cut off by {'SIGINT' if why == 'int' else 'a full disk'}"
        tap.ok(not wrongs and runs > 5, name, *wrongs[:10], f"{runs} runs")
        record(name, runs, len(wrongs))


def change_open_files(pid, top, change):
    """Changes the files below top that the process has open. Returns whether there was any."""
    changed = False
    for fd in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(OSError):
            path = os.readlink(f"/proc/{pid}/fd/{fd}")
            if path.startswith(top + "/") and os.path.isfile(path):
                change(path)
                changed = True
    return changed


def shrink_file(path):
    os.truncate(path, os.path.getsize(path) // 2)


def grow_file(path):
    with open(path, "ab") as file:
        file.write(b"more\n" * 100)


def attempt_changing(tap, work, sample):
    """A file of a capture that shrinks or grows while it is read is reported, never a figure."""
    for change in (shrink_file, grow_file):
        wrongs, runs = [], 0
        for case in work.cases():
            if case.live or work.tree not in case.arguments or not tap.wanted(f"changing files, {case.name}"):
                continue
            good = Run(work, case)
            for number in chosen(calls(work, case, "read"), sample if sample > 9 else 2):
                with tempfile.TemporaryDirectory(dir=work.folder) as folder:
                    tree = os.path.join(folder, "tree")
                    shutil.copytree(work.tree, tree, symlinks=True)
                    words = [tree if word == work.tree else word.replace("DIRECTORY", os.path.join(folder, "target"))
                             for word in case.arguments]
                    environment = dict(os.environ, LD_PRELOAD=SHIM, KM_FAULT=f"read:{number}:stop")
                    with subprocess.Popen([PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL,
                                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                        _, status = os.waitpid(process.pid, os.WUNTRACED)
                        changed = os.WIFSTOPPED(status) and change_open_files(process.pid, tree, change)
                        if os.WIFSTOPPED(status):
                            os.kill(process.pid, signal.SIGCONT)
                        else:
                            process.returncode = os.waitstatus_to_exitcode(status)
                        out, _ = process.communicate(timeout=60)
                if not changed:
                    continue
                runs += 1
                if process.returncode < 0 or (process.returncode == COMPLETE and out != good.out):
                    wrongs.append(f"read:{number}, {case.name}: status {process.returncode}, and other output")
        name = f"a file that {'shrinks' if change is shrink_file else 'grows'} while it is read"
        tap.ok(not wrongs and runs > 5, name, *wrongs[:10], f"{runs} runs")
        record(name, runs, len(wrongs))


def attempt_endless(tap, work):
    """Standard input that never ends: what is kept has a limit, and the process ends."""
    wrongs, runs = [], 0
    for file, words in (("slabinfo", ["slab"]), ("buddyinfo", ["buddy"]), ("zoneinfo", ["zones"]), ("meminfo", ["meminfo"])):
        for form in ([], ["--json"]):
            runs += 1
            script = f"{{ cat {work.tree}/proc/{file}; yes 'a line 1 2 3'; }} | \"$@\" --from -"
            done = subprocess.run(["sh", "-c", script, "sh", PROGRAM, *words, *form], capture_output=True, timeout=300)
            if done.returncode != FAILED or b"no more than 512 MiB" not in done.stderr:
                wrongs.append(f"{file} {form}: status {done.returncode} {done.stderr[-200:]}")
    tap.ok(not wrongs, "standard input that never ends", *wrongs)
    record("standard input that never ends", runs, len(wrongs))


def attempt_output(tap, work):
    """Unwritten output is a failure, at whatever byte stdout ends. A reader that goes away ends the program."""
    for name, arguments in (("text", ["zones", "--all"]), ("JSON", ["slab", "--json"]), ("help", ["--help"])):
        if name != "help":
            arguments = [*arguments, "--from", work.tree]
        whole = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60)
        wrongs = []
        for size in [0, 1, *chosen(len(whole.stdout) - 1, 20)]:
            path = os.path.join(work.folder, "output")
            done = subprocess.run(["sh", "-c", f"trap '' XFSZ; exec prlimit --fsize={size} \"$@\" >'{path}'", "sh",
                                   PROGRAM, *arguments], capture_output=True, timeout=60)
            if done.returncode != FAILED or b"cannot write" not in done.stderr:
                wrongs.append(f"room for {size} of {len(whole.stdout)} bytes: {done.returncode} {done.stderr}")
        tap.ok(not wrongs, f"{name} to a file that cannot grow", *wrongs[:10])
        record(f"stdout full at a byte of {name}", 22, len(wrongs))
        piped = subprocess.run(["sh", "-c", 'trap - PIPE; "$@" | head -c 1 >/dev/null; exit 0', "sh", PROGRAM, *arguments],
                               capture_output=True, timeout=60)
        tap.ok(piped.returncode == 0 and not piped.stderr, f"{name} to a reader that goes", piped.stderr)
        last = calls(work, Case(name, arguments), "close") - 1  # the last is stderr
        done = Run(work, Case(name, arguments), f"close:{last}:28")
        tap.ok(done.status == FAILED and b"cannot write: No space left" in done.err,
               f"{name}: closing fails", done.status, done.err)
        record(f"a reader of {name} that goes (SIGPIPE), and a failing close of stdout", 2,
               (piped.returncode != 0 or piped.stderr != b"") + (done.status != FAILED))


def attempt_all(tap, sample, jobs=2):
    build_shim()
    totals, failures = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory(prefix="kmeminfo-faults-") as folder:
        work = Work(folder)
        cases = [*work.cases(), *([] if 0 < sample < 10 else work.other_cases())]
        wanted = [case for case in cases if tap.wanted(case.name)]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            for case, results in zip(wanted, pool.map(lambda c: list(attempt(work, c, sample)), wanted)):
                wrongs = [line for _, _, lines in results for line in lines]
                for kind, runs, lines in results:
                    totals[kind] += runs
                    failures[kind] += len(lines)
                tap.ok(not wrongs, case.name, *wrongs[:10], f"{len(wrongs)} wrongs")
        for kind, runs in totals.items():
            record(f"one call of {kind} fails ({', '.join(map(os.strerror, KINDS[kind]))})", runs, failures[kind])
        attempt_interrupted(tap, work, sample)
        attempt_interrupted_record(tap, work, sample)
        attempt_changing(tap, work, sample)
        attempt_endless(tap, work)
        attempt_patience(tap, work, sample)
        attempt_output(tap, work)

