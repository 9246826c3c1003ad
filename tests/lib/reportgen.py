# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes reports of failed requests as kernels from 2.6.32 to 7.2 print them, and says why each failed.

The truth comes first: a scenario chooses what went wrong and takes figures that leave no doubt about it (a
quarter of a watermark is below it by any rule; five times the high one is above). Nothing here computes
what the program computes. reportforms.py writes the lines as each kernel does.
"""
import random
import re

import reportforms as forms

# Of each kernel: what is different in its reports. A release holds until the next one.
RELEASES = [
    ("2.6.32-754.el6.x86_64", 206032), ("3.2.0-4-amd64", 300002), ("3.10.0-1160.el7.x86_64", 300010), ("3.16.0-11-amd64", 300016),
    ("4.4.0-210-generic", 400004), ("4.9.0-19-amd64", 400009), ("4.14.336", 400014), ("4.18.0-553.el8.x86_64", 400018),
    ("4.19.0-27-amd64", 400019), ("5.4.0-216-generic", 500004), ("5.10.0-32-amd64", 500010), ("5.15.0-143-generic", 500015),
    ("6.1.0-50-amd64", 600001), ("6.6.87", 600006), ("6.12.107+deb13-amd64", 600012), ("7.2.13+deb14-amd64", 700002),
]

PAGE = 4  # KiB

BUILDS = ["#1 SMP Debian 5.10.223-1", "#33-Ubuntu"]

# Flags by name, and the number that old kernels print instead of the names.
OLD_MASKS = {"GFP_KERNEL": 0xd0, "GFP_ATOMIC": 0x20, "GFP_HIGHUSER_MOVABLE": 0x200da, "GFP_NOFS": 0x50, "GFP_KERNEL|GFP_DMA": 0xd1,
             "GFP_KERNEL|GFP_DMA32": 0xd4, "GFP_KERNEL|__GFP_COMP": 0x40d0, "GFP_ATOMIC|__GFP_COMP": 0x4020,
             "GFP_USER": 0x200d0, "GFP_NOIO|__GFP_COMP": 0x4010}

NAMES = ["java", "Isolated Web Co", "tmux: server", "kworker/u8:3", "a, b", "x(y)", "mysqld", "node", "sh", "C2 CompilerThre", "1234",
         "php-fpm7.4", "(sd-pam)", "systemd", "postgres"]

FRAMES = {"GFP_ATOMIC": ["__netdev_alloc_skb", "rtl8169_poll", "net_rx_action"], None: ["do_anonymous_page", "handle_mm_fault", "exc_page_fault"]}


class Report:
    """The lines of one report, and the facts that kmeminfo must find in it."""

    def __init__(self):
        self.lines = []
        self.truth = {}

    def say(self, *lines):
        self.lines.extend(line for text in lines for line in text.split("\n"))


class Zone:
    def __init__(self, node, name, managed, low_memory):
        self.node, self.name, self.managed = node, name, managed
        self.min = max(managed // 400, 64) // PAGE * PAGE
        self.low, self.high = self.min * 5 // 4 // PAGE * PAGE, self.min * 3 // 2 // PAGE * PAGE
        self.boost = 0
        self.reserve = low_memory
        self.free = 0
        self.cma = self.highatomic = 0
        self.blocks = []


def spread(rng, kib, orders, types="UME"):
    """Blocks of these orders with this total size, with types by the kernel's letters."""
    counts = [0] * 11
    letters = [""] * 11
    rest = kib // PAGE
    for order in sorted(orders, reverse=True):
        counts[order] = rest >> order if order == min(orders) else rng.randint(0, rest >> order)
        rest -= counts[order] << order
    for order in range(11):
        if counts[order]:
            letters[order] = types if len(types) == 1 or counts[order] == 1 and rng.random() < 0.5 and types[:1] else "".join(
                sorted(rng.sample(types, rng.randint(1, min(len(types), counts[order]))), key="UMEHCIR".index))
            letters[order] = letters[order][:max(1, counts[order])]
    return [(counts[order], letters[order]) for order in range(11)]


class Machine(forms.Kernel):
    """Zones, the users of the memory, and a kernel."""

    def __init__(self, rng, nodes=1, bits=64):
        super().__init__(*rng.choice(RELEASES), PAGE)
        self.rng = rng
        gib = 1 << 20
        dma32 = rng.randint(1, 3) * gib
        normal = rng.randint(1, 12) * gib
        self.layout = ["DMA", "DMA32", "Normal", "Movable", "Device"] if bits == 64 else ["DMA", "Normal", "HighMem", "Movable"]
        if self.version < 400004:
            self.layout = [name for name in self.layout if name != "Device"]
        self.zones = []
        if bits == 64:
            self.zones = [Zone(0, "DMA", 15360, self.reserves([0, dma32 // 256, (dma32 + normal) // 256])),
                          Zone(0, "DMA32", dma32, self.reserves([0, 0, normal // 256])),
                          Zone(0, "Normal", normal, self.reserves([0, 0, 0]))]
        else:
            self.zones = [Zone(0, "DMA", 15360, self.reserves([0, gib // 1280, (gib + normal) // 1280])),
                          Zone(0, "Normal", gib * 4 // 5, self.reserves([0, 0, normal // 128])),
                          Zone(0, "HighMem", normal, self.reserves([0, 0, 0]))]
        for node in range(1, nodes):
            self.zones.append(Zone(node, "Normal", rng.randint(1, 8) * gib, self.reserves([0, 0, 0])))
        self.nodes = nodes
        self.hidden_above = None
        self.memory = dict.fromkeys(("anon", "file", "unevictable", "shmem", "slab_reclaimable", "slab_unreclaimable", "pagetables",
                                     "kernel_stack", "hugetlb"), 0)
        self.swap = (0, 0)

    def reserves(self, pages):
        """lowmem_reserve of a zone; it repeats for zones without memory."""
        pages = [number // PAGE for number in pages]
        return pages + [pages[-1]] * (len(self.layout) - len(pages))

    @property
    def managed(self):
        return sum(zone.managed for zone in self.zones)

    def use(self, shares):
        """Assigns parts of the memory: {"anon": 0.8}. No counter covers the rest."""
        for name, share in shares.items():
            self.memory[name] = int(self.managed * share) // 1024 * 1024

    # The request's result in a zone, by any rule.
    def exhaust(self, zone, types="UME"):
        zone.free = max(zone.min // 4 // PAGE * PAGE, PAGE)
        zone.blocks = spread(self.rng, zone.free, [0, 1], types)

    def fill(self, zone, orders, types="UME", times=5):
        zone.free = (zone.high * times + max(zone.reserve) * PAGE + (PAGE << 13)) // 4096 * 4096
        zone.blocks = spread(self.rng, zone.free, orders, types)


def mode_of(machine, flags):
    """"mode:" is only a number up to 4.5. Later the names count, whatever the number is."""
    mask = OLD_MASKS[flags]
    if not machine.at_least(400006):
        if machine.at_least(400004):
            mask = (mask & ~0x10) | (0x2400000 if mask & 0x10 else 0x2000000 | (0x80000 if mask & 0x20 else 0))
        return f"0x{mask:x}"
    return f"0x{mask:x}({flags})"


def trace(machine, report, caller, allocators, callers):
    caller.cpu, caller.build = 3, machine.rng.choice(BUILDS)
    caller.tainted = machine.rng.choice(["", "W", "WOE"])
    report.say(*forms.who(machine, caller))
    report.say("Call Trace:")
    for number, function in enumerate(allocators + callers):
        address = "" if machine.at_least(400009) else f" [<ffffffff81{number:06x}>]"
        doubt = "? " if number == 1 and machine.rng.random() < 0.3 and number < len(allocators) else ""
        report.say(f"{address} {doubt}{function}+0x{0x10 + number:x}/0x200")
    report.truth.update(pid=caller.pid, release=machine.release, caller=f"{callers[0]}+0x{0x10 + len(allocators):x}/0x200")


def pages(kib):
    return kib // PAGE


def memory_of(machine, unreclaimable):
    """What Mem-Info says of the machine."""
    memory = machine.memory
    shown = [zone for zone in machine.zones if zone.name not in getattr(machine, "hidden", ())]
    free = sum(zone.free for zone in machine.zones) + getattr(machine, "hidden_free", 0)
    totals = {"active_anon": memory["anon"] + memory["shmem"], "active_file": memory["file"], "free": free,
              **{key: memory[key] for key in ("unevictable", "shmem", "pagetables", "slab_reclaimable", "slab_unreclaimable")}}
    nodes = [(node, {"kernel_stack": memory["kernel_stack"] if node == 0 else 0}, unreclaimable) for node in range(machine.nodes)]
    zones = []
    for number, zone in enumerate(shown):
        values = {"free": zone.free, "boost": zone.boost, "min": zone.min, "low": zone.low, "high": zone.high,
                  "present": zone.managed + 1024, "managed": zone.managed, "reserved_highatomic": zone.highatomic,
                  "free_highatomic": zone.highatomic, "free_cma": zone.cma, "kernel_stack": memory["kernel_stack"] if number == 0 else 0}
        zones.append(forms.ZoneFigures(zone.node, zone.name, values, zone.reserve, zone.blocks, unreclaimable))
    pools = [memory["hugetlb"] // 2048 if node == 0 else 0 for node in range(machine.nodes)]
    return forms.Memory({key: pages(value) for key, value in totals.items()}, nodes, zones,
                        [(node, pool, pool, 0, 2048) for node, pool in enumerate(pools)], pages(memory["file"]), swap=machine.swap,
                        present=pages(machine.managed) + 5000, reserved=5000)


def show_mem(machine, report, unreclaimable="no"):
    report.say(*forms.mem_info(machine, memory_of(machine, unreclaimable)), *forms.protection(machine))
    total, free = machine.swap
    report.truth.update(swap_total_bytes=total << 10, swap_free_bytes=free << 10)


def some_task(rng):
    return forms.Caller(rng.choice(NAMES), rng.randint(2, 40000))


def page_failure(machine, flags, order, callers=None, nodemask="(null)", head=forms.failure_head):
    """A report of the page allocator, up to its Mem-Info."""
    report, caller = Report(), some_task(machine.rng)
    request = forms.Request(mode_of(machine, flags), order, nodemask)
    report.say(*head(machine, caller, request))
    callers = callers or (FRAMES["GFP_ATOMIC"] if flags.startswith("GFP_ATOMIC") else FRAMES[None])
    trace(machine, report, caller, ["dump_stack", "warn_alloc" if machine.at_least(400009) else "warn_alloc_failed",
                                    "__alloc_pages_nodemask"], callers)
    report.truth.update(kind="page allocation", task=caller.name, order=order, complete=True, request_bytes=(PAGE << order) << 10)
    if machine.at_least(400006):
        report.truth["flags"] = flags
    return report


def oom(machine, flags="GFP_HIGHUSER_MOVABLE", order=0, nodemask="(null)", mask=None):
    """The head of an OOM report."""
    report, caller = Report(), some_task(machine.rng)
    report.say(*forms.oom_head(machine, caller, forms.Request(mask or mode_of(machine, flags), order, nodemask)))
    trace(machine, report, caller, ["dump_stack", "dump_header", "oom_kill_process", "out_of_memory"], FRAMES[None])
    report.truth.update(kind="OOM kill", task=caller.name)
    return report


def tasks(machine, report):
    """The table of tasks in the layout of each kernel. Returns the victim."""
    rng = machine.rng
    rows = [(rng.randint(2, 4000000), rng.choice(NAMES), rng.randint(100, 100000), rng.choice([0, 0, -1000, 200])) for _ in range(rng.randint(1, 6))]
    rows = list({row[0]: row for row in rows}.values())
    report.say(*forms.task_table(machine, [
        {"pid": pid, "tgid": pid, "uid": 0, "total_vm": rss * 2, "rss": rss, "rss_anon": rss, "rss_file": 0, "rss_shmem": 0, "nr_ptes": 64,
         "nr_pmds": 3, "pgtables_bytes": 65536, "cpu": 0, "oom_adj": 0, "swapents": 0, "oom_score_adj": adjustment, "name": name}
        for pid, name, rss, adjustment in rows]))
    report.truth["tasks"] = sorted(((name, pid, rss * PAGE << 10, adjustment) for pid, name, rss, adjustment in rows),
                                   key=lambda row: (-row[2], row[1]))
    pid, name, rss, _ = rows[0]
    return pid, name, rss


def kill(machine, report, victim, constraint="NONE", memcg=None, task_memcg="/"):
    pid, name, rss = victim
    sizes = {"total-vm": rss * 2 * PAGE, "anon-rss": rss * PAGE, "file-rss": 0, "shmem-rss": 0}
    report.say(*forms.kill(machine, forms.Kill(name, pid, sizes, tables=56, constraint=constraint, memcg=memcg, task_memcg=task_memcg),
                           forms.Request(None, 0)))
    report.truth.update(victim=name, victim_pid=pid, victim_bytes=rss * PAGE << 10, victims=1, complete=True)


# Scenarios: each makes one report with a certain cause.

def short_machine(rng, shares, nodes=1, bits=64):
    machine = Machine(rng, nodes, bits)
    for zone in machine.zones:
        machine.exhaust(zone)
    machine.use(shares)
    return machine


def end_of(machine, report, cause, unreclaimable="no"):
    show_mem(machine, report, unreclaimable)
    report.truth["cause"] = cause
    return report


SHARES = {
    "shortage": {"anon": 0.9, "slab_unreclaimable": 0.02, "kernel_stack": 0.001},
    "held by the kernel": {"anon": 0.1, "slab_unreclaimable": 0.7, "kernel_stack": 0.002},
    "tmpfs": {"shmem": 0.8, "anon": 0.1, "kernel_stack": 0.001},
    "page tables": {"pagetables": 0.4, "anon": 0.5, "kernel_stack": 0.001},
    "locked memory": {"unevictable": 0.75, "anon": 0.15, "kernel_stack": 0.001},
}


def out_of_memory(rng, cause):
    machine = short_machine(rng, SHARES[cause])
    machine.swap = rng.choice([(0, 0), (1000000, 0), (2097148, 512)])
    report = oom(machine)
    end_of(machine, report, cause, "yes")
    kill(machine, report, tasks(machine, report))
    return report


def huge_pages(rng):
    machine = short_machine(rng, {"hugetlb": 0.8, "anon": 0.1})
    while not machine.at_least(300010):
        machine = short_machine(rng, {"hugetlb": 0.8, "anon": 0.1})
    report = oom(machine)
    end_of(machine, report, "huge pages", "yes")
    kill(machine, report, tasks(machine, report))
    return report


def uncounted(rng):
    machine = short_machine(rng, {"anon": 0.2, "kernel_stack": 0.001})
    flags = rng.choice(["GFP_KERNEL", "GFP_NOFS", "GFP_USER"])
    return end_of(machine, page_failure(machine, flags, 0), "held by the kernel", "yes")


def could_not_wait(rng):
    machine = short_machine(rng, {"file": 0.6, "anon": 0.3})
    return end_of(machine, page_failure(machine, rng.choice(["GFP_ATOMIC", "GFP_ATOMIC|__GFP_COMP"]), 0), "could not wait")


def transient(rng):
    machine = short_machine(rng, SHARES["shortage"])
    machine.fill(rng.choice(machine.zones[1:]), [0, 5, 10])
    return end_of(machine, page_failure(machine, rng.choice(["GFP_KERNEL", "GFP_ATOMIC"]), rng.choice([0, 0, 2, 3])), "transient")


def fragmentation(rng):
    machine = short_machine(rng, SHARES["shortage"])
    order = rng.randint(2, 9)
    machine.fill(rng.choice(machine.zones[1:]), range(order), "UME")
    flags = rng.choice(["GFP_KERNEL|__GFP_COMP", "GFP_ATOMIC|__GFP_COMP", "GFP_NOIO|__GFP_COMP"])
    report = end_of(machine, page_failure(machine, flags, order), "fragmentation")
    asleep = not flags.startswith("GFP_ATOMIC")
    report.truth["reason_has"] = "may not sleep" if not asleep else "may not start I/O" if "NOIO" in flags else "allows compaction"
    report.truth["advice_has_not"] = None if asleep else "can use kvmalloc"
    return report


def order_watermark(rng):
    """Up to 4.3: one free block of the order; the rest of the memory is in single pages."""
    machine = short_machine(rng, SHARES["shortage"])
    while machine.at_least(400004):
        machine = short_machine(rng, SHARES["shortage"])
    zone = machine.zones[2]
    machine.fill(zone, [0], "U")
    count, letters = zone.blocks[0]
    zone.blocks[0], zone.blocks[3] = (count - 8, letters), (1, "U")
    report = end_of(machine, page_failure(machine, "GFP_KERNEL|__GFP_COMP", 3), "fragmentation")
    report.truth["verdicts"] = {"order watermark"}
    return report


def reserved(rng):
    machine = short_machine(rng, SHARES["shortage"])
    while not machine.at_least(400004) or machine.at_least(600012):
        machine = short_machine(rng, SHARES["shortage"])
    zone = machine.zones[2]
    letter = rng.choice("HC")
    machine.fill(zone, [0, 3, 8], letter)
    if letter == "H":
        # the kernel's limit is 1 % of the zone
        zone.free = zone.managed // 125 // 4096 * 4096
        zone.blocks = spread(rng, zone.free, [0, 3, 8], "H")
        zone.highatomic = zone.free
    else:
        zone.cma = zone.free
    return end_of(machine, page_failure(machine, rng.choice(["GFP_KERNEL", "GFP_NOFS"]), 0), "reserved blocks")


def boost(rng):
    machine = short_machine(rng, SHARES["shortage"])
    while not machine.at_least(500017):
        machine = short_machine(rng, SHARES["shortage"])
    zone = machine.zones[2]
    zone.boost = zone.min * 8
    zone.free = zone.min * 4
    zone.blocks = spread(rng, zone.free, [0, 4], "UM")
    for mark in ("min", "low", "high"):
        setattr(zone, mark, getattr(zone, mark) + zone.boost)
    return end_of(machine, page_failure(machine, rng.choice(["GFP_KERNEL", "GFP_NOFS"]), 0), "watermark boost")


def zone_restriction(rng):
    bits = rng.choice([32, 64])
    machine = short_machine(rng, SHARES["shortage"], bits=bits)
    machine.fill(machine.zones[2], [0, 10])
    if bits == 32:
        flags = rng.choice(["GFP_KERNEL", "GFP_ATOMIC"])
    else:
        flags = rng.choice(["GFP_KERNEL|GFP_DMA", "GFP_KERNEL|GFP_DMA32"])
    if machine.at_least(600001):
        # zones above the highest one are left out
        machine.hidden = {"HighMem"} if bits == 32 else {"Normal"} if "DMA32" in flags else {"Normal", "DMA32"}
        machine.zones[2].free = machine.zones[2].managed // 2
    report = end_of(machine, page_failure(machine, flags, 0), "zone restriction")
    report.truth["zones_shown"] = 3 - len(getattr(machine, "hidden", ()))
    return report


def node_restriction(rng):
    machine = short_machine(rng, SHARES["shortage"], nodes=2)
    while not machine.at_least(400009):
        machine = short_machine(rng, SHARES["shortage"], nodes=2)
    machine.fill(machine.zones[3], [0, 10])
    return end_of(machine, page_failure(machine, "GFP_HIGHUSER_MOVABLE", 0, nodemask="0"), "node restriction")


def cgroup(rng, kernel):
    machine = Machine(rng)
    report = oom(machine, "GFP_KERNEL")
    limit = rng.randint(20, 900) * 1024
    group, below = "/docker/0123abc", rng.choice(["/docker/0123abc", "/docker/0123abc/x, y"])
    statistics = {"anon": limit // 8 << 10, "kernel_stack": 16384, "pagetables": 4096, "slab_unreclaimable": 4096, "pgfault": 17,
                  "slab_reclaimable": (limit * 3 // 4 << 10) if kernel else 0}
    statistics["slab"] = statistics["slab_reclaimable"] + statistics["slab_unreclaimable"]
    statistics["kernel"] = statistics["slab"] + statistics["kernel_stack"] + statistics["pagetables"]
    main, endless = "anon", 9007199254740988
    if not machine.at_least(500000) or rng.random() < 0.4:
        swap = rng.choice([True, False]) and not kernel
        kernel = kernel and machine.at_least(300010)
        if not machine.at_least(500002) or machine.at_least(600005):
            statistics, main = {"cache": 108 << 10, "rss": limit // 8 << 10, "mapped_file": 4096, "swap": 0}, "rss"
        report.say(*forms.cgroup_v1(machine, group, below, (limit // 2 if swap else limit, limit, 12),
                                    (limit, limit, 0) if swap else (0, endless, 0), (limit * 4 // 5 if kernel else 0, endless, 0), statistics))
    else:
        report.say(*forms.cgroup_v2(machine, group, (limit, limit, 12), (0, endless, 0), statistics))
    report.say(*forms.protection(machine))
    report.truth["cgroup_memory"] = (main, limit // 8 << 10)
    kill(machine, report, tasks(machine, report), "MEMCG", group, below)
    report.truth.update(cause="cgroup kernel memory" if kernel else "cgroup limit", cgroup=group, task_cgroup=below,
                        limit_bytes=limit << 10)
    return report


def by_hand(rng):
    machine = short_machine(rng, SHARES["shortage"])
    machine.fill(machine.zones[2], [0, 10])
    report = oom(machine, "GFP_KERNEL", -1)
    end_of(machine, report, "by hand")
    kill(machine, report, tasks(machine, report))
    report.truth["order"] = None
    return report


def page_fault(rng):
    machine = short_machine(rng, SHARES["shortage"])
    machine.fill(machine.zones[2], [0, 10])
    report = oom(machine, mask="0x0()" if machine.at_least(400006) else "0x0")
    end_of(machine, report, "page fault")
    kill(machine, report, tasks(machine, report))
    report.truth["request_bytes"] = None
    return report


def slab_of_request(rng):
    """The page allocator's report, followed by the cache's. A page allocator's report about another request
    does not count."""
    machine = short_machine(rng, {"file": 0.6, "anon": 0.3})
    while not machine.at_least(300016):
        machine = short_machine(rng, {"file": 0.6, "anon": 0.3})
    flags = rng.choice(["GFP_ATOMIC", "GFP_KERNEL"])
    report = page_failure(machine, "GFP_ATOMIC|__GFP_COMP", 0, ["new_slab", "___slab_alloc", "kmem_cache_alloc", "build_skb"])
    report.truth["caller"] = "build_skb+0x16/0x200"
    end_of(machine, report, "could not wait")
    mode = mode_of(machine, flags)
    number = len(report.lines)
    report.say(*forms.slub(machine, mode, ("skbuff_head_cache", 232, 256, 0, 0), [(0, 15, 225, 0)], cpu=1))
    report.truth["then"] = [{"kind": "slab allocation", "cache": "skbuff_head_cache", "line_in": number, "object_bytes": 232,
                             "cause": "could not wait" if flags == "GFP_ATOMIC" else "unknown"}]
    return report


def vmalloc(rng):
    """The size, the addresses or the pages: each in the words of its kernel."""
    kind = rng.choice(["pages", "addresses", "size"])
    machine = short_machine(rng, SHARES["shortage"])
    while kind == "pages" and not machine.at_least(500015) or not machine.at_least(300010):
        machine = short_machine(rng, SHARES["shortage"])
    if kind != "pages":
        machine.fill(machine.zones[2], [0, 10])
    size = machine.managed * 2048 if kind == "size" else 3760332
    report = page_failure(machine, "GFP_KERNEL", 0, ["vmalloc", "own_init"], head=lambda kernel, caller, request: forms.vmalloc_head(
        kernel, caller, request, 65536 if kind == "pages" else size, kind))
    report.truth.update(caller="own_init+0x14/0x200", kind="vmalloc", order=None, request_bytes=None if kind == "pages" else size)
    if kind == "pages":
        report.truth["got_bytes"] = 65536
    return end_of(machine, report, {"pages": "shortage", "addresses": "address space", "size": "exceeds memory"}[kind])


def short_report(rng):
    """Reports of other allocators, with one or a few lines."""
    report = Report()
    size = rng.randint(1, 4000) << 12
    text, truth = rng.choice([
        (f"vmap allocation for size {size} failed: use vmalloc=<size> to increase size",
         {"kind": "vmap", "cause": "address space", "request_bytes": size}),
        (f"x: vmalloc error: size {size}, vm_struct allocation failed, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/,mems_allowed=0",
         {"kind": "vmalloc", "cause": "address space", "request_bytes": size}),
        ("x: vmalloc error: size 1099511627776, exceeds total pages, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/,mems_allowed=0",
         {"kind": "vmalloc", "cause": "exceeds memory", "request_bytes": 1 << 40}),
        ("x: vmalloc error: size 2097152, page order 9, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null)",
         {"kind": "vmalloc", "cause": "huge mapping refused"}),
        ("x: vmalloc error: size 0, exceeds total pages, mode:0xcc0(GFP_KERNEL), nodemask=(null),cpuset=/,mems_allowed=0",
         {"kind": "vmalloc", "cause": "size of zero", "request_bytes": 0}),
        ("cma: cma_alloc: linux,cma: alloc failed, req-size: 256 pages, ret: -12",
         {"kind": "CMA allocation", "cause": "area full", "pool": "linux,cma", "request_pages": 256}),
        ("cma: __cma_alloc: reserved: alloc failed, req-size: 257 pages, ret: -16\ncma: => 1042 free of 32768 total pages",
         {"kind": "CMA allocation", "cause": "area busy", "pool": "reserved", "request_pages": 257, "pool_pages": 32768,
          "pool_free_pages": 1042}),
        ("cma: cma_alloc: alloc failed, req-size: 64 pages, ret: -12",
         {"kind": "CMA allocation", "cause": "area full", "pool": None, "request_pages": 64}),
        ("percpu: allocation failed, size=4096 align=8 atomic=0, alloc from reserved chunk failed",
         {"kind": "per-CPU allocation", "cause": "area full", "request_bytes": 4096}),
        ("PERCPU: allocation failed, size=64 align=8, failed to populate",
         {"kind": "per-CPU allocation", "cause": "shortage", "request_bytes": 64}),
        ("ehci-pci 0000:00:1d.0: swiotlb buffer is full (sz: 4096 bytes), total 32768 (slots), used 32768 (slots)",
         {"kind": "bounce buffer", "cause": "bounce buffer", "pool": "ehci-pci 0000:00:1d.0", "request_bytes": 4096, "pool_pages": 32768,
          "pool_free_pages": 0}),
        ("DMA: Out of SW-IOMMU space for 65536 bytes at device 0000:00:1d.0",
         {"kind": "bounce buffer", "cause": "bounce buffer", "pool": "0000:00:1d.0", "request_bytes": 65536}),
        ("HugeTLB: allocating 64 of page size 1.00 GiB failed.  Only allocated 12 hugepages.",
         {"kind": "huge page pool", "cause": "too few huge pages", "pool": "1.00 GiB", "request_pages": 64, "got_pages": 12}),
        ("------------[ cut here ]------------\nWARNING: CPU: 1 PID: 9 at mm/util.c:597 kvmalloc_node+0xaa/0xb0\n"
         "CPU: 1 PID: 9 Comm: x Not tainted 5.15.0 #1\nCall Trace:\n own_ioctl+0x1/0x2 [own]\n---[ end trace 0123456789abcdef ]---",
         {"kind": "size too large", "cause": "order above the maximum", "line_in": 1, "caller": "own_ioctl+0x1/0x2 [own]", "pid": 9,
          "complete": True}),
        ("------------[ cut here ]------------\nWARNING: CPU: 1 PID: 9 at mm/page_alloc.c:5000 __alloc_pages+0x2a9/0x330\n"
         "CPU: 1 PID: 9 Comm: x Not tainted 6.6.0 #1\nCall Trace:\n own_ioctl+0x1/0x2 [own]\n---[ end trace 0123456789abcdef ]---",
         {"kind": "allocator warning", "cause": "order above the maximum", "line_in": 1}),
    ])
    report.say(text)
    report.truth.update(truth)
    return report


SCENARIOS = [
    (lambda rng: out_of_memory(rng, rng.choice(list(SHARES))), 20), (huge_pages, 4), (uncounted, 5), (could_not_wait, 8), (transient, 6),
    (fragmentation, 12), (order_watermark, 4), (reserved, 5), (boost, 4), (zone_restriction, 8), (node_restriction, 4),
    (lambda rng: cgroup(rng, False), 8), (lambda rng: cgroup(rng, True), 5), (by_hand, 3), (page_fault, 4), (slab_of_request, 5),
    (vmalloc, 6), (short_report, 10),
]


def make(rng):
    """One report of a scenario that is drawn by its weight."""
    scenario = rng.choices([one for one, _ in SCENARIOS], [weight for _, weight in SCENARIOS])[0]
    return scenario(rng)


def write(reports, start=100.0):
    """The log of these reports as dmesg shows it: one after another, a minute apart. Sets the position of
    each."""
    lines, time = [], start
    for report in reports:
        time += 60
        report.truth["line"] = len(lines) + 1 + report.truth.pop("line_in", 0)
        for then in report.truth.get("then", []):
            then["line"] = len(lines) + 1 + then.pop("line_in")
        for number, line in enumerate(report.lines):
            lines.append(f"[{time + number / 1e5:12.6f}] {line}")
        for number, line in enumerate(getattr(report, "later", [])):
            lines.append(f"[{time + 20 + number / 1e5:12.6f}] {line}")
    return "\n".join(lines) + "\n"


def reports(seed, count):
    rng = random.Random(seed)
    return [make(rng) for _ in range(count)]


# Damage to a report on its way. Each function changes a report's lines, and its facts if they differ then.

OOPS = """------------[ cut here ]------------
WARNING: CPU: 1 PID: 4711 at net/sched/sch_generic.c:467 dev_watchdog+0x1e9/0x1f0
NETDEV WATCHDOG: eth0 (r8169): transmit queue 0 timed out
Modules linked in: r8169 realtek
CPU: 1 PID: 4711 Comm: ksoftirqd/1 Not tainted 3.2.99-foreign #1
Call Trace:
 foreign_function+0x1/0x2
 another_one+0x1/0x2
---[ end trace 0123456789abcdef ]---"""

FOREIGN_MEM = """active_anon:1 inactive_anon:1 isolated_anon:0
Node 0 Normal free:999999kB min:1kB low:1kB high:1kB present:4194304kB managed:4000000kB
lowmem_reserve[]: 0 0 0
Node 0 Normal: 1*4kB 0*8kB = 4kB
9 pages RAM
0 pages reserved"""


def with_oops(rng, report):
    """A WARNING about something else between two lines, from another CPU."""
    where = rng.randint(1, len(report.lines) - 1)
    report.lines[where:where] = OOPS.splitlines()
    return report


def with_oops_later(rng, report):
    """Minutes later a WARNING and SysRq m follow. They must not be added to the report."""
    report.later = (OOPS + "\nsysrq: Show Memory\nMem-Info:\n" + FOREIGN_MEM).splitlines()
    return report


def headless(rng, report):
    """The ring buffer overflowed: the first line is lost."""
    if report.truth["kind"] == "vmalloc":
        # up to 4.8 it has a second head
        return report
    report.lines.pop(0)
    if report.lines[0].endswith(" cpuset=/ mems_allowed=0"):
        report.lines.pop(0)
    kind = report.truth["kind"]
    report.truth = {key: value for key, value in report.truth.items() if key in (
        "pid", "release", "caller", "tasks", "victim", "victim_pid", "victims", "cgroup", "task_cgroup", "swap_total_bytes")}
    report.truth.update(kind=kind if kind == "OOM kill" else "report without head", complete=False, cause=None)
    return report


def in_pieces(rng, report):
    """Prints every part of a continued line separately, as 4.9 does when another CPU's lines are in between."""
    lines = []
    for line in report.lines:
        head, colon, rest = line.partition(": ")
        if line.startswith("lowmem_reserve[]:") or line.startswith("Node ") and "*4kB" in line:
            lines += [f"{head}:"] + rest.split(" ")[:-1] + [f"{rest.split(' ')[-1]}"] if colon else [line]
        elif line.startswith("Node ") and " free:" in line:
            node, number, rest = line.split(" ", 2)
            lines += [f"{node} {number} ", rest]
        else:
            lines.append(line)
    # "=" and its sum are one piece
    report.lines = []
    for line in lines:
        if report.lines and report.lines[-1] == "=":
            report.lines[-1] = f"= {line}"
        else:
            report.lines.append(line)
    return report


def lower_case(rng, report):
    report.lines = ["Mem-info:" if line == "Mem-Info:" else line for line in report.lines]
    return report


TRACES = {
    "arm": lambda inner, outer: [f"[<c0{1:06x}>] ({a}) from [<c0{2:06x}>] ({b})" for a, b in zip(inner, outer)],
    "arm since 5.18": lambda inner, outer: [f" {a} from {b}" for a, b in zip(inner, outer)],
    "arm64": lambda inner, outer: ["Call trace:"] + [f" {b}" for b in outer],
    "riscv": lambda inner, outer: ["Call Trace:"] + [f"[<ffffffff80005a6e>] {b}" for b in outer],
    "mips": lambda inner, outer: ["Stack : 80a80000 00000001 8fc0dd2c", "        00000000 00000000 00000000", "Call Trace:"]
            + [f"[<80010000>] {b}" for b in outer],
    "old mips": lambda inner, outer: [f"Call Trace:[<80010000>] {outer[0]}"] + [f"[<80010000>] {b}" for b in outer[1:]],
    "powerpc": lambda inner, outer: ["Call Trace:", f"[c000000001] [c000000002] {outer[0]} (unreliable)"]
               + [f"[c000000001] [c000000002] {b}" for b in outer[1:]],
    "s390": lambda inner, outer: ["Call Trace:", f"([<000000000011412a>] {outer[0]})"] + [f" [<000000000011412a>] {b}" for b in outer[1:]]
            + ["Last Breaking-Event-Address:", " [<000000000011412a>] elsewhere+0x1/0x2"],
    "old s390": lambda inner, outer: ["Call Trace:"] + [f"([<000000000011412a>] {b})" for b in outer],
    "sparc64": lambda inner, outer: ["Call Trace:"] + [f" [000000000052e0e0] {b}" for b in outer],
}


def other_arch(rng, report, arch=None):
    """The same frames in the format of another architecture."""
    at = report.lines.index("Call Trace:")
    end = next(i for i in range(at + 1, len(report.lines) + 1) if i == len(report.lines) or "+0x" not in report.lines[i])
    frames = [line.split("] ")[-1].strip() for line in report.lines[at + 1:end] if "? " not in line]
    inner = [frame.partition("+")[0] for frame in frames]
    arch = arch or rng.choice(list(TRACES))
    report.lines[at:end] = TRACES[arch](["unwind_backtrace"] + inner, frames)
    return report


def on_other_cpus(rng, report):
    """Other messages of the kernel between the lines, from drivers and from user space."""
    noise = ["r8169 0000:03:00.0 eth0: link up", "[drm] GPU HANG: ecode 9:1:85dffffb", "audit: type=1400 audit(1.2:3): apparmor=\"DENIED\"",
             "usb 1-1: new high-speed USB device number 5 using xhci_hcd", "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready"]
    for _ in range(rng.randint(1, 8)):
        report.lines.insert(rng.randint(1, len(report.lines)), rng.choice(noise))
    return report


def head_in_pieces(rng, report):
    """From 4.9 to 4.14 the head is printed in pieces. They stay separate if another CPU prints at that
    moment."""
    head = report.lines[0]
    name = report.truth["task"]
    if not report.truth["release"].startswith(("4.9.", "4.14.")):
        return report
    if "invoked oom-killer" in head:
        first, comma, rest = head.partition(", order=")
        if not comma:
            first, comma, rest = head.partition(",  order=")
        report.lines[0:1] = [first.removesuffix("(null)")] + ["(null)"] * first.endswith("(null)") + [f",  order={rest}"]
    else:
        rest = head.removeprefix(f"{name}: ")
        first, comma, mask = rest.partition(", mode:")
        report.lines[0:1] = [f"{name}: ", first, f", mode:{mask.removesuffix('(null)')}"] + ["(null)"] * mask.endswith("(null)")
        report.truth["line_in"] = 1
    lines = []
    for line in report.lines:
        match = re.match(r"Task in (.*) killed as a result of limit of (.*)$", line)
        lines += ["Task in ", match[1], " killed as a result of limit of ", match[2]] if match else [line]
    report.lines = lines
    return report


def without_numa(rng, report):
    """A kernel without CONFIG_NUMA prints no node in front of a zone."""
    if not any(line.startswith("Node 1") for line in report.lines):
        report.lines = [re.sub(r"^Node 0 (?=\w+ free:|\w+: \d+\*)", "", line) for line in report.lines]
    return report


MUTATIONS = {"the head in pieces": head_in_pieces, "no NUMA": without_numa, "a WARNING in between": with_oops, "a WARNING minutes later": with_oops_later, "the first line is lost": headless,
             "printed in pieces": in_pieces, "Mem-info": lower_case, "another architecture": other_arch, "noise": on_other_cpus}
