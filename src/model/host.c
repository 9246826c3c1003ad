// SPDX-License-Identifier: GPL-2.0-or-later
#include <time.h>
#include "model/host.h"
#include "model/page.h"
#include "model/pointers.h"

const struct km_word km_host_sources[KM_HOST_SOURCES + 1] = {
	[KM_HOST_LIVE] = { .key = "live", .brief = "the running system" },
	[KM_HOST_CAPTURE] = { .key = "capture", .brief = "a directory, an archive or a file named by --from" },
	[KM_HOST_LOG] = {
		.key = "log",
		.brief = "a kernel log",
		.explain = "Only the reports of the log describe the machine.",
	},
	[KM_HOST_RECORDING] = {
		.key = "recording",
		.brief = "a file that kmeminfo record wrote",
		.explain = "The time is that of the last sample.",
	},
};

const struct km_vocabulary km_host_source_vocabulary = {
	.name = "host-source",
	.brief = "how the figures were read",
	.items = km_host_sources,
	.item_size = sizeof(*km_host_sources),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_host, release, KM_TEXT), .head = "RELEASE",
	  .brief = "kernel release",
	  .explain = "As uname -r. For a capture: from its manifest, its uname -a or its "
		     "/proc/version.",
	  .origin = "uname; for a capture its own files" },
	{ KM_FIELD(struct km_host, machine, KM_TEXT), .head = "MACHINE",
	  .brief = "architecture",
	  .explain = "As uname -m. For a capture: from its own files, never from the machine that "
		     "reads it.",
	  .origin = "uname; for a capture its manifest, uname -a, /proc/sys/kernel/arch, or the "
		    "names of the release and the compiler in /proc/version" },
	{ KM_FIELD(struct km_host, page_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "PAGE",
	  .brief = "page size",
	  .explain = "Every count of pages and blocks is multiplied by it: 4 KiB on x86, 4, 16 or "
		     "64 KiB on arm64, 4 or 64 KiB on powerpc. For a capture it comes from the "
		     "capture.",
	  .origin = "sysconf; for a capture see page_source" },
	{ KM_FIELD(struct km_host, page_source, KM_WORD), .words = &km_page_source_vocabulary, .head = "PAGE-FROM",
	  .brief = "source of the page size",
	  .explain = "The fact that the page size was derived from; `kmeminfo fields page-source` "
		     "lists them. A capture never uses this machine's page size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_host, time, KM_TEXT), .flags = KM_MOMENT, .head = "TIME",
	  .brief = "when the figures were read, UTC",
	  .explain = "For a capture: when it was made, if it says so.",
	  .origin = "clock; for a capture its manifest" },
	{ KM_FIELD(struct km_host, uptime_ms, KM_COUNT), .flags = KM_PROPERTY, .head = "UPTIME",
	  .brief = "milliseconds since boot when the figures were read",
	  .explain = "Time in which the machine was suspended is in it. The difference of two is the time "
		     "between two readings of one boot, whatever happened to the clock.",
	  .origin = "CLOCK_BOOTTIME; for a capture /proc/uptime" },
	{ KM_FIELD(struct km_host, boot_id, KM_TEXT), .head = "BOOT",
	  .brief = "identity of the boot",
	  .explain = "Two readings with the same one are of one machine that was not booted in between. "
		     "Redacted captures and those of kmeminfo 0.1 do not have it.",
	  .origin = "/proc/sys/kernel/random/boot_id" },
	{ KM_FIELD(struct km_host, source, KM_WORD), .words = &km_host_source_vocabulary, .head = "SOURCE",
	  .brief = "source of the figures: live, capture, log or recording",
	  .explain = "`kmeminfo fields host-source` lists them.",
	  .origin = "--from" },
	{ KM_FIELD(struct km_host, pointers, KM_WORD), .words = &km_pointers_vocabulary, .head = "POINTERS",
	  .brief = "what the addresses in /proc/vmallocinfo are",
	  .explain = "`kmeminfo fields pointers` lists the words. Unknown when no address was read.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_host, root, KM_TRI), .head = "ROOT",
	  .brief = "whether root read the figures",
	  .explain = "Without root /proc/slabinfo, vmallocinfo and pagetypeinfo cannot be read; "
		     "everything else is still reported. For a capture: whether root made it, if "
		     "it says so.",
	  .origin = "geteuid; for a capture its manifest" },
	{ KM_FIELD(struct km_host, module, KM_TEXT), .head = "MODULE",
	  .brief = "state of the helper kernel module",
	  .explain = "Its version if its figures were read, otherwise unknown. `kmeminfo module` "
		     "explains how to load it.",
	  .origin = "/proc/kmeminfo/info" },
	{ 0 }
};

const struct km_sheet_type km_host_type = {
	.name = "host",
	.brief = "the machine that the report is about",
	.fields = fields,
	.row_size = sizeof(struct km_host),
};

static bool has_form(struct km_str text, const char *form)
{
	if (text.len != strlen(form))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (form[i] == '0' ? text.ptr[i] < '0' || text.ptr[i] > '9' : text.ptr[i] != form[i])
			return false;
	return true;
}

static int two_digits(const char *at)
{
	return (at[0] - '0') * 10 + at[1] - '0';
}

int64_t km_host_seconds(struct km_str time)
{
	struct tm tm = { 0 };

	if (!has_form(time, "0000-00-00T00:00:00Z"))
		return -1;
	tm.tm_year = two_digits(time.ptr) * 100 + two_digits(time.ptr + 2) - 1900;
	tm.tm_mon = two_digits(time.ptr + 5) - 1;
	tm.tm_mday = two_digits(time.ptr + 8);
	tm.tm_hour = two_digits(time.ptr + 11);
	tm.tm_min = two_digits(time.ptr + 14);
	tm.tm_sec = two_digits(time.ptr + 17);
	return (int64_t)timegm(&tm);
}

struct km_str km_host_time(struct km_pool *pool, int64_t seconds)
{
	time_t when = (time_t)seconds;
	struct tm tm;
	char text[64];

	if (seconds < 0 || !gmtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		return (struct km_str){ 0 };
	return km_pool_copy(pool, km_str_from(text));
}
