// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/pressure/memory, from 4.20 on (k6.12:kernel/sched/psi.c psi_show): the share of the last
 * 10, 60 and 300 seconds in percent, and the total time in microseconds.
 *
 *   some avg10=0.00 avg60=1.25 avg300=0.40 total=4711
 *   full avg10=0.00 avg60=0.00 avg300=0.00 total=12
 */
#include "parse/psi.h"

enum { MOST = 10000 }; /* hundredths of a percent */

/* "12.34" becomes 1234. It must have exactly two decimals. */
static bool take_percent(struct km_str text, uint64_t *ret)
{
	struct km_str whole;
	uint64_t percent, hundredths;

	if (!km_str_take_until(&text, '.', &whole) || km_str_to_u64(whole, &percent) || text.len != 2 ||
	    km_str_to_u64(text, &hundredths) || percent > 100 ||
	    percent * 100 + hundredths > MOST)
		return false;
	*ret = percent * 100 + hundredths;
	return true;
}

/* An unknown key may come from a newer kernel. */
static bool parse_number(struct km_str word, struct km_psi_entry *entry)
{
	struct km_str key;

	if (!km_str_take_until(&word, '=', &key))
		return false;
	if (km_str_eq(key, KM_STR("avg10")))
		return take_percent(word, &entry->avg10);
	if (km_str_eq(key, KM_STR("avg60")))
		return take_percent(word, &entry->avg60);
	if (km_str_eq(key, KM_STR("avg300")))
		return take_percent(word, &entry->avg300);
	if (km_str_eq(key, KM_STR("total")))
		return !km_str_to_u64(word, &entry->total);
	return key.len;
}

static bool parse_entry(struct km_str line, struct km_psi_entry *entry)
{
	struct km_str word;

	*entry = (struct km_psi_entry){ { 0 }, KM_UNKNOWN, KM_UNKNOWN, KM_UNKNOWN, KM_UNKNOWN };
	if (!km_str_take_word(&line, &entry->kind) || km_str_find(entry->kind, KM_STR("=")) >= 0)
		return false;
	while (km_str_take_word(&line, &word))
		if (!parse_number(word, entry))
			return false;
	return true;
}

void km_parse_psi(struct km_parse *parse, struct km_str text, struct km_psi *ret)
{
	struct km_psi_entry entry;
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len)
			continue;
		if (parse_entry(line, &entry))
			*km_array_push(&ret->entries) = entry;
		else
			km_parse_problem(parse, "not \"some\" or \"full\" and \"KEY=NUMBER\"");
	}
}

void km_psi_deinit(struct km_psi *psi)
{
	km_array_deinit(&psi->entries);
}
