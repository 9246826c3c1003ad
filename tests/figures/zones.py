# SPDX-License-Identifier: GPL-2.0-or-later
"""Zones of /proc/zoneinfo, a block each; the first block of a node has the node's counters too."""
import re

import raw
from kmeminfo import document, of_capture

PLAIN = {"free": "free_bytes", "min": "min_bytes", "low": "low_bytes", "high": "high_bytes",
         "promo": "promo_bytes", "boost": "boost_bytes", "spanned": "spanned_bytes",
         "present": "present_bytes", "managed": "managed_bytes", "cma": "cma_bytes",
         "nr_free_cma": "cma_free_bytes", "reserved_highatomic": "highatomic_bytes",
         "free_highatomic": "highatomic_free_bytes"}
NODE = {"nr_slab_reclaimable": "slab_reclaimable_bytes",
        "nr_slab_unreclaimable": "slab_unreclaimable_bytes", "nr_shmem": "shared_bytes",
        "nr_file_pages": "file_bytes", "nr_anon_pages": "anonymous_bytes", "nr_dirty": "dirty_bytes",
        "nr_writeback": "writeback_bytes", "nr_unevictable": "unevictable_bytes",
        "nr_page_table_pages": "page_table_bytes"}


def blocks(capture):
    """(node, zone, lines of the zone, lines of the node)"""
    text = "\n".join(raw.lines(capture, "proc/zoneinfo"))
    for block in re.split(r"\n(?=Node )", text):
        node, zone = re.match(r"Node (\d+), zone\s+(\S+)", block).groups()
        head, _, rest = block.partition("\n  pages free")
        yield int(node), zone, "pages free" + rest, head if "per-node stats" in head else ""


def number(block, name):
    """The value of a counter; the first of that name, as pagesets repeat some."""
    match = re.search(rf"(?:^|\s){name}:?\s+(\d+)", block)
    return int(match[1]) * raw.PAGE if match else None


def zone_figures(block):
    figures = {key: number(block, name) for name, key in PLAIN.items()}
    counts = re.findall(r"^\s+count:\s+(\d+)", block, re.MULTILINE)
    figures["pcp_bytes"] = sum(map(int, counts)) * raw.PAGE if counts else None
    figures["lowmem_reserve_bytes"] = [int(word) * raw.PAGE for word in
                                   re.search(r"protection: \((.*)\)", block)[1].split(", ")]
    figures["holes_bytes"] = figures["spanned_bytes"] - figures["present_bytes"]
    figures["reserved_bytes"] = figures["present_bytes"] - figures["managed_bytes"]
    return figures


def node_figures(node, head, zones):
    """Counters of the node; on 5.10 that of page tables stands in the zones."""
    figures = {key: number(head, name) for name, key in NODE.items()}
    if figures["page_table_bytes"] is None:
        figures["page_table_bytes"] = sum(number(block, "nr_page_table_pages")
                                          for (n, _), block in zones.items() if n == node)
    return figures


def is_populated(block):
    return number(block, "managed") > 0 or number(block, "present") > 0


def check(tap, capture):
    doc = document(of_capture(["zones"], capture))
    rows = {(row["node"], row["zone"]): row for row in doc["zones"]["rows"]}
    zones = {(node, zone): block for node, zone, block, _ in blocks(capture) if is_populated(block)}
    tap.ok(list(rows) == list(zones), f"{capture}/zones names", list(rows), list(zones))
    tap.none((wrong for zone in zones for wrong in
              raw.differ(zone, rows.get(zone, {}), zone_figures(zones[zone]))),
             f"{capture}/zones figures")
    every = document(of_capture(["zones", "--all"], capture))["zones"]["rows"]
    tap.ok([(row["node"], row["zone"]) for row in every] ==
           [(node, zone) for node, zone, _, _ in blocks(capture)], f"{capture}/zones of --all")
    heads = {node: head for node, _, _, head in blocks(capture) if head}
    nodes = {row["node"]: row for row in doc["nodes"]["rows"]}
    tap.ok(sorted(heads) == sorted(nodes), f"{capture}/zones nodes")
    tap.none((wrong for node, head in heads.items() for wrong in raw.differ(
        f"node {node}", nodes[node], node_figures(node, head, zones))), f"{capture}/zones node figures")
