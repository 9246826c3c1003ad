# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of a report of a failed request, as each kernel from 2.6.32 to 7.2 prints them. Whatever a report says is a
parameter here, and nothing is left to chance: reportgen.py makes parameters up, reportread.py takes them out of a real
report, and the suite reports compares what is written then with the lines of that report."""

# Flags that taint a kernel, by the first release with that list. A report shows each by its letter or a blank.
TAINTS = {206032: "FSRMBUDAWC", 300002: "FSRMBUDAWCIO", 300010: "FSRMBUDAWCIO", 300016: "FSRMBUDAWCIOE", 400004: "FSRMBUDAWCIOELK",
          400012: "FSRMBUDAWCIOELKX", 400018: "FSRMBUDAWCIOELKXT", 600001: "FSRMBUDAWCIOELKXTN", 600015: "FSRMBUDAWCIOELKXTNJ"}
TAINT_NAMES = {"P": "PROPRIETARY_MODULE", "F": "FORCED_MODULE", "W": "WARN", "C": "CRAP", "I": "FIRMWARE_WORKAROUND", "O": "OOT_MODULE",
               "E": "UNSIGNED_MODULE"}

TOTALS = {
    206032: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file",
             "unevictable dirty writeback unstable", "free slab_reclaimable slab_unreclaimable", "mapped shmem pagetables bounce"],
    300010: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file",
             "unevictable dirty writeback unstable", "free slab_reclaimable slab_unreclaimable", "mapped shmem pagetables bounce",
             "free_cma"],
    400002: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file",
             "unevictable dirty writeback unstable", "slab_reclaimable slab_unreclaimable", "mapped shmem pagetables bounce",
             "free free_pcp free_cma"],
    500008: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file", "unevictable dirty writeback",
             "slab_reclaimable slab_unreclaimable", "mapped shmem pagetables bounce", "free free_pcp free_cma"],
    500015: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file", "unevictable dirty writeback",
             "slab_reclaimable slab_unreclaimable", "mapped shmem pagetables bounce", "kernel_misc_reclaimable",
             "free free_pcp free_cma"],
    600001: ["active_anon inactive_anon isolated_anon", "active_file inactive_file isolated_file", "unevictable dirty writeback",
             "slab_reclaimable slab_unreclaimable", "mapped shmem pagetables", "sec_pagetables bounce", "kernel_misc_reclaimable",
             "free free_pcp free_cma"],
}

# Nodes have a line of their own since 4.8.
NODE = {
    400008: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp_ shmem_pmdmapped_ anon_thp_ writeback_tmp unstable pages_scanned# all_unreclaimable?",
    400012: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp_ shmem_pmdmapped_ anon_thp_ writeback_tmp unstable all_unreclaimable?",
    500008: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp_ shmem_pmdmapped_ anon_thp_ writeback_tmp kernel_stack all_unreclaimable?",
    500011: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp_ shmem_pmdmapped_ anon_thp_ writeback_tmp kernel_stack pagetables all_unreclaimable?",
    600001: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp_ shmem_pmdmapped_ anon_thp_ writeback_tmp kernel_stack pagetables sec_pagetables all_unreclaimable?",
    600012: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp shmem_pmdmapped anon_thp writeback_tmp kernel_stack pagetables sec_pagetables all_unreclaimable?",
    700002: "active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) mapped dirty writeback shmem "
            "shmem_thp shmem_pmdmapped anon_thp kernel_stack pagetables sec_pagetables all_unreclaimable? Balloon gpu_active gpu_reclaim",
}

ZONE = {
    206032: "free min low high active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) present "
            "mlocked dirty writeback mapped shmem slab_reclaimable slab_unreclaimable kernel_stack pagetables unstable bounce "
            "writeback_tmp pages_scanned# all_unreclaimable?",
    300010: "free min low high active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) present "
            "managed mlocked dirty writeback mapped shmem slab_reclaimable slab_unreclaimable kernel_stack pagetables unstable bounce "
            "free_cma writeback_tmp pages_scanned# all_unreclaimable?",
    400002: "free min low high active_anon inactive_anon active_file inactive_file unevictable isolated(anon) isolated(file) present "
            "managed mlocked dirty writeback mapped shmem slab_reclaimable slab_unreclaimable kernel_stack pagetables unstable bounce "
            "free_pcp local_pcp free_cma writeback_tmp pages_scanned# all_unreclaimable?",
    400008: "free min low high active_anon inactive_anon active_file inactive_file unevictable writepending present managed mlocked "
            "slab_reclaimable slab_unreclaimable kernel_stack pagetables bounce free_pcp local_pcp free_cma",
    400014: "free min low high active_anon inactive_anon active_file inactive_file unevictable writepending present managed mlocked "
            "kernel_stack pagetables bounce free_pcp local_pcp free_cma",
    500008: "free min low high reserved_highatomic active_anon inactive_anon active_file inactive_file unevictable writepending present "
            "managed mlocked pagetables bounce free_pcp local_pcp free_cma",
    500011: "free min low high reserved_highatomic active_anon inactive_anon active_file inactive_file unevictable writepending present "
            "managed mlocked bounce free_pcp local_pcp free_cma",
    500017: "free boost min low high reserved_highatomic active_anon inactive_anon active_file inactive_file unevictable writepending "
            "present managed mlocked bounce free_pcp local_pcp free_cma",
    700002: "free boost min low high reserved_highatomic free_highatomic active_anon inactive_anon active_file inactive_file unevictable "
            "writepending zspages present managed mlocked bounce free_pcp local_pcp free_cma",
}

# Statistics of a memory cgroup of version 2. "thp" stands for those of a kernel with transparent huge pages.
CGROUP = {
    500000: "anon file kernel_stack slab_reclaimable slab_unreclaimable shmem pgfault",
    500010: "anon file kernel_stack percpu sock shmem file_mapped file_dirty file_writeback anon_thp inactive_anon active_anon "
            "inactive_file active_file unevictable slab_reclaimable slab_unreclaimable slab workingset_refault_anon "
            "workingset_refault_file workingset_activate_anon workingset_activate_file workingset_restore_anon "
            "workingset_restore_file workingset_nodereclaim pgfault pgmajfault pgrefill pgscan pgsteal pgactivate pgdeactivate "
            "pglazyfree pglazyfreed thp_fault_alloc thp_collapse_alloc",
    600001: "anon file kernel kernel_stack pagetables sec_pagetables percpu sock vmalloc shmem zswap zswapped file_mapped file_dirty "
            "file_writeback swapcached anon_thp file_thp shmem_thp inactive_anon active_anon inactive_file active_file unevictable "
            "slab_reclaimable slab_unreclaimable slab workingset_refault_anon workingset_refault_file workingset_activate_anon "
            "workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim pgscan pgsteal pgscan_kswapd "
            "pgscan_direct pgsteal_kswapd pgsteal_direct pgfault pgmajfault pgrefill pgactivate pgdeactivate pglazyfree pglazyfreed "
            "zswpin zswpout thp_fault_alloc thp_collapse_alloc",
    600012: "anon file kernel kernel_stack pagetables sec_pagetables percpu sock vmalloc shmem zswap zswapped file_mapped file_dirty "
            "file_writeback swapcached anon_thp file_thp shmem_thp inactive_anon active_anon inactive_file active_file unevictable "
            "slab_reclaimable slab_unreclaimable slab workingset_refault_anon workingset_refault_file workingset_activate_anon "
            "workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim pgdemote_kswapd "
            "pgdemote_direct pgdemote_khugepaged pgpromote_success pgscan pgsteal pgscan_kswapd pgscan_direct pgscan_khugepaged "
            "pgsteal_kswapd pgsteal_direct pgsteal_khugepaged pgfault pgmajfault pgrefill pgactivate pgdeactivate pglazyfree "
            "pglazyfreed swpin_zero swpout_zero zswpin zswpout zswpwb thp_fault_alloc thp_collapse_alloc thp_swpout "
            "thp_swpout_fallback numa_pages_migrated numa_pte_updates numa_hint_faults",
    700002: "anon file kernel kernel_stack pagetables sec_pagetables percpu sock vmalloc shmem zswap zswapped zswap_incomp file_mapped "
            "file_dirty file_writeback swapcached anon_thp file_thp shmem_thp inactive_anon active_anon inactive_file active_file "
            "unevictable slab_reclaimable slab_unreclaimable slab workingset_refault_anon workingset_refault_file "
            "workingset_activate_anon workingset_activate_file workingset_restore_anon workingset_restore_file workingset_nodereclaim "
            "pgdemote_kswapd pgdemote_direct pgdemote_khugepaged pgdemote_proactive pgsteal_kswapd pgsteal_direct pgsteal_khugepaged "
            "pgsteal_proactive pgscan_kswapd pgscan_direct pgscan_khugepaged pgscan_proactive pgrefill pgpromote_success pgscan pgsteal "
            "pswpin pswpout pgfault pgmajfault pgactivate pgdeactivate pglazyfree pglazyfreed swpin_zero swpout_zero zswpin zswpout "
            "zswpwb thp_fault_alloc thp_collapse_alloc thp_swpout thp_swpout_fallback numa_pages_migrated numa_pte_updates "
            "numa_hint_faults",
}

# Up to 6.4 the statistics are one message. A reader gets as many whole lines as there is room for, each
# with level and time in front (k5.10:kernel/printk/printk.c record_print_text).
MESSAGE_BYTES, PREFIX_BYTES = 1024, len("<6>[  482.934459] ")

# The columns of the table of tasks: heading, and the row with its fields by name.
TASKS = {
    206032: ("[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
             "[{pid:5}] {uid:5} {tgid:5} {total_vm:8} {rss:8} {cpu:3}     {oom_adj:3}         {oom_score_adj:5} {name}"),
    300008: ("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
             "[{pid:5}] {uid:5} {tgid:5} {total_vm:8} {rss:8} {nr_ptes:7} {swapents:8}         {oom_score_adj:5} {name}"),
    400001: ("[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
             "[{pid:5}] {uid:5} {tgid:5} {total_vm:8} {rss:8} {nr_ptes:7} {nr_pmds:7} {swapents:8}         {oom_score_adj:5} {name}"),
    400015: ("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
             "[{pid:7}] {uid:5} {tgid:5} {total_vm:8} {rss:8} {pgtables_bytes:8} {swapents:8}         {oom_score_adj:5} {name}"),
    600008: ("[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
             "[{pid:7}] {uid:5} {tgid:5} {total_vm:8} {rss:8} {rss_anon:8} {rss_file:8} {rss_shmem:9} {pgtables_bytes:8} {swapents:8}"
             "         {oom_score_adj:5} {name}"),
}


class Kernel:
    """What decides how a report is written: the release, the size of a page in KiB, and how the kernel was configured."""

    def __init__(self, release, version, page=4, numa=True, cma=False, memory_failure=False):
        self.release, self.version, self.page = release, version, page
        self.numa, self.cma, self.memory_failure = numa, cma, memory_failure

    def at_least(self, version):
        return self.version >= version

    def form(self, table):
        return table[max(since for since in table if since <= self.version)]


class Caller:
    """Who made the request, and what the kernel prints about itself beside that. 'tainted': letters."""

    def __init__(self, name, pid, cpu=0, uid=0, tainted="", build="", hardware=None, workqueue=None):
        self.name, self.pid, self.cpu, self.uid = name, pid, cpu, uid
        self.tainted, self.build, self.hardware, self.workqueue = tainted, build, hardware, workqueue


class Request:
    """The mask as it is printed, and where the request may be served."""

    def __init__(self, mode, order, nodemask="(null)", cpuset="/", mems="0"):
        self.mode, self.order, self.nodemask, self.cpuset, self.mems = mode, order, nodemask, cpuset, mems


class ZoneFigures:
    """Values by the names of ZONE; blocks as (count, letters) by order."""

    def __init__(self, node, name, values, reserve, blocks, unreclaimable="no"):
        self.node, self.name, self.values, self.reserve, self.blocks = node, name, values, reserve, blocks
        self.unreclaimable = unreclaimable


class Memory:
    """What Mem-Info says. 'nodes': (number, values, "yes" or "no"); 'huge': (node, total, free, surplus, KiB)."""

    def __init__(self, totals, nodes, zones, huge=(), cached=0, swap_cached=0, swap_stats="add 0, delete 0, find 0/0", swap=(0, 0),
                 present=0, highmem=0, reserved=0, cma=0, poisoned=0):
        self.totals, self.nodes, self.zones, self.huge = totals, nodes, zones, huge
        self.cached, self.swap_cached, self.swap_stats, self.swap = cached, swap_cached, swap_stats, swap
        self.present, self.highmem, self.reserved, self.cma, self.poisoned = present, highmem, reserved, cma, poisoned


def tainted(kernel, letters):
    """"Not tainted", or each flag of this kernel by its letter, and blanks for the others."""
    if not letters:
        return "Not tainted"
    first = "P" if "P" in letters else "G"
    return f"Tainted: {first}" + "".join(flag if flag in letters else " " for flag in kernel.form(TAINTS))


def who(kernel, caller):
    """The lines above a trace."""
    state = f"{tainted(kernel, caller.tainted)} {kernel.release} {caller.build}"
    if kernel.at_least(600011):
        yield f"CPU: {caller.cpu} UID: {caller.uid} PID: {caller.pid} Comm: {caller.name} {state}"
    elif kernel.at_least(300010):
        yield f"CPU: {caller.cpu} PID: {caller.pid} Comm: {caller.name} {state}"
    else:
        yield f"Pid: {caller.pid}, comm: {caller.name} {state}"
    if kernel.at_least(600010) and caller.tainted:
        yield "Tainted: " + ", ".join(f"[{flag}]={TAINT_NAMES[flag]}" for flag in "P" + kernel.form(TAINTS) if flag in caller.tainted)
    if caller.hardware:
        yield f"Hardware name: {caller.hardware}"
    if caller.workqueue:
        yield f"Workqueue: {caller.workqueue}"


def places(request):
    """", nodemask=(null),cpuset=/,mems_allowed=0" behind a mask since 4.15."""
    return f", nodemask={request.nodemask},cpuset={request.cpuset},mems_allowed={request.mems}"


def failure_head(kernel, caller, request):
    """The first line of a page allocation failure; from 4.9 to 4.14 a second one."""
    head = f"{caller.name}: page allocation failure"
    if kernel.version < 206039:
        yield f"{head}. order:{request.order}, mode:{request.mode}"
    elif kernel.at_least(400015):
        yield f"{head}: order:{request.order}, mode:{request.mode}{places(request)}"
    elif kernel.at_least(400009):
        yield f"{head}: order:{request.order}, mode:{request.mode}, nodemask={request.nodemask}"
        yield f"{caller.name} cpuset={request.cpuset} mems_allowed={request.mems}"
    else:
        yield f"{head}: order:{request.order}, mode:{request.mode}"


def vmalloc_head(kernel, caller, request, size, what):
    """The first line of a vmalloc failure; 'what': "pages", "addresses" or "size". Up to 4.8 it is that of a page above another."""
    words = {"size": "exceeds total pages", "addresses": "vm_struct allocation failed", "pages": "failed to allocate pages"}[what]
    if kernel.at_least(500013):
        yield f"{caller.name}: vmalloc error: size {size}, {words}, mode:{request.mode}{places(request)}"
    elif kernel.at_least(400015):
        yield f"{caller.name}: vmalloc: allocation failure: {size} bytes, mode:{request.mode}{places(request)}"
    elif not kernel.at_least(400009):
        yield f"vmalloc: allocation failure: {size} bytes"
        yield from failure_head(kernel, caller, request)
    else:
        yield f"{caller.name}: vmalloc: allocation failure: {size} bytes, mode:{request.mode}, nodemask={request.nodemask}"
        yield f"{caller.name} cpuset={request.cpuset} mems_allowed={request.mems}"


def oom_head(kernel, caller, request, adjustment=0):
    """The first line of an OOM report; up to 4.20 a second one."""
    head = f"{caller.name} invoked oom-killer: gfp_mask={request.mode}"
    if kernel.at_least(500000):
        yield f"{head}, order={request.order}, oom_score_adj={adjustment}"
        return
    if kernel.at_least(400015):
        yield f"{head}, nodemask={request.nodemask}, order={request.order}, oom_score_adj={adjustment}"
    elif kernel.at_least(400010):
        yield f"{head}, nodemask={request.nodemask},  order={request.order}, oom_score_adj={adjustment}"
    else:
        yield f"{head}, order={request.order}, {'oom_score_adj' if kernel.at_least(206036) else 'oom_adj'}={adjustment}"
    yield f"{caller.name} cpuset={request.cpuset} mems_allowed={request.mems}"


def totals(kernel, values):
    for number, line in enumerate(kernel.form(TOTALS)):
        yield " " * (number > 0) + " ".join(f"{key}:{values.get(key, 0)}" for key in line.split())


def figures(form, values, unreclaimable):
    """"free:3624kB", "pages_scanned:0", "shmem_thp: 0kB", "reserved_highatomic:0KB", "all_unreclaimable? yes"."""
    words = []
    for key in form.split():
        name = key.rstrip("#_")
        if key == "all_unreclaimable?":
            words.append(f"{key} {unreclaimable}")
        elif key.endswith("#"):
            words.append(f"{name}:{values.get(name, 0)}")
        else:
            words.append(f"{name}:{' ' * key.endswith('_')}{values.get(name, 0)}{'KB' if 'highatomic' in key else 'kB'}")
    return " ".join(words)


def zone_name(kernel, zone):
    """Without CONFIG_NUMA a zone has no node in front."""
    return f"Node {zone.node} {zone.name}" if kernel.numa else zone.name


def blocks(kernel, zone):
    words = []
    for order, (count, letters) in enumerate(zone.blocks):
        word = f"{count}*{kernel.page << order}kB"
        # letters came with 3.9
        words.append(f"{word} ({letters})" if count and kernel.at_least(300009) else word)
    return f"{' '.join(words)} = {sum(count * (kernel.page << order) for order, (count, _) in enumerate(zone.blocks))}kB"


def mem_info(kernel, memory):
    yield "Mem-Info:"
    if not kernel.at_least(400002):
        for zone in memory.zones:
            yield f"{zone_name(kernel, zone)} per-cpu:"
            yield from (f"CPU {cpu:4}: hi:  186, btch:  31 usd:   0" for cpu in range(2))
    yield from totals(kernel, memory.totals)
    if kernel.at_least(400008):
        for node, values, unreclaimable in memory.nodes:
            yield f"Node {node} {figures(kernel.form(NODE), values, unreclaimable)}"
    for zone in memory.zones:
        yield f"{zone_name(kernel, zone)} {figures(kernel.form(ZONE), zone.values, zone.unreclaimable)}"
        yield "lowmem_reserve[]: " + " ".join(map(str, zone.reserve))
    for zone in memory.zones:
        yield f"{zone_name(kernel, zone)}: {blocks(kernel, zone)}"
    if kernel.at_least(300010):
        for node, total, free, surplus, size in memory.huge:
            yield f"Node {node} hugepages_total={total} hugepages_free={free} hugepages_surp={surplus} hugepages_size={size}kB"
    yield f"{memory.cached} total pagecache pages"
    yield f"{memory.swap_cached} pages in swap cache"
    if not kernel.at_least(500018):
        yield f"Swap cache stats: {memory.swap_stats}"
    yield f"Free swap  = {memory.swap[1]}kB"
    yield f"Total swap = {memory.swap[0]}kB"
    yield from counted(kernel, memory)


def counted(kernel, memory):
    """The last lines of Mem-Info: how many pages there are."""
    yield f"{memory.present} pages RAM"
    if not kernel.at_least(300011):
        yield f"{memory.reserved} pages reserved"
        yield f"{memory.cached} pages shared"
        yield f"{memory.present - memory.reserved} pages non-shared"
        return
    yield f"{memory.highmem} pages HighMem/MovableOnly"
    yield f"{memory.reserved} pages reserved"
    if kernel.cma:
        yield f"{memory.cma} pages cma reserved"
    if kernel.memory_failure:
        yield f"{memory.poisoned} pages hwpoisoned"


def protection(kernel, least=0, low=0):
    """Behind Mem-Info and the statistics of a cgroup."""
    if kernel.at_least(700000):
        yield f"Memory cgroup min protection {least}kB -- low protection {low}kB"


def slab_info(rows):
    """The caches that the kernel cannot take back: (name, KiB used, KiB)."""
    yield "Unreclaimable slab info:"
    yield "Name                      Used          Total"
    yield from (f"{name:<17} {used:10}KB {total:10}KB" for name, used, total in rows)


def task_table(kernel, rows):
    """Tasks as mappings of the names in TASKS."""
    heading, form = kernel.form(TASKS)
    if kernel.at_least(400019):
        yield "Tasks state (memory values in pages):"
    yield heading
    yield from (form.format(**row) for row in rows)


def limits(**counters):
    """Usage, limit and how often it was hit, in KiB."""
    for name, figures_of in counters.items():
        yield f"{name.replace('_', '+')}: usage {{}}kB, limit {{}}kB, failcnt {{}}".format(*figures_of)


def cgroup_v1(kernel, group, below, memory, memory_swap, kmem, statistics):
    """The same for cgroup v1, whose statistics have their own names up to 5.1 and again from 6.5 on."""
    if not kernel.at_least(500000):
        yield f"Task in {below} killed as a result of limit of {group}"
    yield from limits(memory=memory, memory_swap=memory_swap)
    if kernel.at_least(300010):
        yield from limits(kmem=kmem)
    if not kernel.at_least(500002):
        yield f"Memory cgroup stats for {group}: " + " ".join(f"{key}:{value >> 10}KB" for key, value in statistics.items())
    elif kernel.at_least(600005):
        yield f"Memory cgroup stats for {group}:"
        yield from (f"{key} {value}" for key, value in statistics.items())
    else:
        yield f"Memory cgroup stats for {group}:"
        yield from counters_of_cgroup(kernel, statistics)


def cgroup_v2(kernel, group, memory, swap, statistics):
    """Amounts of memory and of swap; the statistics by the names of CGROUP."""
    yield from limits(memory=memory, swap=swap)
    yield f"Memory cgroup stats for {group}:"
    yield from counters_of_cgroup(kernel, statistics)


def counters_of_cgroup(kernel, statistics):
    room = MESSAGE_BYTES
    for key in kernel.form(CGROUP).split():
        line = f"{key} {statistics.get(key, 0)}"
        room -= PREFIX_BYTES + len(line) + 1
        if room < 0 and not kernel.at_least(600005):
            return
        yield line


class Kill:
    """Who was killed, and why: 'constraint' as in CONSTRAINT_NONE, 'sizes' in KiB by the names of the last line."""

    def __init__(self, name, pid, sizes, uid=0, tables=0, adjustment=0, score=700, constraint="NONE", memcg=None, task_memcg="/", why=""):
        self.name, self.pid, self.sizes, self.uid, self.tables = name, pid, sizes, uid, tables
        self.adjustment, self.score, self.constraint, self.memcg, self.task_memcg, self.why = adjustment, score, constraint, memcg, task_memcg, why


def kill(kernel, victim, request):
    """The line of the constraint since 5.0, and what was killed, in one line or two."""
    reason = ("Memory cgroup out of memory" if victim.memcg else "Out of memory") + victim.why
    sizes = ", ".join(f"{key}:{victim.sizes[key]}kB" for key in ("total-vm", "anon-rss", "file-rss", "shmem-rss")
                      if key != "shmem-rss" or kernel.at_least(400005))
    if kernel.at_least(500000):
        where = f"oom_memcg={victim.memcg}" if victim.memcg else "global_oom"
        yield f"oom-kill:constraint=CONSTRAINT_{victim.constraint},nodemask={request.nodemask},cpuset={request.cpuset}," \
              f"mems_allowed={request.mems},{where},task_memcg={victim.task_memcg},task={victim.name},pid={victim.pid},uid={victim.uid}"
    if kernel.at_least(500004):
        yield f"{reason}: Killed process {victim.pid} ({victim.name}) {sizes}, UID:{victim.uid} pgtables:{victim.tables}kB " \
              f"oom_score_adj:{victim.adjustment}"
        return
    yield f"{reason}: Kill process {victim.pid} ({victim.name}) score {victim.score} or sacrifice child"
    owner = f", UID {victim.uid}," if "el7" in kernel.release or "el6" in kernel.release else ""
    yield f"Killed process {victim.pid}{owner} ({victim.name}) {sizes}"


def warning(kernel, caller, place, function):
    """A WARNING of the allocator; who() writes what is behind the list of modules."""
    if kernel.at_least(700000):
        yield f"WARNING: {place} at {function}, CPU#{caller.cpu}: {caller.name}/{caller.pid}"
    else:
        yield f"WARNING: CPU: {caller.cpu} PID: {caller.pid} at {place} {function}"


def percpu(size, align, atomic, why):
    yield f"percpu: allocation failed, size={size} align={align} atomic={atomic}, {why}"


def vmap(size):
    yield f"vmap allocation for size {size} failed: use vmalloc=<size> to increase size"


def cma(kernel, area, wanted, status, ranges, free, total):
    """An area of the contiguous memory allocator; 'ranges': free ones of each range of the area, "+224@32+768@7424"."""
    function = "__cma_alloc_frozen" if kernel.at_least(700000) else "__cma_alloc" if kernel.at_least(600012) else "cma_alloc"
    name = f" {area}:" if kernel.at_least(500008) else ""
    yield f"cma: {function}:{name} alloc failed, req-size: {wanted} pages, ret: {status}"
    count = f"=> {free} free of {total} total pages"
    if not kernel.at_least(600015):
        yield f"cma: number of available pages: {'+'.join(ranges).lstrip('+')}{count}"
        return
    yield "cma: number of available pages: "
    yield from (f"cma: range {number}: {text}" for number, text in enumerate(ranges))
    yield "cma: "
    yield count


def swiotlb(device, size, total, used):
    yield f"{device}: swiotlb buffer is full (sz: {size} bytes), total {total} (slots), used {used} (slots)"


def hugetlb(wanted, size, got, node=None):
    """'size' as the kernel prints it, "1.00 GiB"; on a node that hugepages= named."""
    where = "" if node is None else f" node{node}"
    yield f"HugeTLB: allocating {wanted} of page size {size} failed{where}.  Only allocated {got} hugepages."


def slub(kernel, mode, cache, nodes, node=-1, cpu=0, of_node=0, debugged=False):
    """'cache': name, size of an object, with its padding, default and smallest order; 'nodes': (number, slabs, objects, free).
    'debugged': debugging makes the objects so large that a slab needs a higher order."""
    if kernel.at_least(600006):
        yield f"SLUB: Unable to allocate memory on CPU {cpu} (of node {of_node}) on node {node}, gfp={mode}"
    elif kernel.at_least(400006):
        yield f"SLUB: Unable to allocate memory on node {node}, gfp={mode}"
    else:
        yield f"SLUB: Unable to allocate memory on node {node} (gfp={mode})"
    yield "  cache: {}, object size: {}, buffer size: {}, default order: {}, min order: {}".format(*cache)
    if debugged:
        yield f"  {cache[0]} debugging increased min order, use {'slab_debug' if kernel.at_least(600009) else 'slub_debug'}=O to disable."
    yield from ("  node {}: slabs: {}, objs: {}, free: {}".format(*one) for one in nodes)
