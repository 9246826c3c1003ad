# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of /proc of machines that are larger than the available ones, the same in each run."""
import json
import os
import random

AREAS, CACHES, NODES, CPUS, BUDDY_NODES, ORDERS = 1_000_000, 100_000, 16, 1_024, 1_024, 11
LOG_BYTES, LOG_REPORTS, LOG_LINES = 40_000_000, 400, 40_000


def vmallocinfo(chance, areas):
    callers = [f"caller_{i}+0x{i * 7 + 16:x}/0x{i * 9 + 64:x}" for i in range(2000)]
    start = 0xffffc90000000000
    for _ in range(areas):
        pages = chance.choice((1, 1, 1, 2, 4, 4, 16, 512))
        end = start + (pages + 1) * 4096
        if chance.random() < 0.3:
            yield f"0x{start:016x}-0x{end:016x} {end - start:7d} unpurged vm_area\n"
        else:
            node = chance.randrange(NODES)
            yield (f"0x{start:016x}-0x{end:016x} {end - start:7d} {chance.choice(callers)} "
                   f"pages={pages} vmalloc N{node}={pages}\n")
        start = end


def slabinfo(chance, caches):
    yield "slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize>\n"
    for i in range(caches):
        size = chance.choice((8, 64, 192, 256, 1024, 4096))
        per = 4096 // size or 1
        slabs = chance.randrange(1000)
        active = chance.randint(0, slabs * per)
        yield (f"cache_number_{i:<6} {active:6d} {slabs * per:6d} {size:6d} {per:4d}    1 : tunables    0    0    0 "
               f": slabdata {slabs:6d} {slabs:6d}      0\n")


def zoneinfo(chance, nodes, cpus):
    for node in nodes:
        for zone in ("Normal", "Movable"):
            yield f"Node {node}, zone {zone:>8}\n"
            if zone == "Normal":
                yield f"  per-node stats\n      nr_inactive_anon {chance.randrange(10**6)}\n"
            yield (f"  pages free     {chance.randrange(10**7)}\n        boost    0\n        min      1000\n"
                   "        low      2000\n        high     3000\n        spanned  16777216\n        present  16777216\n"
                   "        managed  16500000\n        protection: (0, 0, 0, 0, 0)\n  pagesets\n")
            for cpu in range(cpus):
                yield (f"    cpu: {cpu}\n              count:    {chance.randrange(500)}\n              high:     500\n"
                       "              batch:    63\n              high_min: 500\n              high_max: 9000\n"
                       "  vm stats threshold: 125\n")
            yield f"  node_unreclaimable:  0\n  start_pfn:           {node << 24}\n"


def buddyinfo(chance, nodes):
    for node in nodes:
        for zone in ("Normal", "Movable"):
            counts = " ".join(str(chance.randrange(10**5)) for _ in range(ORDERS))
            yield f"Node {node}, zone {zone:>8} {counts} \n"


MEMINFO = ("MemTotal:       263000000 kB\nMemFree:        100000000 kB\nMemAvailable:   200000000 kB\nSlab:            90000000 kB\n"
           "SReclaimable:    40000000 kB\nSUnreclaim:      50000000 kB\nVmallocUsed:    200000000 kB\n")

LOG_MESSAGES = (
    "usb 1-{0}: new high-speed USB device number {1} using xhci_hcd",
    'audit: type=1400 audit(1732352400.{0}:{1}): apparmor="ALLOWED" operation="open" profile="x{1}" pid={0} comm="y"',
    "IPv6: ADDRCONF(NETDEV_CHANGE): eth{0}: link becomes ready",
    "EXT4-fs (sda{0}): mounted filesystem {1:08x} r/w with ordered data mode. Quota mode: none.",
    "docker0: port {0}(veth{1:x}) entered blocking state",
    "nfs: server 10.0.{0}.{1} not responding, timed out",
)
LOGS = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "logs")


def log_lines(chance, bytes_, reports):
    """(seconds, text) of a kernel log of that many bytes, with so many failure reports in it."""
    with open(os.path.join(LOGS, "6.12-amd64-numa-fragmented.log"), encoding="utf-8") as file:
        report = [line.split("] ", 1)[1] for line in file if "] " in line]
    size, line, every = 0, 0, bytes_ // reports if reports else bytes_ + 1
    while size < bytes_:
        due = size // every
        text = chance.choice(LOG_MESSAGES).format(chance.randrange(10**4), chance.randrange(10**6)) + "\n"
        yield line / 1000, text
        size += len(text) + 15
        line += 1
        if size // every > due:
            for part in report:
                yield line / 1000, part
                size += len(part) + 15


def journal(seconds, text):
    """A line of journalctl -o json."""
    return json.dumps({
        "__CURSOR": f"s=5c34b0772d7f4c7380956c80dc0de5ed;i={int(seconds * 1000):x};b={'0' * 32};m=1;t=1;x=1",
        "__REALTIME_TIMESTAMP": str(1790000000000000 + int(seconds * 1e6)), "_BOOT_ID": "0" * 32, "_MACHINE_ID": "1" * 32,
        "__MONOTONIC_TIMESTAMP": str(int(seconds * 1e6)), "_HOSTNAME": "guest", "PRIORITY": "4", "SYSLOG_FACILITY": "0",
        "SYSLOG_IDENTIFIER": "kernel", "_TRANSPORT": "kernel", "MESSAGE": text.rstrip("\n")}, separators=(",", ":")) + "\n"


def write_log(path, bytes_, reports=0):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"[{seconds:12.6f}] {text}"
                        for seconds, text in log_lines(random.Random(20260105), bytes_, reports))


def write_journal(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        for i, (seconds, text) in enumerate(log_lines(random.Random(20260105), lines * 200, 0)):
            if i == lines:
                break
            file.write(journal(seconds, text))


def put(top, name, lines):
    os.makedirs(os.path.join(top, "proc"), exist_ok=True)
    with open(os.path.join(top, "proc", name), "w", encoding="ascii") as file:
        file.writelines(lines)


def write_vmallocinfo(top, areas):
    put(top, "vmallocinfo", vmallocinfo(random.Random(20260101), areas))
    put(top, "meminfo", MEMINFO)


def write_slabinfo(top, caches):
    put(top, "slabinfo", slabinfo(random.Random(20260102), caches))
    put(top, "meminfo", MEMINFO)


def write_zoneinfo(top, cpus):
    put(top, "zoneinfo", zoneinfo(random.Random(20260103), range(NODES), cpus))


def write_nodes(top, nodes):
    chance = random.Random(20260104)
    order = list(range(nodes))
    put(top, "zoneinfo", zoneinfo(chance, order, 1))
    chance.shuffle(order)
    put(top, "buddyinfo", buddyinfo(chance, order))


def write(top, chance):
    write_vmallocinfo(top, AREAS)
    write_slabinfo(top, CACHES)
    write_zoneinfo(top, CPUS)
    put(top, "buddyinfo", buddyinfo(chance, range(BUDDY_NODES)))
