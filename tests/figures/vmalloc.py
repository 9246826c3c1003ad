# SPDX-License-Identifier: GPL-2.0-or-later
"""Areas of /proc/vmallocinfo, summed plainly."""
import collections
import re

import raw
from kmeminfo import document, of_capture


def areas(capture):
    """(caller, module, bytes, pages or None, words) of each line."""
    for line in raw.lines(capture, "proc/vmallocinfo"):
        size, rest = re.match(r"0x\S+-0x\S+\s+(\d+)\s*(.*)", line).groups()
        caller = re.match(r"(0x[0-9a-f]+|[^\s+]+?(?=\+0x|\.(?:part|isra|constprop|cold)))\S*"
                          r"(?: \[(\S+?)\])?", rest)
        pages = re.search(r"\bpages=(\d+)", rest)
        yield (caller[1] if caller else None, caller[2] if caller else None, int(size),
               int(pages[1]) if pages else None, rest.split())


def expected(capture):
    """{(caller, module): figures}"""
    sums = collections.defaultdict(lambda: {"areas": 0, "virtual_bytes": 0, "memory_bytes": 0,
                                            "lazy_bytes": 0, "largest_bytes": 0})
    for caller, module, size, pages, words in areas(capture):
        figures = sums[caller, module]
        figures["areas"] += 1
        figures["virtual_bytes"] += size
        figures["memory_bytes"] += (pages or 0) * raw.PAGE
        figures["lazy_bytes"] += size if "unpurged" in words else 0
        figures["largest_bytes"] = max(figures["largest_bytes"], size)
    return sums


def check(tap, capture):
    sheet = document(of_capture(["vmalloc"], capture))["vmalloc"]
    sums = expected(capture)
    seen = collections.defaultdict(list)
    for row in sheet["rows"]:
        seen[row["caller"], row["module"]].append(row)
    tap.none(set(sums) ^ set(seen), f"{capture}/vmalloc callers")
    tap.none((wrong for caller, figures in sums.items() if seen[caller] for wrong in raw.differ(caller, {
        key: (max if key == "largest_bytes" else sum)(row[key] for row in seen[caller])
        for key in figures}, figures)), f"{capture}/vmalloc figures")
    memory = sum(figures["memory_bytes"] for figures in sums.values())
    used = raw.meminfo(capture)["VmallocUsed"]
    tap.none(raw.differ("totals", sheet["totals"], {
        "memory_bytes": memory, "vmalloc_used_bytes": used}), f"{capture}/vmalloc totals")
