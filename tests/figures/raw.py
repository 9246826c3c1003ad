# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading a captured machine's files plainly, without kmeminfo."""
import os
import re

from tap import CAPTURES


PAGE = 4096  # of the capture that is looked at; suite figures sets it


def page_of(capture):
    """Bytes of a page, as the people who captured the machine knew them."""
    with open(os.path.join(CAPTURES, capture, "ORIGIN"), encoding="utf-8") as file:
        told = re.search(r"pages of (\d+) KiB", file.read())
    return int(told[1]) * 1024 if told else 4096


def lines(capture, path):
    with open(os.path.join(CAPTURES, capture, path), encoding="utf-8") as file:
        return file.read().splitlines()


def meminfo(capture):
    """{key: bytes}"""
    return {key: int(value) * 1024 for key, value in
            (re.match(r"(\S+):\s+(\d+)", line).groups() for line in lines(capture, "proc/meminfo"))}


def by_zone(capture, path):
    """{(node, zone): words that follow}"""
    found = {}
    for line in lines(capture, path):
        match = re.match(r"Node (\d+), zone\s+(\S+)\s+(.*)", line)
        found[int(match[1]), match[2]] = match[3].split()
    return found


def differ(name, got, expected):
    """A line for every figure that is not as expected; both are {key: value}."""
    for key in expected:
        if got.get(key) != expected[key]:
            yield f"{name}: {key} is {got.get(key)}, should be {expected[key]}"
