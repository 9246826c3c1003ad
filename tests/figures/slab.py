# SPDX-License-Identifier: GPL-2.0-or-later
"""Caches of /proc/slabinfo, and the links of /sys/kernel/slab."""
import os

import raw
from kmeminfo import document, of_capture
from tap import CAPTURES


def caches(capture):
    """A row for each line, in the file's order."""
    for line in raw.lines(capture, "proc/slabinfo")[2:]:
        words = line.split(" : ")[0].split()
        active, total, size, per_slab, pages = map(int, words[-5:])
        slabs = int(line.split(" : slabdata")[1].split()[1])
        yield {"name": " ".join(words[:-5]), "active_objects": active, "objects": total,
               "object_bytes": size, "objects_per_slab": per_slab, "pages_per_slab": pages,
               "slabs": slabs, "size_bytes": slabs * pages * raw.PAGE, "used_bytes": active * size,
               "idle_bytes": slabs * pages * raw.PAGE - active * size}


def links(capture):
    """{name: name of its directory}"""
    path = os.path.join(CAPTURES, capture, "sys/kernel/slab")
    return {name: os.path.basename(os.path.realpath(os.path.join(path, name)))
            for name in os.listdir(path) if os.path.islink(os.path.join(path, name))}


def is_reclaimable(capture, directory):
    """As the directory says, which a merged one also does by a letter in its name."""
    path = os.path.join(CAPTURES, capture, "sys/kernel/slab", directory, "reclaim_account")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            return file.read().strip() == "1"
    return "a" in directory.split("-")[0] if directory.startswith(":") else None


def wrong_aliases(capture, rows):
    directories = links(capture)
    for row in rows:
        mine = directories.get(row["name"])
        others = sorted(n for n, d in directories.items() if d == mine and n != row["name"] and mine)
        if sorted(row["aliases"]) != others:
            yield f"{row['name']}: aliases {row['aliases']}, should be {others}"
        reclaimable = is_reclaimable(capture, mine or row["name"])
        if reclaimable is not None and row["reclaimable"] != reclaimable:
            yield f"{row['name']}: reclaimable {row['reclaimable']}, should be {reclaimable}"


def wrong_ratios(rows, slab_bytes):
    for row in rows:
        ratios = {"used_ratio": row["used_bytes"] / row["size_bytes"] if row["size_bytes"] else None,
                  "share_ratio": row["size_bytes"] / slab_bytes}
        for key, ratio in ratios.items():
            if (row[key] is None) != (ratio is None) or (ratio and abs(row[key] - ratio) > 1e-5):
                yield f"{row['name']}: {key} is {row[key]}, should be {ratio}"


def check(tap, capture):
    sheet = document(of_capture(["slab", "--sort=name:asc"], capture))["slab"]
    rows = sheet["rows"]
    plain = sorted(caches(capture), key=lambda row: row["name"].encode())
    tap.ok([r["name"] for r in rows] == [r["name"] for r in plain], f"{capture}/slab names")
    tap.none((wrong for row, figures in zip(rows, plain)
              for wrong in raw.differ(row["name"], row, figures)), f"{capture}/slab figures")
    tap.none(wrong_aliases(capture, rows), f"{capture}/slab aliases")
    total = sum(row["size_bytes"] for row in plain)
    slab = raw.meminfo(capture)["Slab"]
    tap.none(wrong_ratios(rows, slab), f"{capture}/slab ratios")
    tap.none(raw.differ("totals", sheet["totals"], {
        "size_bytes": total, "slab_bytes": slab, "large_kmalloc_bytes": slab - total}),
             f"{capture}/slab totals")
