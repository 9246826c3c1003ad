# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes the parameters out of real reports of failed requests, for reportforms.py to write the reports again. What is not
compared is listed by name in NOT_WRITTEN; every other line belongs to a report or is returned as a stray one."""
import re

import reportforms as forms

# What no parameter decides: the way a request came, and what other parts of the kernel print beside a report.
NOT_WRITTEN = {
    "stack trace": re.compile(r"Call [Tt]race:$| ?</?TASK>$| (\? )?[\w.]+\+0x[0-9a-f]+/0x[0-9a-f]+( \[\w+\])?( \(P\))?$"),
    "registers": re.compile(r"(RIP|RSP|R[A-D]X|R[SD]I|RBP|R\d\d|FS|CS|CR0|CR2|EIP|E[A-D]X|ESI|DS|Code|pc|lr|sp|pstate|x\d+) ?: *[\w(+<]"),
    "module list": re.compile(r"Modules linked in:"),
    "frame of a warning": re.compile(r"-{12}\[ cut here \]-{12}$|---\[ end trace [0-9a-f]+ \]---$"),
    "how often": re.compile(r"warn_alloc: \d+ callbacks suppressed$"),
    "other messages": re.compile(r"(zram|loop)\d+: detected capacity|clocksource: |oom_reaper: |sysrq: |Out of memory and no killable|"
                                 r"blk_update_request: |Adding \d+k swap|random: |kmfail: "),
}

TIME = re.compile(r"^\[ *\d+\.\d+\] ?")
HEAD = re.compile(r"(?P<name>.+?)(: (?P<kind>page allocation failure)[:.] order:(?P<order>-?\d+), mode:| (?P<oom>invoked oom-killer): gfp_mask=|"
                  r": vmalloc(?: error: size|: allocation failure:) (?P<size>\d+)(?P<what>[^,]*, [^,]+?|[^,]*), mode:)"
                  r"(?P<mode>0x[0-9a-f]+(?:\([^)]*\))?)(?P<rest>.*)$")
SHORT = re.compile(r"(?P<warning>WARNING: (?:CPU: \d+ PID: \d+ at )?(?P<place>mm/\S+)(?: at)? (?P<function>[^\s,]+))|vmap allocation for size (?P<vmap>\d+) |"
                   r"percpu: allocation failed, size=(?P<size>\d+) align=(?P<align>\d+) atomic=(?P<atomic>\d), (?P<why>.*)$|"
                   r"(?P<device>.+): swiotlb buffer is full \(sz: (?P<bytes>\d+) bytes\), total (?P<slots>\d+) \(slots\), used (?P<used>\d+)|"
                   r"HugeTLB: allocating (?P<huge>\d+) of page size (?P<each>.*?) failed(?: node(?P<node>\d+))?\. +Only allocated (?P<got>\d+)|"
                   r"cma: \w+: (?:(?P<area>\S+): )?alloc failed, req-size: (?P<pages>\d+) pages, ret: (?P<status>-\d+)$")
WHO = re.compile(r"CPU: (?P<cpu>\d+) (?:UID: (?P<uid>\d+) )?PID: (?P<pid>\d+) Comm: (?P<name>.+?) (?P<state>Not tainted|Tainted: .*?) "
                 r"(?P<release>\d\S*) (?P<build>.*)$")
KEYS = re.compile(r"([\w()]+): ?(\d+)(?:[kK]B)?(?= |$)")
PLACES = re.compile(r"nodemask=(?P<nodemask>\S+?),\s*cpuset=(?P<cpuset>\S*),mems_allowed=(?P<mems>[\d,-]+)(?=,|$)")


def values_of(text):
    return {key: int(value) for key, value in KEYS.findall(text)}


class Reader:
    """Reads one report line by line; 'written' is the report as the forms write it from what was read."""

    def __init__(self, lines):
        self.lines, self.at = lines, 0

    def take(self, pattern):
        """The match of the next line, if it has this form."""
        match = re.match(pattern, self.lines[self.at]) if self.at < len(self.lines) else None
        self.at += bool(match)
        return match

    def all(self, pattern):
        matches = []
        while match := self.take(pattern):
            matches.append(match)
        return matches


def kernel_of(lines):
    """Release, page size and options of the kernel, as the report shows them; None if it does not say who ran."""
    match = next(filter(None, map(WHO.match, lines)), None)
    if not match:
        return None
    major, minor = re.match(r"(\d+)\.(\d+)", match["release"]).groups()
    text = "\n".join(lines)
    page = re.search(r": \d+\*(\d+)kB", text)
    return forms.Kernel(match["release"], int(major) * 100000 + int(minor), int(page[1]) if page else 4,
                        bool(re.search(r"^Node \d+ \w+ free:", text, re.M)), " pages cma reserved" in text, " pages hwpoisoned" in text)


def caller_of(reader):
    match = reader.take(WHO)
    if not match:
        return None
    reader.take(r"Tainted: ")
    hardware = reader.take(r"Hardware name: (.*)$")
    queue = reader.take(r"Workqueue: (.*)$")
    state = match["state"].removeprefix("Tainted:")
    letters = "" if match["state"] == "Not tainted" else "".join(state.split()).removeprefix("G")
    return forms.Caller(match["name"], int(match["pid"]), int(match["cpu"]), int(match["uid"] or 0), letters, match["build"],
                        hardware and hardware[1], queue and queue[1])


def blocks_of(text):
    return [(int(count), letters) for count, letters in re.findall(r"(\d+)\*\d+kB(?: \((\w+)\))?", text)]


def zones_of(reader):
    zones = []
    while match := reader.take(r"(?:Node (\d+) )?(\w+) (free:.*) all_unreclaimable\? (\w+)$|(?:Node (\d+) )?(\w+) (free:.*)$"):
        reserve = reader.take(r"lowmem_reserve\[\]: ([\d ]+)$")
        node, name, text, state = match[1] or match[5] or 0, match[2] or match[6], match[3] or match[7], match[4] or "no"
        zones.append(forms.ZoneFigures(int(node), name, values_of(text), reserve[1].split(), [], state))
    for zone, match in zip(zones, reader.all(r"(?:Node \d+ )?\w+: (\d+\*.*)$")):
        zone.blocks = blocks_of(match[1])
    return zones


def memory_of(reader):
    if not reader.take("Mem-Info:$"):
        return None
    values = {}
    for match in reader.all(r" ?(active_|inactive_|unevictable|slab_|mapped|sec_pagetables|kernel_misc|free).*:\d+$"):
        values.update(values_of(match[0]))
    nodes = [(int(match[1]), values_of(match[2]), match[3])
             for match in reader.all(r"Node (\d+) (active_anon:.*) all_unreclaimable\? (\w+).*$")]
    for (number, figures, state), match in zip(nodes, reader.lines[reader.at - len(nodes):reader.at]):
        figures.update(values_of(match))
    memory = forms.Memory(values, nodes, zones_of(reader))
    memory.huge = [tuple(map(int, match.groups())) for match in
                   reader.all(r"Node (\d+) hugepages_total=(\d+) hugepages_free=(\d+) hugepages_surp=(\d+) hugepages_size=(\d+)kB$")]
    number = lambda pattern: int((reader.take(pattern) or (0, 0))[1])
    memory.cached, memory.swap_cached = number(r"(\d+) total pagecache pages$"), number(r"(\d+) pages in swap cache$")
    stats = reader.take(r"Swap cache stats: (.*)$")
    memory.swap_stats = stats and stats[1]
    free = number(r"Free swap  = (\d+)kB$")
    memory.swap = (number(r"Total swap = (\d+)kB$"), free)
    memory.present, memory.highmem = number(r"(\d+) pages RAM$"), number(r"(\d+) pages HighMem/MovableOnly$")
    memory.reserved, memory.cma = number(r"(\d+) pages reserved$"), number(r"(\d+) pages cma reserved$")
    memory.poisoned = number(r"(\d+) pages hwpoisoned$")
    return memory


def cgroup_of(reader):
    amounts = [reader.take(f"{what}: usage (\\d+)kB, limit (\\d+)kB, failcnt (\\d+)$") for what in ("memory", "swap")]
    if not amounts[0]:
        return None
    group = reader.take(r"Memory cgroup stats for (.*):$")
    statistics = {match[1]: match[2] for match in reader.all(r"(\w+) (\d+)$")}
    return group[1], *(amount.groups() for amount in amounts), statistics


def tasks_of(kernel, reader):
    """The rows as mappings; numbers by the columns of the heading."""
    if not reader.take("Tasks state") or not reader.take(r"\[ +pid +\]"):
        return None
    columns = kernel.form(forms.TASKS)[0].replace("[", " ").replace("]", " ").split()
    rows = []
    for match in reader.all(r"\[ *(\d+)\] +(.*)$"):
        words = [match[1], *match[2].split(None, len(columns) - 2)]
        rows.append({column: word if column == "name" else int(word) for column, word in zip(columns, words)})
    return rows


def kill_of(reader, request):
    """The one line and the other; what the first says of places is the request's."""
    match = reader.take(r"oom-kill:constraint=CONSTRAINT_(\w+),(.*?),(?:oom_memcg=(.*?)|global_oom),task_memcg=(.*?),task=")
    if not match:
        return None
    where = PLACES.match(match[2])
    request.nodemask, request.cpuset, request.mems = where["nodemask"], where["cpuset"], where["mems"]
    last = reader.take(r"(?:Memory cgroup out of memory|Out of memory)(.*?): Killed process (\d+) \((.*)\) (total-vm.*), UID:(\d+) "
                       r"pgtables:(\d+)kB oom_score_adj:(-?\d+)$")
    sizes = dict(re.findall(r"([\w-]+):(\d+)kB", last[4]))
    return forms.Kill(last[3], int(last[2]), sizes, int(last[5]), int(last[6]), int(last[7]), constraint=match[1], memcg=match[3],
                      task_memcg=match[4], why=last[1])


def slub_of(kernel, reader):
    match = reader.take(r"SLUB: Unable to allocate memory on (?:CPU (\d+) \(of node (\d+)\) on )?node (-?\d+),? \(?gfp=(.*?\))\)?$")
    if not match:
        return []
    cache = reader.take(r"  cache: (.*), object size: (\d+), buffer size: (\d+), default order: (\d+), min order: (\d+)$")
    debugged = reader.take(r"  \S+ debugging increased min order")
    nodes = reader.all(r"  node (\d+): slabs: (\d+), objs: (\d+), free: (\d+)$")
    return forms.slub(kernel, match[4], cache.groups(), [node.groups() for node in nodes], int(match[3]), int(match[1] or 0), int(match[2] or 0),
                      bool(debugged))


def heads_of(kernel, match, caller, request):
    if match["oom"]:
        return forms.oom_head(kernel, caller, request, match["rest"].rpartition("oom_score_adj=")[2])
    if match["size"]:
        words = match["what"].strip(", ")
        what = "pages" if "allocate pages" in words else "addresses" if "vm_struct" in words else "size"
        return forms.vmalloc_head(kernel, caller, request, match["size"], what)
    return forms.failure_head(kernel, caller, request)


def rewritten(lines, version):
    """The report as it is written from its own parameters; the kernel's version, where it does not say what it is of."""
    kernel, reader = kernel_of(lines) or forms.Kernel("", version), Reader(lines)
    short = reader.take(SHORT)
    if short and short["pages"]:
        return cma_of(kernel, short, reader)
    return short_one(kernel, short, caller_of(reader)) if short else long_one(kernel, reader)


def cma_of(kernel, match, reader):
    free = reader.take(r"cma: number of available pages: (.*?)(=> (\d+) free of (\d+) total pages)?$")
    ranges = [free[1]] if free[1] else [one[1] for one in reader.all(r"cma: range \d+: (.*)$")]
    if not free[2]:
        reader.take(r"cma: $")
        free = reader.take(r"()(=> (\d+) free of (\d+) total pages)$")
    return list(forms.cma(kernel, match["area"], match["pages"], match["status"], ranges, free[3], free[4]))


def short_one(kernel, match, caller):
    if match["device"]:
        head = forms.swiotlb(match["device"], match["bytes"], match["slots"], match["used"])
    elif match["huge"]:
        head = forms.hugetlb(match["huge"], match["each"], match["got"], match["node"])
    elif match["vmap"]:
        head = forms.vmap(match["vmap"])
    elif match["warning"]:
        head = forms.warning(kernel, caller, match["place"], match["function"])
    else:
        head = forms.percpu(match["size"], match["align"], match["atomic"], match["why"])
    return [*head, *(forms.who(kernel, caller) if caller else ())]


def long_one(kernel, reader):
    match = reader.take(HEAD)
    places = PLACES.search(match["rest"])
    order = match["order"] or re.search(r"order=(-?\d+)", match["rest"] + " order=0")[1]
    request = forms.Request(match["mode"], order, *(places.groups() if places else ()))
    caller = caller_of(reader)
    written = [*heads_of(kernel, match, caller, request), *forms.who(kernel, caller)]
    memory, cgroup = memory_of(reader), cgroup_of(reader)
    if memory:
        written += forms.mem_info(kernel, memory)
    if cgroup:
        written += forms.cgroup_v2(kernel, *cgroup)
    if reader.take("Unreclaimable slab info:"):
        reader.take("Name ")
        written += forms.slab_info([(row[1], int(row[2]), int(row[3])) for row in reader.all(r"(\S.*?) +(\d+)KB +(\d+)KB$")])
    if protected := reader.take(r"Memory cgroup min protection (\d+)kB -- low protection (\d+)kB$"):
        written += forms.protection(kernel, *protected.groups())
    tasks = tasks_of(kernel, reader)
    if tasks is not None:
        written += forms.task_table(kernel, tasks)
    if victim := kill_of(reader, request):
        written += forms.kill(kernel, victim, request)
    return written + list(slub_of(kernel, reader))


def reports_of(text):
    """The reports of a log, each as its lines, and the lines that belong to none. A log may begin with the last line of the
    report before it."""
    reports, strays = [], []
    for number, line in enumerate(text.splitlines()):
        line = TIME.sub("", line)
        if any(pattern.match(line) for pattern in NOT_WRITTEN.values()) or number == 0 and line.startswith("Memory cgroup min protection"):
            continue
        if HEAD.match(line) or SHORT.match(line):
            reports.append([])
        (reports[-1] if reports else strays).append(line)
    return reports, strays
