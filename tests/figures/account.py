# SPDX-License-Identifier: GPL-2.0-or-later
"""The account of all memory: that it closes, and each part from the files that tell it."""
import json
import os
import re

import jsonschema

import raw
from kmeminfo import document, of_capture, run
from tap import SRC

STACKS = ("kernel_clone", "_do_fork", "fork_idle", "copy_process", "create_io_thread")


def vmstat(capture, name):
    return next((int(line.split()[1]) * raw.PAGE for line in raw.lines(capture, "proc/vmstat")
                 if line.split()[0] == name), None)


def zoneinfo(capture, pattern):
    return sum(int(match[1]) for line in raw.lines(capture, "proc/zoneinfo")
               if (match := re.match(pattern, line))) * raw.PAGE


def stacks(capture):
    return sum(int(re.search(r"pages=(\d+)", line)[1]) for line in raw.lines(capture, "proc/vmallocinfo")
               if any(f" {name}+0x" in line for name in STACKS)) * raw.PAGE


def caches(capture):
    """Bytes of all slabs: slabs times pages a slab."""
    found = (re.search(r"(\d+) : tunables .* : slabdata +\d+ +(\d+)", line)
             for line in raw.lines(capture, "proc/slabinfo"))
    return sum(int(match[1]) * int(match[2]) for match in found if match) * raw.PAGE


def expected(capture):
    """{key of a part: bytes}"""
    mem = raw.meminfo(capture)
    on_lists = mem["Active"] + mem["Inactive"] + mem["Unevictable"] + \
        vmstat(capture, "nr_isolated_anon") + vmstat(capture, "nr_isolated_file")
    mapped = stacks(capture)
    size = mem["Hugepagesize"]
    parts = {
        "memory_total": mem["MemTotal"],
        "free_buddy": mem["MemFree"] - mem.get("Unaccepted", 0),
        "free_per_cpu": zoneinfo(capture, r" +count: +(\d+)"),
        "anonymous": mem["AnonPages"],
        "shared": mem["Shmem"],
        "file_cache": mem["Cached"] - mem["Shmem"],
        "block_cache": mem["Buffers"],
        "swap_cache": 0,
        "detached": max(0, on_lists - mem["AnonPages"] - mem["Cached"] - mem["Buffers"]),
        "hugetlb": mem["Hugetlb"],
        # these are counts, not kB
        "hugetlb_free": mem["HugePages_Free"] // 1024 * size,
        "slab": mem["Slab"],
        "large_kmalloc": mem["Slab"] - caches(capture),
        "vmalloc": mem["VmallocUsed"],
        "vmalloc_stacks": mapped,
        "page_tables": mem["PageTables"],
        "percpu": mem["Percpu"],
        "misc_reclaimable": mem["KReclaimable"] - mem["SReclaimable"],
        "hardware_corrupted": mem["HardwareCorrupted"],
    }
    # stacks smaller than a page are objects of a cache
    if not mapped and not any(line.startswith("thread_stack ")
                              for line in raw.lines(capture, "proc/slabinfo")):
        parts["kernel_stacks"] = mem["KernelStack"]
    if "SecPageTables" in mem:
        parts["secondary_page_tables"] = mem["SecPageTables"]
    counted = sum(parts.get(key, 0) for key in (
        "free_buddy", "free_per_cpu", "anonymous", "shared", "file_cache", "block_cache", "detached",
        "hugetlb", "slab", "vmalloc", "kernel_stacks", "page_tables", "secondary_page_tables", "percpu",
        "misc_reclaimable", "hardware_corrupted"))
    other = sum(mem.get(key, 0) for key in ("Unaccepted", "GPUActive", "GPUReclaim", "Bounce", "WritebackTmp"))
    parts["unaccounted"] = mem["MemTotal"] - counted - other - vmstat(capture, "nr_zspages") - \
        (vmstat(capture, "nr_memmap_pages") or 0)
    return parts


def walk(part):
    yield part
    for child in part["children"]:
        yield from walk(child)


def open_parts(account):
    for part in walk(account):
        total = sum(child["bytes"] for child in part["children"])
        if part["children"] and total != part["bytes"]:
            yield f"{part['key']} is {part['bytes']}, its parts are {total}"
        if part["bytes"] < 0 or part["reported_bytes"] not in (None, part["bytes"]):
            yield f"{part['key']} was cut: {part}"


def text_differs(arguments, account):
    """Lines of the tree that are no parts, or not in their order."""
    lines = run([*arguments, "--bytes"]).stdout.split("MEMORY", 1)[1].split("\n\n", 1)[0].splitlines()
    left = iter((part["label"], str(part["bytes"])) for part in walk(account))
    for line in lines[1:]:
        label, size = re.match(r"[|` -]*(\S.*?)\s+(\d+)\s+\d+\.\d%", line).groups()
        if (label, size) not in left:
            yield line


def check(tap, capture):
    arguments = of_capture(["summary"], capture)
    doc = document(arguments)
    account = doc["summary"]["account"]
    with open(os.path.join(SRC, "packaging", "kmeminfo.schema.json"), encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    tap.none((e.message[:200] for e in validator.iter_errors(doc)), f"{capture}/account schema")
    tap.none(open_parts(account), f"{capture}/account closes")
    tap.none(raw.differ("account", {part["key"]: part["bytes"] for part in walk(account)},
                        expected(capture)), f"{capture}/account parts")
    tap.none(text_differs(arguments, account), f"{capture}/account text")
