# SPDX-License-Identifier: GPL-2.0-or-later
"""Siblings of a captured machine: copies with edited files, so that they differ in one respect."""
import os
import re
import shutil

from tap import CAPTURES

PAGES = {"16k": 16384, "64k": 65536}


class Sibling:
    """Copies a capture's proc into a new directory. sys, with many small files, is copied only on request."""

    def __init__(self, capture, directory, sys=False):
        self.capture = capture
        self.directory = directory
        self.page = PAGES.get(capture.rsplit("-", 1)[-1], 4096)
        origin = os.path.join(CAPTURES, capture)
        shutil.copytree(os.path.join(origin, "proc"), os.path.join(directory, "proc"))
        if sys and os.path.isdir(os.path.join(origin, "sys")):
            shutil.copytree(os.path.join(origin, "sys"), os.path.join(directory, "sys"), symlinks=True)

    def path(self, name):
        return os.path.join(self.directory, "proc", name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        os.chmod(self.path(name), 0o644)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def write_new(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def remove(self, name):
        os.unlink(self.path(name))

    # meminfo and vmstat

    def kb(self, key):
        """A number in meminfo, in kB or as printed; None if the line is missing."""
        match = re.search(rf"^{key}:\s+(\d+)", self.read("meminfo"), re.MULTILINE)
        return int(match[1]) if match else None

    def set_meminfo(self, **values):
        text = self.read("meminfo")
        for key, value in values.items():
            unit = "" if key.startswith("HugePages_") else " kB"
            text, found = re.subn(rf"^{key}:\s+\d+.*$", f"{key}: {value}{unit}", text, flags=re.MULTILINE)
            if not found:
                text += f"{key}: {value}{unit}\n"
        self.write("meminfo", text)

    def without_meminfo(self, key):
        self.write("meminfo", re.sub(rf"^{key}:.*\n", "", self.read("meminfo"), flags=re.MULTILINE))

    def vmstat(self, key):
        return int(re.search(rf"^{key} (\d+)$", self.read("vmstat"), re.MULTILINE)[1])

    def set_vmstat(self, key, value):
        self.write("vmstat", re.sub(rf"^{key} \d+$", f"{key} {value}", self.read("vmstat"), flags=re.MULTILINE))

    def take(self, kb):
        """Reduces free memory, because what an edit adds elsewhere must come from somewhere."""
        free = max(self.kb("MemFree") - kb, 4)
        self.set_meminfo(MemFree=free)
        self.set_vmstat("nr_free_pages", free * 1024 // self.page)

    # zoneinfo: {(node, zone): text}

    def zones(self):
        return re.split(r"^(?=Node \d+, zone)", self.read("zoneinfo"), flags=re.MULTILINE)[1:]

    def forget_types(self):
        """Removes the files that have free memory by type: what was edited is of another moment."""
        for name in ("pagetypeinfo", "kmeminfo/zones"):
            if os.path.exists(self.path(name)):
                self.remove(name)

    def set_zones(self, zones):
        self.forget_types()
        self.write("zoneinfo", "".join(zones))

    def managed(self):
        """Pages of all zones."""
        return sum(number(zone, "managed") for zone in self.zones())

    def edit_zones(self, edit):
        """edit(node, name, text) returns the new text of each zone that has memory."""
        zones = []
        for zone in self.zones():
            head = re.match(r"Node (\d+), zone\s+(\w+)", zone)
            zones.append(edit(int(head[1]), head[2], zone) if number(zone, "present") else zone)
        self.set_zones(zones)

    def sizable(self):
        """Zones with more than 1 % of the managed memory."""
        total = self.managed()
        return [zone for zone in self.zones() if number(zone, "managed") * 100 > total]

    # buddyinfo

    def in_blocks_of(self, order):
        """Puts all free memory into blocks of one order."""
        self.forget_types()
        lines = []
        for line in self.read("buddyinfo").splitlines():
            head, counts = re.match(r"(Node \d+, zone\s+\w+)(.*)", line).groups()
            counts = [int(count) for count in counts.split()]
            pages = sum(count << at for at, count in enumerate(counts))
            counts = [pages >> order if at == order else 0 for at in range(len(counts))]
            lines.append(f"{head} {' '.join(map(str, counts))}\n")
        self.write("buddyinfo", "".join(lines))

    # slabinfo

    def set_slab(self, name, **columns):
        """Columns of a cache by their names in the heading, or slabs and active_slabs."""
        places = {"active_objs": 1, "num_objs": 2, "objsize": 3, "objperslab": 4, "pagesperslab": 5,
                  "active_slabs": 13, "num_slabs": 14}
        lines = self.read("slabinfo").splitlines(keepends=True)
        for i, line in enumerate(lines):
            words = line.split()
            if words and words[0] == name:
                for column, value in columns.items():
                    words[places[column]] = str(value)
                lines[i] = " ".join(words) + "\n"
        self.write("slabinfo", "".join(lines))

    def slab(self, name):
        """The words of a cache's line."""
        for line in self.read("slabinfo").splitlines():
            if line.split()[:1] == [name]:
                return line.split()
        return None


def number(zone, key):
    """A number of a zone: free, min, low, high, boost, managed; None if the line is missing."""
    match = re.search(rf"^\s+(?:pages )?{key}\s+(\d+)$", zone, re.MULTILINE)
    return int(match[1]) if match else None


def with_number(zone, key, value):
    """The zone's text with another number. Also changes nr_free_pages, which is a second count of free
    memory."""
    if key == "free":
        zone = re.sub(r"(?m)^(\s+nr_free_pages )\d+$", rf"\g<1>{value}", zone, count=1)
    return re.sub(rf"(?m)^(\s+(?:pages )?{key}\s+)\d+$", rf"\g<1>{value}", zone, count=1)


# Payloads for names that a stranger chose: every character with a meaning in a format, and invalid UTF-8.
HOSTILE_PAYLOADS = {"quote": b'a"b', "backslash": b"a\\nb\\", "comma": b"a,b;c", "braces": b'a{x="y"}b', "hash": b"#a",
                    "odd": b"a\xff\xc3(", "control": b"a\x01\x0b\x1b[31mb", "return": b"a\rb", "wide": "\u540d\u202eb".encode(),
                    "equals": b"=1+1", "separator": "a\u2028b".encode()}
HOSTILE_NAMES = {"proc/slabinfo": rb"(?m)^(\w+)(?= +\d)", "proc/vmallocinfo": rb"(\w+)\+0x",
                 "proc/zoneinfo": rb"zone +(\w+)",
                 "proc/buddyinfo": rb"zone +(\w+)", "proc/pagetypeinfo": rb"type +(\w+)", "proc/version": rb"version (\S+)",
                 "proc/vmstat": rb"(?m)^(\w+)(?= \d)"}


def make_hostile(payload, to):
    """A capture in which every name begins with the payload."""
    shutil.copytree(os.path.join(CAPTURES, "6.12-amd64-numa"), to, symlinks=True,
                    ignore=lambda top, names: ["slab"] if top.endswith("sys/kernel") else [])
    for path, pattern in HOSTILE_NAMES.items():
        path = os.path.join(to, path)
        if not os.path.exists(path):
            continue
        with open(path, "rb") as file:
            text = file.read()
        with open(path, "wb") as file:
            file.write(re.sub(pattern, lambda m: m[0].replace(m[1], payload + m[1]), text))
    manifest = os.path.join(to, "kmeminfo.capture")
    if os.path.exists(manifest):
        os.remove(manifest)
