// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/vmstat (k6.12:mm/vmstat.c vmstat_show): a name and a number. Zone and node counters come
 * first, in pages, or in kilobytes if the name says so. Thresholds follow, then events since boot.
 *
 *   nr_free_pages 435133
 *
 * 4.14 to 4.19 print one counter without a name (k4.19:mm/vmstat.c vmstat_text).
 */
#include "parse/vmstat.h"

static bool parse_entry(struct km_str line, struct km_vmstat_entry *ret)
{
	struct km_str number = line;

	if (km_str_take_number(&number, &ret->value) && !km_str_trim(number).len) {
		ret->name = KM_STR("");
		return true;
	}
	return km_str_take_word(&line, &ret->name) && km_str_take_number(&line, &ret->value) &&
	       !km_str_trim(line).len;
}

void km_parse_vmstat(struct km_parse *parse, struct km_str text, struct km_vmstat *ret)
{
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_vmstat_entry entry = { 0 };

		if (!km_str_trim(line).len)
			continue;
		if (!parse_entry(line, &entry))
			km_parse_problem(parse, "not a name and a number");
		else if (km_index_of(&ret->names, 0, entry.name) < ret->entries.len)
			km_parse_problem(parse, "a second line of this name");
		else
			*km_array_push(&ret->entries) = entry;
	}
}

void km_vmstat_deinit(struct km_vmstat *vmstat)
{
	km_array_deinit(&vmstat->entries);
	km_index_deinit(&vmstat->names);
}

uint64_t km_vmstat_value(const struct km_vmstat *vmstat, struct km_str name)
{
	const struct km_vmstat_entry *entry;

	if (!vmstat)
		return KM_UNKNOWN;
	km_array_each(entry, &vmstat->entries)
		if (km_str_eq(entry->name, name))
			return entry->value;
	return KM_UNKNOWN;
}
