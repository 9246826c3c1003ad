// SPDX-License-Identifier: GPL-2.0-or-later
/* Identifies the machine: release, architecture, page size, time. */
#include "machine/host.h"
#include "model/arch.h"
#include "model/page.h"

static struct km_str read_text(struct km_machine *machine, const char *path)
{
	struct km_str text;

	return km_source_read(machine->source, path, &text, NULL) ? (struct km_str){ 0 } : text;
}

static uint64_t page_of_manifest(struct km_machine *machine)
{
	uint64_t bytes;

	if (km_str_to_u64(machine->manifest.page_bytes, &bytes) || !km_page_is_size(bytes))
		return KM_UNKNOWN;
	return bytes;
}

static uint64_t page_of_memtotal(struct km_machine *machine)
{
	struct km_str text = read_text(machine, km_files[KM_FILE_ZONEINFO].path), line, word;
	uint64_t managed = 0, pages;

	while (km_str_take_line(&text, &line))
		if (km_str_take_word(&line, &word) && km_str_eq(word, KM_STR("managed")) &&
		    km_str_take_number(&line, &pages))
			managed = km_num_add(managed, pages);
	return km_page_of_memory(km_meminfo_bytes(km_machine_meminfo(machine, KM_OPTIONAL), KM_STR("MemTotal")),
				 managed);
}

static uint64_t page_of_slabinfo(struct km_machine *machine)
{
	const struct km_slabinfo *slabinfo = km_machine_slabinfo(machine, KM_OPTIONAL);

	return slabinfo ? km_page_of_slabinfo(slabinfo) : KM_UNKNOWN;
}

static uint64_t page_of_memfree(struct km_machine *machine)
{
	const struct km_buddyinfo *buddyinfo = km_machine_buddyinfo(machine, KM_OPTIONAL);
	uint64_t pages = 0;

	for (size_t i = 0; buddyinfo && i < buddyinfo->zones.len; i++) {
		const struct km_buddyinfo_zone *zone = &buddyinfo->zones.items[i];

		for (size_t order = 0; order < zone->orders; order++)
			pages = km_num_add(pages, km_num_mul(zone->nr_free[order], 1ull << order));
	}
	return km_page_of_memory(km_meminfo_bytes(km_machine_meminfo(machine, KM_OPTIONAL), KM_STR("MemFree")),
				 pages);
}

static uint64_t page_of_pasted(struct km_machine *machine)
{
	return km_source_info(machine->source)->page_bytes;
}

static uint64_t page_of_machine(struct km_machine *machine)
{
	return km_arch_page_bytes(machine->host.machine);
}

static uint64_t (*const page_of[KM_PAGE_SOURCES])(struct km_machine *) = {
	[KM_PAGE_MANIFEST] = page_of_manifest,
	[KM_PAGE_PASTED] = page_of_pasted,
	[KM_PAGE_MEMTOTAL] = page_of_memtotal,
	[KM_PAGE_SLABINFO] = page_of_slabinfo,
	[KM_PAGE_VMALLOCINFO] = km_machine_page_of_vmallocinfo,
	[KM_PAGE_MEMFREE] = page_of_memfree,
	[KM_PAGE_MACHINE] = page_of_machine,
};

static void set_page(struct km_machine *machine, enum km_page_source from, uint64_t bytes)
{
	machine->host.page_bytes = bytes;
	machine->host.page_source = &km_page_words[from];
}

/* Reads the sources in order until one of them shows the page size. */
static void find_page(struct km_machine *machine)
{
	for (enum km_page_source from = 0; from < KM_PAGE_SOURCES; from++) {
		uint64_t bytes = page_of[from] ? page_of[from](machine) : KM_UNKNOWN;

		if (bytes == KM_UNKNOWN)
			continue;
		set_page(machine, from, bytes);
		return;
	}
	km_problem_source(&machine->problems, KM_STR("page size"),
			  "give it with --page-size, for example --page-size 4K; getconf PAGESIZE "
			  "prints it on that machine",
			  "this capture does not contain it");
}

static struct km_str first_of(struct km_str a, struct km_str b)
{
	return a.len ? a : b;
}

/* Parses "12345.67 54321.00": seconds since boot, and idle seconds. */
static uint64_t take_uptime(struct km_str text)
{
	uint64_t seconds, hundredths;
	struct km_str rest = text;

	if (!km_str_take_u64(&rest, &seconds) || !km_str_take_prefix(&rest, KM_STR(".")))
		return KM_UNKNOWN;
	text = rest;
	if (!km_str_take_u64(&rest, &hundredths) || text.len - rest.len != 2)
		return KM_UNKNOWN;
	return km_num_add(km_num_mul(seconds, 1000), hundredths * 10);
}

/* Takes a boot id, 36 hexadecimal digits and hyphens: "a1b2c3d4-...". */
static struct km_str take_boot_id(struct km_str text)
{
	struct km_str line;

	if (!km_str_take_line(&text, &line) || line.len != 36)
		return (struct km_str){ 0 };
	for (size_t i = 0; i < line.len; i++)
		if (!memchr("0123456789abcdef-", line.ptr[i], 17))
			return (struct km_str){ 0 };
	return line;
}

static bool has_highmem(struct km_machine *machine)
{
	const struct km_buddyinfo *buddyinfo = km_machine_buddyinfo(machine, KM_OPTIONAL);

	for (size_t i = 0; buddyinfo && i < buddyinfo->zones.len; i++)
		if (km_str_eq(buddyinfo->zones.items[i].zone, KM_STR("HighMem")))
			return true;
	return false;
}

/* A 64-bit compiler also builds for 32 bits, but only a 32-bit kernel has high memory. */
static struct km_str find_machine(struct km_machine *machine, const struct km_version *version)
{
	struct km_str text = read_text(machine, km_files[KM_FILE_ARCH].path), reported;

	if (!km_str_take_line(&text, &reported) || !km_str_trim(reported).len)
		reported = km_arch_of(version);
	if (km_str_eq(reported, KM_STR("x86_64")) && has_highmem(machine))
		return KM_STR("i686");
	return km_str_trim(reported);
}

static void read_manifest(struct km_machine *machine)
{
	const struct km_manifest *manifest = km_machine_manifest(machine, KM_OPTIONAL);

	if (!manifest)
		return;
	km_source_expect(machine->source, &manifest->checksums);
	if (manifest->incomplete.ptr)
		km_problem_source(&machine->problems,
				  km_source_name(machine->source, km_files[KM_FILE_MANIFEST].path),
				  "capture the machine again", "this capture is incomplete: %.*s",
				  KM_STR_ARG(manifest->incomplete));
}

static void describe_capture(struct km_machine *machine)
{
	const struct km_manifest *manifest = &machine->manifest;
	struct km_host *host = &machine->host;
	struct km_version uname, proc;

	/* comes first, because the manifest has the checksums of the other files */
	read_manifest(machine);
	uname = km_parse_uname(read_text(machine, km_files[KM_FILE_UNAME].path));
	proc = km_parse_version(read_text(machine, km_files[KM_FILE_VERSION].path));
	host->source = &km_host_sources[KM_HOST_CAPTURE];
	host->release = first_of(manifest->release, first_of(uname.release, proc.release));
	host->machine = first_of(manifest->machine,
				 find_machine(machine, uname.machines.len ? &uname : &proc));
	if (km_host_seconds(manifest->time) >= 0)
		host->time = manifest->time;
	host->uptime_ms = take_uptime(read_text(machine, km_files[KM_FILE_UPTIME].path));
	if (manifest->root.len)
		host->root = km_tri_of(km_str_eq(manifest->root, KM_STR("yes")));
}

static void describe_system(struct km_machine *machine, const struct km_facts *facts)
{
	struct km_host *host = &machine->host;

	host->source = &km_host_sources[KM_HOST_LIVE];
	host->release = facts->release;
	host->machine = facts->machine;
	host->time = km_host_time(&machine->pool, facts->time);
	host->uptime_ms = facts->uptime_ms;
	host->root = km_tri_of(facts->root);
}

void km_machine_read_host(struct km_machine *machine, uint64_t page_bytes)
{
	const struct km_facts *facts = km_source_info(machine->source);

	km_row_init(&km_host_type, &machine->host);
	if (facts->live)
		describe_system(machine, facts);
	else
		describe_capture(machine);
	machine->host.boot_id = take_boot_id(read_text(machine, km_files[KM_FILE_BOOT_ID].path));
	if (page_bytes != KM_UNKNOWN)
		set_page(machine, KM_PAGE_OPTION, page_bytes);
	else if (facts->live)
		set_page(machine, KM_PAGE_SYSCONF, facts->page_bytes);
	else
		find_page(machine);
}
