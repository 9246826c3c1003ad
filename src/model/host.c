// SPDX-License-Identifier: GPL-2.0-or-later
#include <time.h>
#include "model/host.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_host, release, KM_TEXT), .head = "RELEASE",
	  .brief = "kernel release",
	  .explain = "As uname -r. Of a capture what its manifest, its uname -a or its /proc/version "
		     "says.",
	  .origin = "uname; of a capture its own files" },
	{ KM_FIELD(struct km_host, machine, KM_TEXT), .head = "MACHINE",
	  .brief = "architecture",
	  .explain = "As uname -m. Of a capture it is told by its own facts, never by the machine that "
		     "reads it.",
	  .origin = "uname; of a capture its manifest, uname -a, /proc/sys/kernel/arch, or what the "
		    "release and the compiler in /proc/version are named after" },
	{ KM_FIELD(struct km_host, page_bytes, KM_BYTES), .head = "PAGE",
	  .brief = "page size",
	  .explain = "Every count of pages and blocks is multiplied by it: 4 KiB on x86, 4, 16 or 64 KiB "
		     "on arm64, 4 or 64 KiB on powerpc. Of a capture it comes from the capture.",
	  .origin = "sysconf; of a capture see page_source" },
	{ KM_FIELD(struct km_host, page_source, KM_TEXT), .head = "PAGE-FROM",
	  .brief = "how the page size is known",
	  .explain = "The fact that the page size was taken from; `kmeminfo fields page-source` lists them. "
		     "A capture's page size is never this machine's.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_host, time, KM_TEXT), .head = "TIME",
	  .brief = "when the figures were read, UTC",
	  .explain = "Of a capture: when it was taken, where it tells.",
	  .origin = "clock; of a capture its manifest" },
	{ KM_FIELD(struct km_host, source, KM_TEXT), .head = "SOURCE",
	  .brief = "live or capture",
	  .explain = "live: the running system. capture: a tree, an archive or a file named by --from.",
	  .origin = "--from" },
	{ KM_FIELD(struct km_host, pointers, KM_TEXT), .head = "POINTERS",
	  .brief = "what the addresses in /proc/vmallocinfo are",
	  .explain = "real: as they are. hashed: kernel.kptr_restrict is 0 and the kernel printed a hash, "
		     "with which nothing can be computed. zeroed: kptr_restrict hides them. "
		     "uninitialised: read so early after boot that the hash had no key yet, printed as "
		     "(____ptrval____). Unknown when no address was read.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_host, root, KM_TRI), .head = "ROOT",
	  .brief = "read by the superuser",
	  .explain = "Without root /proc/slabinfo, vmallocinfo and pagetypeinfo are refused; everything "
		     "else is still reported. Of a capture: whether the superuser took it, where it tells.",
	  .origin = "geteuid; of a capture its manifest" },
	{ KM_FIELD(struct km_host, module, KM_TEXT), .head = "MODULE",
	  .brief = "state of the helper kernel module",
	  .explain = "Its version when its figures were read, else unknown. `kmeminfo module` tells how to "
		     "load it.",
	  .origin = "/proc/kmeminfo/info" },
	{ 0 }
};

const struct km_sheet_type km_host_type = {
	.name = "host",
	.brief = "the machine that the report is about",
	.fields = fields,
	.row_size = sizeof(struct km_host),
};

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
