# SPDX-License-Identifier: GPL-2.0-or-later
"""Machines from nothing: a capture whose files agree with each other, made from what its memory is used for. All sizes are
in KiB; what no part takes is free."""
import os

MIB, GIB = 1 << 10, 1 << 20
TIB = GIB << 10

PARTS = {"anon": 2 * GIB, "file": 4 * GIB, "shmem": 160 * MIB, "mlocked": 0, "reclaimable": 300 * MIB, "large_kmalloc": 4 * MIB,
         "stacks": 10 * MIB, "page_tables": 50 * MIB, "percpu": 64 * MIB, "hugetlb": 0, "hugetlb_free": 0, "unaccounted": 160 * MIB,
         "swap": 2 * GIB, "swap_free": 2 * GIB, "cma": 0, "cma_free": 0, "zsmalloc": 0, "zswap": 0}
ZONES = {"x86_64": ("DMA", "DMA32", "Normal", "Movable", "Device"), "i686": ("DMA", "Normal", "HighMem", "Movable"),
         "aarch64": ("DMA", "DMA32", "Normal", "Movable", "Device")}
TYPES = ("Unmovable", "Movable", "Reclaimable", "HighAtomic", "CMA", "Isolate")
RATIO = {"DMA": 256, "DMA32": 256, "Normal": 32}


def spread(pages):
    """Blocks by order: a fiftieth of what is left in each order, the rest in the largest ones."""
    counts = [0] * 11
    for order in range(11):
        share = pages if order == 10 else pages // 50
        counts[order], pages = share >> order, pages - (share >> order << order)
    counts[0] += pages
    return counts


class Machine:
    """caches: {name: KiB} of unreclaimable slab; vmalloc: {caller: KiB}; free_of: {zone: KiB}, others share the rest;
    pieces: {zone: largest order of its free blocks}; layout: [(node, zone, KiB)] instead of what the architecture has;
    cma_zone: where the CMA areas are; type_of: {zone: migrate type of all its free blocks}; files: {path: text} beside
    those of /proc; container: KiB of memory that lxcfs reports instead of the machine's."""

    def __init__(self, total=16 * GIB, page=4, arch="x86_64", release="6.12.43+deb13-amd64", nodes=1, caches=None, vmalloc=None,
                 free_of=None, pieces=None, modules=(), layout=None, cma_zone=None, type_of=None, files=None, container=None,
                 **parts):
        self.layout, self.cma_zone, self.type_of, self.files = layout, cma_zone, type_of or {}, files or {}
        self.container = container
        self.total, self.page, self.arch, self.release, self.nodes = total, page, arch, release, nodes
        self.caches = {"kmalloc-2k": (2048, 3 * MIB), "task_struct": (7000, 4 * MIB)}
        self.caches.update({name: (256, size) for name, size in (caches or {}).items()})
        self.vmalloc = {"load_module+0x1/0x2": 8 * MIB, "bpf_prog_alloc_no_stats+0x1/0x2": 2 * MIB, **(vmalloc or {})}
        self.free_of, self.pieces, self.modules = free_of or {}, pieces or {}, modules
        scale = min(total / (16 * GIB), 1)
        self.parts = {key: int(size * scale) for key, size in PARTS.items()}
        self.parts.update({key: int(size) for key, size in parts.items()})

    def slabs(self):
        """(name, bytes of an object, objects of a slab, slabs, reclaimable); each slab has eight pages."""
        size, room = 8 * self.page, 8 * self.page * 1024
        rows = [(name, each, max(room // each, 1), max(kib // size, 1), False) for name, (each, kib) in self.caches.items()]
        rows.append(("dentry", 192, room // 192, max(self.parts["reclaimable"] // size, 1), True))
        return rows

    def meminfo(self):
        part, size = self.parts, 8 * self.page
        reclaimable = sum(row[3] * size for row in self.slabs() if row[4])
        unreclaimable = sum(row[3] * size for row in self.slabs() if not row[4]) + part["large_kmalloc"]
        vmalloc = sum(self.vmalloc.values()) + part["stacks"]
        used = reclaimable + unreclaimable + vmalloc + sum(part[key] for key in (
            "anon", "file", "shmem", "page_tables", "percpu", "hugetlb", "unaccounted", "zsmalloc", "zswap"))
        free = (self.total - used) // self.page * self.page
        assert free > 0, (self.total, used)
        anon = part["anon"] + part["shmem"] - part["mlocked"]
        values = {
            "MemTotal": self.total, "MemFree": free, "MemAvailable": free + part["file"] * 9 // 10 + reclaimable // 2,
            "Buffers": part["file"] // 40, "Cached": part["file"] - part["file"] // 40 + part["shmem"], "SwapCached": 0,
            "Active": anon // 3 + part["file"] // 2, "Inactive": anon - anon // 3 + part["file"] - part["file"] // 2,
            "Active(anon)": anon // 3, "Inactive(anon)": anon - anon // 3, "Active(file)": part["file"] // 2,
            "Inactive(file)": part["file"] - part["file"] // 2, "Unevictable": part["mlocked"], "Mlocked": part["mlocked"],
            "SwapTotal": part["swap"], "SwapFree": part["swap_free"], "Zswap": part["zswap"], "Zswapped": 3 * part["zswap"],
            "Dirty": 100, "Writeback": 0, "AnonPages": part["anon"], "Mapped": part["file"] // 5, "Shmem": part["shmem"],
            "KReclaimable": reclaimable, "Slab": reclaimable + unreclaimable, "SReclaimable": reclaimable,
            "SUnreclaim": unreclaimable, "KernelStack": part["stacks"], "PageTables": part["page_tables"], "SecPageTables": 0,
            "Bounce": 0, "WritebackTmp": 0, "CommitLimit": part["swap"] + self.total // 2, "Committed_AS": part["anon"] // 2,
            "VmallocTotal": 34359738367, "VmallocUsed": vmalloc, "VmallocChunk": 0, "Percpu": part["percpu"],
            "HardwareCorrupted": 0, "AnonHugePages": 0, "ShmemHugePages": 0, "FileHugePages": 0, "CmaTotal": part["cma"],
            "CmaFree": part["cma_free"], "Unaccepted": 0, "HugePages_Total": part["hugetlb"] // 2048,
            "HugePages_Free": part["hugetlb_free"] // 2048, "HugePages_Rsvd": 0, "HugePages_Surp": 0, "Hugepagesize": 2048,
            "Hugetlb": part["hugetlb"] // 2048 * 2048}
        return values

    def vmstat(self, meminfo):
        names = {"nr_free_pages": "MemFree", "nr_mlock": "Mlocked", "nr_inactive_anon": "Inactive(anon)",
                 "nr_active_anon": "Active(anon)", "nr_inactive_file": "Inactive(file)", "nr_active_file": "Active(file)",
                 "nr_unevictable": "Unevictable", "nr_slab_reclaimable": "SReclaimable", "nr_slab_unreclaimable": "SUnreclaim",
                 "nr_anon_pages": "AnonPages", "nr_mapped": "Mapped", "nr_shmem": "Shmem", "nr_page_table_pages": "PageTables",
                 "nr_free_cma": "CmaFree"}
        values = {name: meminfo[key] // self.page for name, key in names.items()}
        values.update({"nr_file_pages": (self.parts["file"] + self.parts["shmem"]) // self.page, "nr_zspages": self.parts["zsmalloc"]
                       // self.page, "nr_kernel_stack": self.parts["stacks"], "oom_kill": 0, "allocstall_normal": 0})
        return values

    def zones(self, free):
        """[node, name, managed, free] in pages."""
        rows, pages = [], self.total // self.page
        for node, name, size in self.layout or ():
            rows.append([node, name, size // self.page, 0])
        for node in range(0 if self.layout else self.nodes):
            left = pages // self.nodes
            sizes = {"DMA": 3840 if not node else 0, "DMA32": 440000 if self.arch != "i686" and not node else 0,
                     "Normal": 215000 if self.arch == "i686" else left}
            for name in ZONES[self.arch][:3]:
                size = min(sizes.get(name, left), left)
                left -= size
                if size:
                    rows.append([node, name, size, 0])
        fixed = {name: kib // self.page for name, kib in self.free_of.items()}
        key = lambda row: f"{row[1]}/{row[0]}" if self.nodes > 1 else row[1]
        rest = [row for row in rows if key(row) not in fixed]
        for row in rows:
            row[3] = fixed.get(key(row), 0)
        left, room = free - sum(fixed.values()), sum(row[2] for row in rest)
        assert rest or not left, left
        for row in rest:
            row[3] = min(left * row[2] // room, row[2])
        if rest:
            rest[-1][3] += left - sum(row[3] for row in rest)
        return rows

    def zone_texts(self, free):
        rows, zoneinfo, buddyinfo = self.zones(free), [], []
        names, lowmem = ZONES[self.arch], sum(row[2] for row in rows if row[1] != "HighMem")
        pool = min(max(int((self.total * 64) ** 0.5), 1024), 256 * MIB) // self.page
        for at, (node, name, managed, free_pages) in enumerate(rows):
            low = pool * managed // lowmem if name != "HighMem" else 128
            here = name == self.cma_zone if self.cma_zone else at == len(rows) - 1
            cma, areas = (self.parts["cma_free"] // self.page, self.parts["cma"] // self.page) if here else (0, 0)
            above = [sum(row[2] for row in rows if row[0] == node and names.index(name) < names.index(row[1]) <= place)
                     for place in range(len(names))]
            reserve = ", ".join(str(pages // RATIO[name]) if name in RATIO else "0" for pages in above)
            zoneinfo.append(
                f"Node {node}, zone {name:>8}\n  pages free     {free_pages}\n        boost    0\n        min      {low}\n"
                f"        low      {low * 5 // 4}\n        high     {low * 3 // 2}\n        spanned  {managed + 200}\n"
                f"        present  {managed + 100}\n        managed  {managed}\n        cma      {areas}\n"
                f"        protection: ({reserve})\n      nr_free_pages {free_pages}\n      nr_free_cma  {cma}\n  pagesets\n"
                "    cpu: 0\n              count:    100\n              high:     1000\n              batch:    63\n"
                f"  node_unreclaimable:  0\n  start_pfn:           {at + 1}\n")
            order = self.pieces.get(name)
            counts = spread(free_pages) if order is None else [0] * order + [free_pages >> order] + [0] * (10 - order)
            buddyinfo.append(f"Node {node}, zone {name:>8} " + " ".join(f"{count:6}" for count in counts) + "\n")
        return "".join(zoneinfo), "".join(buddyinfo)

    def pagetypeinfo(self, buddyinfo):
        """For machines with type_of: all free blocks of a zone have one type, Movable where none is given."""
        lines = ["Page block order: 9\n", "Pages per block:  512\n\n",
                 "Free pages count per migrate type at order " + " ".join(f"{order:6}" for order in range(11)) + " \n"]
        for line in buddyinfo.splitlines():
            place, counts = line[:line.index("zone")], line.split()[4:]
            name = line.split()[3]
            for kind in TYPES:
                mine = counts if kind == self.type_of.get(name, "Movable") else ["0"] * 11
                lines.append(f"{place}zone {name:>8}, type {kind:>12} " + " ".join(f"{count:>6}" for count in mine) + " \n")
        lines.append("\nNumber of blocks type " + " ".join(f"{kind:>12}" for kind in TYPES) + " \n")
        for line in buddyinfo.splitlines():
            place, name, free = line[:line.index("zone")], line.split()[3], line.split()[4:]
            pages = sum(int(count) << order for order, count in enumerate(free))
            counts = ["10" if kind != "HighAtomic" or self.type_of.get(name) != kind else str(-(-pages // 512)) for kind in TYPES]
            lines.append(f"{place}zone {name:>8} " + " ".join(f"{count:>12}" for count in counts) + " \n")
        return "".join(lines)

    def of_container(self, meminfo):
        """What lxcfs makes of it: the limit as the total, and no slab and no memory of the kernel."""
        if not self.container:
            return meminfo
        kept = {"MemTotal": self.container, "MemFree": self.container // 2, "MemAvailable": self.container * 2 // 3,
                "Cached": self.container // 6, "SReclaimable": 0, "SUnreclaim": 0, "Slab": 0, "Buffers": 0, "Shmem": 0,
                "SwapTotal": 0, "SwapFree": 0, "AnonPages": self.container // 4}
        return {**meminfo, **kept}

    def vmalloc_text(self):
        at, lines = 0xffffc90000000000, []
        areas = [(caller, min(kib - done, 64 * MIB)) for caller, kib in self.vmalloc.items() for done in range(0, kib, 64 * MIB)]
        areas += [("dup_task_struct+0x1/0x2", min(self.parts["stacks"] - done, 64 * MIB))
                  for done in range(0, self.parts["stacks"], 64 * MIB)]
        for caller, kib in areas:
            pages = max(kib // self.page, 1)
            size = (pages + 1) * self.page * 1024
            lines.append(f"0x{at:016x}-0x{at + size:016x} {size:7} {caller} pages={pages} vmalloc\n")
            at += size
        return "".join(lines)

    def write(self, folder):
        """The capture, in a folder that is made. If all zones have a fixed level, processes have the rest."""
        meminfo = self.meminfo()
        if self.layout and len(self.free_of) == len(self.layout):
            self.parts["anon"] += meminfo["MemFree"] - sum(self.free_of.values())
            meminfo = self.meminfo()
        zoneinfo, buddyinfo = self.zone_texts(meminfo["MemFree"] // self.page)
        slabs = "".join(f"{name} {slabs * each} {slabs * each} {size} {each} 8 : tunables 0 0 0 : slabdata {slabs} {slabs} 0\n"
                        for name, size, each, slabs, _ in self.slabs())
        texts = {
            "version": f"Linux version {self.release} (builder@example.org) #1 SMP\n",
            "meminfo": "".join(f"{key}: {value}{'' if key.startswith('HugePages_') else ' kB'}\n"
                               for key, value in self.of_container(meminfo).items()),
            "vmstat": "".join(f"{key} {value}\n" for key, value in self.vmstat(meminfo).items()),
            "slabinfo": "slabinfo - version: 2.1\n# name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>\n" + slabs,
            "vmallocinfo": self.vmalloc_text(), "zoneinfo": zoneinfo, "buddyinfo": buddyinfo,
            "pagetypeinfo": self.pagetypeinfo(buddyinfo) if self.type_of else "",
            "modules": "".join(f"{name} 40960 0 - Live 0x0000000000000000\n" for name in self.modules)}
        for name, text in {**{f"proc/{key}": text for key, text in texts.items()}, **self.files}.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            if text:
                with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                    file.write(text)
