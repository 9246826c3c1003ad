# SPDX-License-Identifier: GPL-2.0-or-later
"""The checksums of a recording's pages, computed from their description (sqlite.org/cksumvfs.html)."""
import contextlib
import sqlite3
import struct

RESERVED = 8


def page_size(data):
    size = int.from_bytes(data[16:18], "big")
    return 65536 if size == 1 else size


def sum_of(page):
    """Of one page, without its last 8 bytes."""
    first = second = 0
    words = struct.unpack(f"<{(len(page) - RESERVED) // 4}I", page[:-RESERVED])
    for one, two in zip(words[::2], words[1::2]):
        first = first + one + second & 0xffffffff
        second = second + two + first & 0xffffffff
    return struct.pack("<2I", first, second)


def wrong_pages(data):
    """Numbers of the pages whose checksum is not theirs."""
    size = page_size(data)
    pages = (data[at:at + size] for at in range(0, len(data), size))
    return [number for number, page in enumerate(pages, 1) if sum_of(page) != page[-RESERVED:]]


def seal(data):
    """The same file, with the checksums that its pages must have."""
    size, out = page_size(data), bytearray(data)
    for number in wrong_pages(data):
        end = number * size
        out[end - RESERVED:end] = sum_of(bytes(out[end - size:end]))
    return bytes(out)


def without(file, copy, version):
    """The same recording in a new file, as versions 1 and 2 were: pages without checksums."""
    with contextlib.closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA page_size = 16384")
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("ATTACH ? AS old", (file,))
        for kind, name, sql in database.execute("SELECT type, name, sql FROM old.sqlite_master WHERE sql IS NOT NULL").fetchall():
            database.execute(sql)
            if kind == "table":
                columns = ", ".join(row[1] for row in database.execute(f"PRAGMA table_info({name})"))
                database.execute(f"INSERT INTO {name}({columns}) SELECT {columns} FROM old.{name}")
        if version < 2:
            database.execute("ALTER TABLE sample DROP COLUMN reports")
            database.execute("ALTER TABLE changes DROP COLUMN sum")
        database.execute(f"PRAGMA application_id = {0x4b4d454d}")
        database.execute(f"PRAGMA user_version = {version}")
        database.commit()
        database.execute("DETACH old")
        database.execute("PRAGMA journal_mode = WAL")


@contextlib.contextmanager
def edited(file):
    """A connection that may change a recording. Other programs do not know its checksums: they are set at the end."""
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        yield database
    with open(file, "rb+") as out:
        data = seal(out.read())
        out.seek(0)
        out.write(data)
