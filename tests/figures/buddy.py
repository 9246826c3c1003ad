# SPDX-License-Identifier: GPL-2.0-or-later
"""Free blocks from /proc/buddyinfo, and the kernel's own indices from debugfs extfrag."""
import os

import raw
from kmeminfo import document, of_capture
from tap import CAPTURES


def expected(counts):
    free = [count * raw.PAGE << order for order, count in enumerate(counts)]
    largest = max((order for order, count in enumerate(counts) if count), default=None)
    return {"free_bytes": sum(free), "largest_free_order": largest,
            "largest_free_bytes": None if largest is None else raw.PAGE << largest,
            "blocks": counts, "bytes": free, "sizes": [raw.PAGE << o for o in range(len(counts))]}


def got(row):
    return {**row, "blocks": [o["free_blocks"] for o in row["orders"]],
            "bytes": [o["free_bytes"] for o in row["orders"]],
            "sizes": [o["block_bytes"] for o in row["orders"]]}


def unusable(counts):
    """As the kernel defines the index, cut to thousandths: free pages in blocks that are too small."""
    total = sum(count << order for order, count in enumerate(counts))
    for wanted in range(len(counts)):
        small = sum(count << order for order, count in enumerate(counts[:wanted]))
        yield small * 1000 // total / 1000 if total else 1.0


def fragmentation(counts):
    total = sum(count << order for order, count in enumerate(counts))
    blocks = sum(counts)
    for wanted in range(len(counts)):
        if not blocks:
            yield 0.0
        elif any(counts[wanted:]):
            yield -1.0
        else:
            yield (1000 - (1000 + total * 1000 // (1 << wanted)) // blocks) / 1000


def wrong_indices(name, row, counts):
    for key, function in (("unusable_ratio", unusable), ("fragmentation_index", fragmentation)):
        mine, theirs = list(function(counts)), [o[key] for o in row["orders"]]
        if mine != theirs:
            yield f"{name}: {key} is {theirs}, should be {mine}"


def kernel_differs(capture, rows):
    """Zones whose indices are not those that the kernel printed. It printed them a moment after
    buddyinfo, so that a zone in which something was allocated meanwhile may differ; DMA is quiet."""
    for key, file in (("unusable_ratio", "unusable_index"), ("fragmentation_index", "extfrag_index")):
        kernel = raw.by_zone(capture, "sys/kernel/debug/extfrag/" + file)
        for row in rows:
            ours = [f"{order[key]:.3f}" for order in row["orders"]]
            theirs = kernel[row["node"], row["zone"]]
            if ours != theirs and row["zone"] == "DMA":
                yield f"{row['node']} {row['zone']}: {key} is {ours}, the kernel says {theirs}"


def check(tap, capture):
    rows = document(of_capture(["buddy"], capture))["buddy"]["rows"]
    zones = {zone: [int(word) for word in words] for zone, words in
             raw.by_zone(capture, "proc/buddyinfo").items()}
    tap.ok([(row["node"], row["zone"]) for row in rows] == list(zones), f"{capture}/buddy zones")
    by_zone = [(f"{row['node']} {row['zone']}", row, zones[row["node"], row["zone"]]) for row in rows]
    tap.none((wrong for name, row, counts in by_zone
              for wrong in raw.differ(name, got(row), expected(counts))), f"{capture}/buddy blocks")
    tap.none((wrong for name, row, counts in by_zone
              for wrong in wrong_indices(name, row, counts)), f"{capture}/buddy indices")
    if os.path.exists(os.path.join(CAPTURES, capture, "sys/kernel/debug/extfrag")):
        tap.none(kernel_differs(capture, rows), f"{capture}/buddy indices as the kernel's")
