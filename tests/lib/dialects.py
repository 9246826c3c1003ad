# SPDX-License-Identifier: GPL-2.0-or-later
"""Kernel logs in the formats of many programs. If the program is installed, it writes the log itself (dmesg,
journalctl, rsyslogd). The other formats are written down here, with their sources."""
import email.message
import html
import json
import os
import quopri
import re
import shutil
import signal
import socket
import struct
import subprocess
import time

START = 1790000000  # a Monday, 2026-09-21 14:13:20 UTC
JOURNAL_REMOTE = next((path for path in ("/usr/lib/systemd/systemd-journal-remote",
                                         "/lib/systemd/systemd-journal-remote") if os.path.exists(path)), None)
STAMPED = re.compile(r"^\[ *(\d+\.\d+)\] ?(.*)$")
# Lines that no dialect may pass on: another program that mentions a kill.
STRANGER = "Out of memory: Killed process 1 (init) total-vm:4000kB, anon-rss:400kB, file-rss:0kB, shmem-rss:0kB"


class Message:
    """The text of one printk(). Mem-Info's totals are several lines of one message."""
    def __init__(self, seconds, lines, number):
        self.seconds, self.lines, self.number = seconds, lines, number
        self.level = 4 if number % 3 else 6

    @property
    def clock(self):
        """A wall clock that never goes back in a log: one millisecond per message."""
        return START + self.number / 1000

    def wall(self, form):
        return time.strftime(form, time.gmtime(self.clock))


def messages(text):
    """The messages of a log as dmesg prints it."""
    out = []
    for line in text.splitlines():
        match = STAMPED.match(line)
        if out and match and re.match(r" \w+:\d", match[2]) and re.match(r"active_anon:|nr_inactive", out[-1].lines[0]):
            out[-1].lines.append(match[2])
        elif match:
            out.append(Message(float(match[1]), [match[2]], len(out)))
        else:
            out.append(Message(out[-1].seconds if out else 0.0, [line], len(out)))
    return out


def each_line(prefix):
    """Puts the prefix in front of every line, also within one message."""
    return lambda log: "".join(f"{prefix(m)}{line}\n" for m in log for line in m.lines)


def indented(prefix):
    """Puts the prefix in front of a message, and its further lines below, as dmesg and journalctl do."""
    def write(log):
        for m in log:
            first = prefix(m)
            yield f"{first}{m.lines[0]}\n"
            for line in m.lines[1:]:
                yield " " * len(first) + line + "\n"
    return lambda log: "".join(write(log))


def one_line(prefix, newline):
    """Writes a message on one line, with its line feeds encoded."""
    return lambda log: "".join(f"{prefix(m)}{newline.join(m.lines)}\n" for m in log)


def uptime(m):
    return f"[{m.seconds:12.6f}] "


def syslog(m):
    return m.wall("%b %e %H:%M:%S ")


def iso(m, fraction=6):
    return m.wall("%Y-%m-%dT%H:%M:%S") + f".{m.number % 1000:03}" + "0" * (fraction - 3)


def strangers(writer, line):
    """Adds another program's messages between the kernel's."""
    def write(log):
        for i in range(0, len(log), 7):
            yield line(log[i])
            yield writer(log[i:i + 7])
    return lambda log: "".join(write(log))


def container(log):
    """Container runtimes split lines above their limit (P: partial, F: full)."""
    for m in log:
        for line in m.lines:
            text = uptime(m) + line
            head = f"{iso(m, 9)}Z stdout "
            if len(text) > 120:
                yield f"{head}P {text[:100]}\n{head}F {text[100:]}\n"
            else:
                yield f"{head}F {text}\n"


def docker(log):
    for m in log:
        for line in m.lines:
            yield json.dumps({"log": uptime(m) + line + "\n", "stream": "stdout", "time": iso(m, 9) + "Z"}) + "\n"


def tagged(log):
    """Android's log daemon extracts a name from the message, pads it, and prints it in front."""
    for m in log:
        for line in m.lines:
            tag, colon, text = line.partition(": ")
            head = m.wall("%m-%d %H:%M:%S") + f".{m.number % 1000:03}     0     0 W "
            if colon and re.fullmatch(r"[a-z_]+", tag):
                yield f"{head}{tag:<8}: {text}\n"
            else:
                yield f"{head}: {line}\n"


def ramoops(log):
    """Parts of a dump, each with its own head; pstore writes them with levels."""
    yield f"====1790000000.123456-D\nPanic#1 Part1\n"
    for m in log:
        if m.number % 500 == 499:
            yield f"Panic#1 Part{m.number // 500 + 2}\n"
        for line in m.lines:
            yield f"<{m.level}>{uptime(m)}{line}\n"


def human(log):
    """dmesg -H with a clock whose minute changes now and then."""
    for m in log:
        first = m.wall("[%b%d %H:%M] ") if not m.number % 50 else "[  +0.000100] "
        for i, line in enumerate(m.lines):
            yield (first if not i else "[  +0.000000] ") + line + "\n"


def dmesg_json(log):
    """dmesg -J from /dev/kmsg. With -F, dmesg prints something else, which is wrong."""
    rows = ("      {\n" + f'         "pri": {m.level},\n         "time": {m.seconds:12.6f},\n         "msg": ' +
            json.dumps("\n".join(m.lines)) + "\n      }" for m in log)
    return '{\n   "dmesg": [\n' + ",".join(rows).replace("},      {", "},{") + "\n   ]\n}\n"


def wide(log):
    return ("\ufeff" + each_line(uptime)(log).replace("\n", "\r\n")).encode("utf-16-le")


def coloured(log):
    """dmesg -L=always"""
    for m in log:
        for line in m.lines:
            tag, colon, text = line.partition(": ")
            yield f"\033[32m{uptime(m)}\033[0m" + (f"\033[33m{tag}: \033[0m\033[1m{text}\033[0m\n" if colon
                                                    else line + "\n")


def joined(generator):
    return lambda log: "".join(generator(log))


def wrap_line(line, width):
    """Wraps lines like mail programs: at the last blank that fits, or otherwise at the first one. The
    continuation has no prefix."""
    while len(line) > width:
        at = line.rfind(" ", 0, width + 1)
        if not line[:max(at, 0)].strip():
            at = line.find(" ", width)
        if at < 0:
            break
        yield line[:at]
        line = line[at + 1:]
    yield line


def wrapped(width, prefix, quote=""):
    return lambda log: "".join(f"{quote}{part}\n" for line in each_line(prefix)(log).splitlines()
                               for part in wrap_line(line, width))


def cut(width, prefix, quote=""):
    """A copy from a terminal, which cuts lines at its width, even inside words."""
    def write(log):
        lines = each_line(prefix)(log).splitlines()
        return "".join(f"{quote}{line[at:at + width]}\n" for line in lines for at in range(0, max(len(line), 1), width))
    return write


def mail(log):
    """Quoted-printable, encoded by Python's own library."""
    message = email.message.EmailMessage()
    message["Subject"] = "OOM"
    message.set_content(each_line(lambda m: "> " + uptime(m))(log), cte="quoted-printable")
    return message.as_string()


def ending(prefix, begin, end, escape=lambda line: line):
    return lambda log: "".join(f"{begin}{escape(line)}{end}\n" for line in each_line(prefix)(log).splitlines())


def csv_cell(text):
    return '"' + text.replace('"', '""') + '"'


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def long_form(log):
    """logcat -v long: a head, the lines of the message, an empty line."""
    for m in log:
        yield f"[ {m.wall('%m-%d %H:%M:%S')}.{m.number % 1000:03}     0:    0 W/         ]\n" + "\n".join(m.lines) + "\n\n"


def pstore_parts(log):
    """The parts of a dump as a file system lists them: the newest lines are in part 1."""
    lines = each_line(lambda m: f"<{m.level}>{uptime(m)}")(log).splitlines(keepends=True)
    size = min(len(lines) // 4 + 1, 100)
    parts = ["".join(lines[at:at + size]) for at in range(0, len(lines), size)]
    return "".join(f"Panic#1 Part{i + 1}\n{part}" for i, part in enumerate(reversed(parts)))


def rows(log):
    return [(m, uptime(m) + line) for m in log for line in m.lines]


# Formats that are recognized by line ends, or in the first 64 KiB. Such a log cannot be found inside another
# one.
EDGES = {
    "terminal of 80 columns": cut(80, uptime),
    "terminal of 100 columns, quoted": cut(100, uptime, "> "),
    "syslog on a terminal of 132 columns": cut(132, lambda m: syslog(m) + "guest kernel: "),
    "CSV": ending(uptime, '"2026-11-23 09:10:00","guest","kernel","', '"', lambda line: line.replace('"', '""')),
    "CSV, no time of the kernel": ending(lambda m: "", '"2026-11-23 09:10:00","guest","kernel","', '"',
                                         lambda line: line.replace('"', '""')),
    "code in Markdown": ending(uptime, "`", "`"),
    "bold in Markdown": ending(uptime, "**", "**"),
    "a table in Markdown": ending(uptime, "| ", " |"),
    "a list in JSON": lambda log: json.dumps(each_line(uptime)(log).splitlines(), indent=1),
    "Ansible": lambda log: json.dumps({"changed": True, "stdout_lines": each_line(uptime)(log).splitlines()}, indent=4),
    "a string of JSON": lambda log: json.dumps(each_line(uptime)(log)),
    "newest line first": lambda log: "".join(reversed(each_line(uptime)(log).splitlines(keepends=True))),
    "syslog, newest line first": lambda log: "".join(reversed(
        one_line(lambda m: syslog(m) + "guest kernel: ", "#012")(log).splitlines(keepends=True))),
    "newest line first, Windows' redirection": lambda log: ("\ufeff" + "".join(reversed(
        each_line(uptime)(log).splitlines(keepends=True)))).encode("utf-16-le"),
    "fold -s of a quoted mail": lambda log: subprocess.run(["fold", "-s", "-w", "78"], text=True, capture_output=True, check=True,
        input="".join(f"> {line}\n" for line in each_line(uptime)(log).splitlines())).stdout,
    "all in one line, line feeds as \\n": lambda log: each_line(uptime)(log).replace("\n", "\\n"),
    "a caller without a time, notime": each_line(lambda m: "[   T77] "),
    "line feeds lost": lambda log: each_line(uptime)(log).replace("\n", " "),
    "CSV with names of columns": lambda log: "@timestamp,@message,@logStream\n" + "".join(
        f"{m.wall('%Y-%m-%d %H:%M:%S.000')},{csv_cell(text)},i-01\n" for m, text in rows(log)),
    "CSV, quoted where needed": lambda log: "timestamp,message\n" + "".join(
        f"{int(m.clock * 1000)},{csv_cell(text) if ',' in text or chr(34) in text else text}\n" for m, text in rows(log)),
    "CSV, messages of several lines": lambda log: "_raw,host\n" + "".join(
        csv_cell(f"{syslog(m)}guest kernel: {uptime(m)}" + "\n".join(m.lines)) + ",guest\n" for m in log),
    "CSV, columns behind the message": lambda log: "".join(
        f"guest,{csv_cell(text)},{m.number}\n" for m, text in rows(log)),
    "logfmt": lambda log: "".join(f'time="{iso(m)}Z" level=info msg="{escaped(text)}"\n' for m, text in rows(log)),
    "console of a guest in kata's log": lambda log: "".join(
        f'time="{iso(m)}Z" level=debug msg="reading guest console" vmconsole="{escaped(text)}" sandbox=1\n'
        for m, text in rows(log)),
    "fluentd": lambda log: "".join(f"{iso(m)[:19]}+00:00\tkernel\t{json.dumps({'message': text})}\n" for m, text in rows(log)),
    "Fluent Bit": lambda log: "".join(f'[{m.number % 9}] kmsg: [{m.clock:.6f}, {{"priority"=>4, "msg"=>"{escaped(text)}"}}]\n'
                                      for m, text in rows(log)),
    "NX-OS": lambda log: "".join(f"{m.wall('%Y %b %e %H:%M:%S')} sw1 %KERN-{m.level}-SYSTEM_MSG: {text} - kernel\n"
                                 for m, text in rows(log)),
    "cat -A": lambda log: each_line(uptime)(log).replace("\n", "^M$\n"),
    "a box": lambda log: "".join(f"\u2502 {text.ljust(100)} \u2502\n" for m, text in rows(log)),
    "logcat -v long": joined(long_form),
    "pstore, newest part first": pstore_parts,
    "UTF-16 without a mark": lambda log: each_line(uptime)(log).encode("utf-16-le"),
    "UTF-16, big-endian, without a mark": lambda log: each_line(uptime)(log).encode("utf-16-be"),
    "a list in one line": lambda log: json.dumps([text for m, text in rows(log)]),
    "a list of Python": lambda log: repr([text for m, text in rows(log)]),
    "an attribute of XML": lambda log: '<failure message="' + html.escape(each_line(uptime)(log)).replace("\n", "&#10;") + '"/>\n',
    "Loki": lambda log: json.dumps({"status": "success", "data": {"result": [{"stream": {"job": "j"}, "values": [
        [str(int(m.clock * 1000000) * 1000), text] for m, text in rows(log)]}]}}),
    "OpenTelemetry": lambda log: json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [
        {"timeUnixNano": "1", "body": {"stringValue": text}} for m, text in rows(log)]}]}]}),
    "colours as ^[": lambda log: joined(coloured)(log).replace("\033", "^["),
    "colours as \\u001b": lambda log: joined(coloured)(log).replace("\033", "\\u001b"),
    "colours behind U+FFFD": lambda log: joined(coloured)(log).replace("\033", "\ufffd"),
    "less -N of dmesg -t": lambda log: "".join(f"{i + 1:7} {line}\n" for i, line in enumerate(each_line(lambda m: "")(log).splitlines())),
    "grep -n of dmesg -t": lambda log: "".join(f"{i + 1}:{line}\n" for i, line in enumerate(each_line(lambda m: "")(log).splitlines())),
    "numbers above the lines": lambda log: "".join(f"{i + 1}.\n{line}\n" for i, line in enumerate(each_line(uptime)(log).splitlines())),
    "dmesg -t in a patch": each_line(lambda m: "+"),
    "dmesg -t as comments": each_line(lambda m: " * "),
    "dmesg -t as a list": each_line(lambda m: "- "),
    "dashes that word processors use": lambda log: each_line(uptime)(log).replace("-", "\u2011"),
    "a web page, all signs as numbers": lambda log: each_line(uptime)(log).replace("-", "&#45;").replace("[", "&#x5b;"),
    "netconsole through syslog": each_line(lambda m: syslog(m) + "10.0.0.5 "),
    "extended netconsole through syslog": one_line(
        lambda m: syslog(m) + f"10.0.0.5 {m.level},{m.number},{int(m.seconds * 1e6)},-;", "\\x0a"),
    "extended netconsole with its release": one_line(
        lambda m: f"6.12.0-1,{m.level},{m.number},{int(m.seconds * 1e6)},-;", "\\x0a"),
    "metalog": each_line(lambda m: syslog(m) + "[kernel] "),
    "syslog of F5": each_line(lambda m: syslog(m) + "bigip1 err kernel: : "),
    "LinuxKit": each_line(lambda m: f"[{iso(m, 9)}Z][kmsg] {uptime(m)}"),
    "logcat -v epoch": each_line(lambda m: f"{int(m.clock):>17}.{m.number % 1000:03}     0     0 W         : "),
    "tabs between fields, no time of the kernel": each_line(lambda m: m.wall("%m/%d/%Y\t%Y-%m-%d %H:%M:%S") + "\tguest\tkernel\t"),
    **{f"JSON, {key}": lambda log, key=key: "".join(json.dumps({"time": iso(m) + "Z", "host": "guest", key: text}) + "\n"
                                                   for m, text in rows(log))
       for key in ("short_message", "SyslogMessage", "Body", "event", "rawMessage", "_msg")},
}

# The source of each format, and the program that writes it.
WRITTEN = {
    "dmesg": each_line(uptime),
    "dmesg, lines below the first": indented(uptime),
    "dmesg -t": each_line(lambda m: ""),
    "dmesg -T": each_line(lambda m: m.wall("[%a %b %e %H:%M:%S %Y] ")),
    "dmesg -T, German": each_line(lambda m: m.wall("[Mo %b %e %H:%M:%S %Y] ")),
    "dmesg -x of a caller": indented(lambda m: f"kern  :warn  : [{m.seconds:12.6f}] [   T77] "),
    "dmesg -H": joined(human),
    "dmesg -J": dmesg_json,
    "dmesg -L=always": joined(coloured),
    "dmesg -L=always, escape characters lost": lambda log: joined(coloured)(log).replace("\033", ""),
    "dmesg -r": each_line(lambda m: f"<{m.level}>{uptime(m)}"),
    "printk.time and caller": each_line(lambda m: f"[{m.seconds:12.6f}][   C3] "),
    "/dev/kmsg": one_line(lambda m: f"{m.level},{m.number},{int(m.seconds * 1e6)},-;", "\\x0a"),
    "/dev/kmsg, caller": one_line(lambda m: f"{m.level},{m.number},{int(m.seconds * 1e6)},-,caller=T77;", "\\x0a"),
    "/dev/kmsg, keys": lambda log: one_line(lambda m: f"{m.level},{m.number},{int(m.seconds * 1e6)},-;", "\\x0a")(log)
        .replace("\n", "\n SUBSYSTEM=pci\n DEVICE=+pci:0000:00:01.0\n"),
    "rsyslog": one_line(lambda m: syslog(m) + "guest kernel: " + uptime(m), "#012"),
    "rsyslog without the kernel's time": one_line(lambda m: syslog(m) + "guest kernel: ", "#012"),
    "rsyslog, RFC 3339": one_line(lambda m: iso(m) + "+00:00 guest kernel: " + uptime(m), "#012"),
    "rsyslog, octal with a backslash": one_line(lambda m: syslog(m) + "guest kernel: ", "\\012"),
    "rsyslog beside others": strangers(one_line(lambda m: syslog(m) + "guest kernel: ", "#012"),
                                       lambda m: f"{syslog(m)}guest systemd[1]: {STRANGER}\n"),
    "syslog of RHEL 7 beside others": strangers(one_line(lambda m: syslog(m) + "guest kernel: ", "#012"),
                                                lambda m: f"{syslog(m)}guest systemd: {STRANGER}\n"),
    "RFC 3164": one_line(lambda m: f"<{m.level}>{syslog(m)}guest kernel: " + uptime(m), "#012"),
    "RFC 5424": one_line(lambda m: f"<{m.level}>1 {iso(m)}Z guest kernel - - - ", "#012"),
    "RFC 5424 beside others": strangers(
        one_line(lambda m: f"<{m.level}>1 {iso(m)}Z guest kernel - - - " + uptime(m), "#012"),
        lambda m: f"<30>1 {iso(m)}Z guest init 1 - - {STRANGER}\n"),
    "RFC 5424, structured data": one_line(
        lambda m: f"<{m.level}>1 {iso(m)}Z guest kernel - - [meta sequenceId=\"{m.number}\"] ", "#012"),
    "busybox syslogd": each_line(lambda m: syslog(m) + "OpenWrt kern.warn kernel: " + uptime(m)),
    "OpenWrt logread": each_line(lambda m: m.wall("%a %b %e %H:%M:%S %Y ") + "kern.warn kernel: " + uptime(m)),
    "Kubernetes, CRI": joined(container),
    "Kubernetes, syslog in CRI": each_line(lambda m: f"{iso(m, 9)}Z stdout F {syslog(m)}node kernel: " + uptime(m)),
    "kubectl logs --prefix": each_line(lambda m: "[pod/dmesg-x7k2p/dmesg] " + uptime(m)),
    "kubectl logs --timestamps": each_line(lambda m: f"{iso(m, 9)}Z " + uptime(m)),
    "node-problem-detector": each_line(
        lambda m: m.wall("I%m%d %H:%M:%S") + f".{m.number % 1000:03}000       1 log_monitor.go:160] " + uptime(m)),
    "Docker": joined(docker),
    "docker compose logs": each_line(lambda m: "monitor-1  | " + uptime(m)),
    "Talos": each_line(lambda m: f"kern: warning: [{iso(m, 9)}Z]: "),
    "Talos, several nodes": each_line(lambda m: f"10.5.0.2: kern:    info: [{iso(m, 9)}Z]: "),
    "logcat -b kernel": joined(tagged),
    "logcat -b kernel -v brief": each_line(lambda m: "W/        (    0): "),
    "last_kmsg": each_line(lambda m: f"[{m.seconds:12.6f} / 08-10 12:34:56.{m.number % 1000:03}] "),
    "kernel of Qualcomm": each_line(lambda m: f"<{m.level}>[{m.seconds:12.6f},{m.number % 4}] "),
    "kernel of Amlogic": each_line(lambda m: f"[{m.seconds:12.6f}@{m.number % 4}]  "),
    "kernel of MediaTek": each_line(lambda m: f"<{m.level}>[{m.seconds:12.6f}]  ({m.number % 4})[77:tail]"),
    "kernel of Samsung": each_line(lambda m: f"<{m.level}>[{m.seconds:12.6f}]  [{m.number % 4}:           tail:   77] "),
    "kernel of Huawei": each_line(lambda m: f"<{m.level}>[{m.seconds:12.6f}s][pid:77,cpu{m.number % 4},tail]"),
    "Android with thread and CPU": each_line(lambda m: f"[{m.seconds:12.6f}][ T77@C{m.number % 4}] "),
    "pstore": joined(ramoops),
    "crash log -T": each_line(lambda m: m.wall("[%a %b %e %H:%M:%S UTC %Y] ")),
    "serial console": lambda log: each_line(uptime)(log).replace("\n", "\r\n"),
    "serial console, two carriage returns": lambda log: each_line(uptime)(log).replace("\n", "\r\r\n"),
    "serial console, carriage return first": lambda log: each_line(uptime)(log).replace("\n", "\n\r"),
    "serial console, a prompt in front": each_line(
        lambda m: ("debian login: " if m.number % 9 == 8 else "") + uptime(m)),
    "terminal program with times": each_line(lambda m: m.wall("[%H:%M:%S") + f".{m.number % 1000:03}] " + uptime(m)),
    "two times in brackets": each_line(lambda m: f"[{m.seconds:12.6f}] [09-21 14:13:20.{m.number % 10}] "),
    "ts": each_line(lambda m: m.wall("%b %d %H:%M:%S ") + uptime(m)),
    "quoted mail": each_line(lambda m: "> " + uptime(m)),
    "mail quoted twice": each_line(lambda m: ">> " + syslog(m) + "guest kernel: "),
    "mail quoted with bars": each_line(lambda m: "| " + uptime(m)),
    "mail wrapped at 72": wrapped(72, uptime),
    "mail wrapped at 78, then quoted": wrapped(78, uptime, "> "),
    "syslog in a mail wrapped at 76": wrapped(76, lambda m: syslog(m) + "guest kernel: "),
    "dmesg -t, wrapped at 70": wrapped(70, lambda m: ""),
    "dmesg -t, wrapped at 80": wrapped(80, lambda m: ""),
    "mail wrapped at 60": wrapped(60, uptime),
    "no-break spaces": lambda log: each_line(uptime)(log).replace("  ", "\u00a0 "),
    "0x as a web page shows it": lambda log: re.sub(r"\b0x", "0\u00d7", each_line(uptime)(log)),
    "logcli": each_line(lambda m: iso(m) + 'Z {host="a", job="journal"} ' + uptime(m)),
    "tabs between fields": each_line(lambda m: syslog(m).rstrip() + "\tguest\tkernel\t" + uptime(m)),
    "syslog without kernel:": each_line(lambda m: syslog(m) + "guest " + uptime(m)),
    "a mail as it was sent": mail,
    "a mail whose head was cut off": lambda log: quopri.encodestring(each_line(uptime)(log).encode()).decode(),
    "indented as code": each_line(lambda m: "    " + uptime(m)),
    "grep -n": lambda log: "".join(f"{i + 1}:{line}\n" for i, line in
                                   enumerate(each_line(uptime)(log).splitlines())),
    "grep of several files": each_line(lambda m: "/var/log/kern.log.1:" + syslog(m) + "guest kernel: "),
    "cat -n": lambda log: "".join(f"{i + 1:6}\t{line}\n" for i, line in
                                  enumerate(each_line(uptime)(log).splitlines())),
    "a web page": lambda log: "<pre>" + html.escape(each_line(lambda m: f"<{m.level}>{uptime(m)}")(log)) + "</pre>\n",
    "a web page, lines end with a tag": lambda log: html.escape(each_line(uptime)(log)).replace("\n", "<br />\n"),
    "a web page in colours": lambda log: "".join(
        f'<span class="line">{html.escape(line)}</span>\n' for line in each_line(uptime)(log).splitlines()),
    "Windows' redirection": wide,
    "a byte order mark": lambda log: "\ufeff" + each_line(uptime)(log),
    "line feeds as \\n": one_line(uptime, "\\n"),
    "line feeds as \\x0a": one_line(uptime, "\\x0a"),
    "a JSON text in a JSON text": lambda log: "".join(
        json.dumps({"message": json.dumps(uptime(m) + "\n".join(m.lines))[1:-1]}) + "\n" for m in log),
    "Elastic": lambda log: "".join(json.dumps({"@timestamp": iso(m) + "Z", "message": line, "host": {"name": "guest"},
                                               "log": {"syslog": {"priority": m.level}}}) + "\n"
                                   for m in log for line in m.lines),
    "Google Cloud": lambda log: json.dumps([{"jsonPayload": {"MESSAGE": "\n".join(m.lines), "_TRANSPORT": "kernel"},
                                             "timestamp": iso(m) + "Z"} for m in log], indent=2) + "\n",
    "CloudWatch": lambda log: json.dumps({"events": [{"timestamp": int(m.clock * 1000), "message": uptime(m) + line}
                                                     for m in log for line in m.lines]}) + "\n",
    "console output of EC2": lambda log: json.dumps({"InstanceId": "i-0", "Output": each_line(uptime)(log)
                                                     .replace("\n", "\r\n")}, indent=4) + "\n",
}

# ------------------------------------------------------------- programs that write their own format

# -J is written above: for a file, util-linux 2.38 repeats all following text in each message
DMESG = ["", "-T", "-d", "-e", "-H", "-x", "-r", "-t", "-T -d", "-t -d", "-x -T", "-x -e", "-x -d",
         "-H -L=always", "-x -L=always", *(f"--time-format={form}" for form in ("delta", "reltime", "ctime", "iso", "notime"))]


def dmesg(log, folder):
    """{options: output} of dmesg(1), which reads a file with the format of the syslog system call."""
    path = os.path.join(folder, "syslog")
    with open(path, "w", encoding="utf-8") as file:
        file.write(each_line(lambda m: f"<{m.level}>[{m.seconds:5.6f}] ")(log))
    for options in DMESG:
        done = subprocess.run(["dmesg", "-P", "-F", path, *options.split()], capture_output=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"})
        if not done.returncode:
            yield f"dmesg(1) {options}", done.stdout


def _field(name, value):
    value = value.encode()
    if b"\n" in value:
        return name.encode() + b"\n" + struct.pack("<Q", len(value)) + value + b"\n"
    return name.encode() + b"=" + value + b"\n"


def _entry(m, fields):
    out = {"__CURSOR": f"i={m.number}", "__REALTIME_TIMESTAMP": str(START * 1000000 + m.number * 1000),
           "__MONOTONIC_TIMESTAMP": str(m.number * 1000 + 1000000), "_BOOT_ID": "0123456789abcdef" * 2,
           "_HOSTNAME": "guest", "PRIORITY": str(m.level), **fields}
    return b"".join(_field(*item) for item in out.items()) + b"\n"


def export(log):
    """The log as a journal's export, with other programs' messages between the kernel's."""
    for m in log:
        yield _entry(m, {"SYSLOG_FACILITY": "0", "SYSLOG_IDENTIFIER": "kernel", "_TRANSPORT": "kernel",
                         "_SOURCE_MONOTONIC_TIMESTAMP": str(m.number * 1000), "MESSAGE": "\n".join(m.lines)})
        if not m.number % 11:
            yield _entry(m, {"SYSLOG_FACILITY": "3", "SYSLOG_IDENTIFIER": "systemd", "_TRANSPORT": "journal",
                             "_PID": "1", "MESSAGE": STRANGER + "\nand more of it"})


JOURNALCTL = ["short", "short-full", "short-iso", "short-iso-precise", "short-precise", "short-monotonic",
              "short-delta", "short-unix", "verbose", "export", "json", "json-pretty", "json-sse", "json-seq",
              "with-unit"]


def journalctl(log, folder):
    """{options: output} of journalctl(1), from a journal that systemd-journal-remote made from an export."""
    source, journal = os.path.join(folder, "export"), os.path.join(folder, "log.journal")
    with open(source, "wb") as file:
        file.writelines(export(log))
    subprocess.run([JOURNAL_REMOTE, "-o", journal, source], capture_output=True, check=True)
    for form in JOURNALCTL:
        for more in ([], ["--no-hostname"], ["-r"]):
            if more and not form.startswith("short") and form != "with-unit":
                continue
            done = subprocess.run(["journalctl", "--file", journal, "-q", "-a", "-o", form, *more], check=True,
                                  capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"})
            yield " ".join(["journalctl -o", form, *more]), done.stdout
    # only the kernel's messages: without names nothing distinguishes the others
    done = subprocess.run(["journalctl", "--file", journal, "-q", "-a", "-o", "cat", "_TRANSPORT=kernel"], check=True,
                          capture_output=True)
    yield "journalctl -o cat", done.stdout


RSYSLOG = {"RSYSLOG_TraditionalFileFormat": "traditional", "RSYSLOG_FileFormat": "file",
           "RSYSLOG_SyslogProtocol23Format": "protocol-23"}


def rsyslog(log, folder):
    """{template: file} of rsyslogd(8), which receives the messages as from a kernel log daemon."""
    path = os.path.join(folder, "socket")  # may be longer than an address of a socket
    outputs = {name: os.path.join(folder, file) for name, file in RSYSLOG.items()}
    inside = os.open(folder, os.O_PATH)
    short = f"/proc/self/fd/{inside}/socket"
    with open(os.path.join(folder, "rsyslog.conf"), "w", encoding="utf-8") as file:
        file.write('global(maxMessageSize="64k")\nmodule(load="imuxsock" SysSock.Use="off")\n'
                   f'input(type="imuxsock" Socket="{short}" RateLimit.Interval="0")\n')
        file.writelines(f'action(type="omfile" file="{output}" template="{name}")\n' for name, output in outputs.items())
    daemon = subprocess.Popen(["rsyslogd", "-n", "-f", file.name, "-i", os.path.join(folder, "pid")],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[inside])
    try:
        for _ in range(600):
            if os.path.exists(path):
                break
            time.sleep(0.1)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.connect(short)
            for m in log:
                sender.send(f"<{m.level}>{syslog(m)}kernel: {uptime(m)}".encode() + "\n".join(m.lines).encode())
            sender.send(f"<{4}>{syslog(log[-1])}end: of the log".encode())
        for _ in range(200):
            if all(os.path.exists(o) and b"of the log" in _read(o)[-200:] for o in outputs.values()):
                break
            time.sleep(0.1)
    finally:
        os.close(inside)
        daemon.send_signal(signal.SIGTERM)
        daemon.wait()
    for name, output in outputs.items():
        yield f"rsyslogd, {name}", _read(output)


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def programs():
    """{name: function} of the installed programs."""
    return {name: function for name, function, found in (
        ("dmesg", dmesg, shutil.which("dmesg")),
        ("journalctl", journalctl, shutil.which("journalctl") and JOURNAL_REMOTE),
        ("rsyslogd", rsyslog, shutil.which("rsyslogd"))) if found}
