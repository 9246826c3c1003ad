// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-share.h"

void km_logshare_lose(struct km_logshare *share, uint64_t number)
{
	if (!share->facts.lost++)
		share->facts.lost_line = number;
}

/* The beginnings of messages at boot and about devices: for a log without any time or name. */
static bool is_kernel_text(struct km_str text)
{
	static const struct km_str beginnings[] = {
		KM_STR_INIT("Linux version "), KM_STR_INIT("Command line: "), KM_STR_INIT("Kernel command line: "),
		KM_STR_INIT("BIOS-e820: "), KM_STR_INIT("Call Trace:"), KM_STR_INIT("Call trace:"),
		KM_STR_INIT("Mem-Info"), KM_STR_INIT("Memory: "), KM_STR_INIT("ACPI: "), KM_STR_INIT("pci 0000:"),
		KM_STR_INIT("usb 1-"), KM_STR_INIT("EXT4-fs"), KM_STR_INIT("CPU: "), KM_STR_INIT("Freeing unused "),
		KM_STR_INIT("Booting Linux "), KM_STR_INIT("audit: type="), KM_STR_INIT("Node 0 "),
	};

	text = km_str_trim(text);
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (km_str_starts(text, beginnings[i]))
			return true;
	return false;
}

/* "-- No entries --", "-- Boot 6a62 --" */
static bool is_note_of_journal(struct km_str text)
{
	text = km_str_trim(text);
	return km_str_starts(text, KM_STR("-- ")) && km_str_ends(text, KM_STR(" --"));
}

void km_logshare_count(struct km_logshare *share, const struct km_logline *line)
{
	struct km_logtext_counts *facts = &share->facts;
	bool marked = line->stamped || line->owner == KM_LOG_KERNEL;

	facts->other = facts->other || line->owner == KM_LOG_OTHER || is_note_of_journal(line->kline.text);
	if (line->owner == KM_LOG_OTHER)
		return;
	facts->kernel_lines += marked;
	facts->kernel = facts->kernel || marked || is_kernel_text(line->kline.text);
}

uint64_t km_logshare_time(struct km_logshare *share, const struct km_logline *line)
{
	if (line->uptime != KM_UNKNOWN) {
		share->uptime = line->uptime;
		share->wall = line->wall;
		return line->uptime;
	}
	/* another log begins */
	if (line->wall < share->wall)
		share->wall = KM_UNKNOWN;
	if (line->wall == KM_UNKNOWN || share->wall == KM_UNKNOWN)
		return line->wall;
	return share->uptime + (line->wall - share->wall);
}
