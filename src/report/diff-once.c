// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds rows that a comparison of all reports would show twice. Some reports have the same figures. The
 * account consists of lines of /proc/meminfo, the tables of zones and nodes of counters in /proc/zoneinfo,
 * and many lines of /proc/vmstat are sums of these. The origins of the fields tell which.
 */
#include "model/account.h"
#include "model/memory-line.h"
#include "model/node.h"
#include "model/zone.h"
#include "report/diff.h"

static bool is_name_part(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '(' || c == ')';
}

/* Whether an origin contains the name as a word: "/proc/meminfo MemFree, Unaccepted". */
static bool names(const char *origin, struct km_str name)
{
	struct km_str rest = km_str_from(origin);
	ptrdiff_t at;

	while (name.len && (at = km_str_find(rest, name)) >= 0) {
		const char *found = rest.ptr + at;

		if ((found == origin || !is_name_part(found[-1])) && !is_name_part(found[name.len]))
			return true;
		rest = km_str_skip(rest, (size_t)at + 1);
	}
	return false;
}

static bool shows(const struct km_sheet_type *type, struct km_str name)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & KM_SHOWN && field->origin && names(field->origin, name))
			return true;
	return false;
}

static bool is_in_account(struct km_str name)
{
	for (size_t i = 0; i < KM_ACCOUNT_PARTS; i++)
		if (km_account_parts[i].word.origin && names(km_account_parts[i].word.origin, name))
			return true;
	return false;
}

static const struct km_sheet *sheet_of(const struct km_moment *moment, const struct km_sheet_type *type)
{
	for (size_t i = 0; km_reports[i]; i++)
		if (km_reports[i]->type == type && moment->sheets[i].sheet.type)
			return &moment->sheets[i].sheet;
	return NULL;
}

static bool is_counter(const struct km_moment *moment, struct km_str name)
{
	const struct km_sheet *counters = sheet_of(moment, &km_counter_type);

	for (size_t i = 0; counters && i < counters->len; i++) {
		const struct km_counter *row = km_sheet_row(counters, i);

		if (km_str_eq(row->name, name))
			return true;
	}
	return false;
}

static bool is_elsewhere(const struct km_moment *moment, const struct km_sheet_type *type, struct km_str name)
{
	if (sheet_of(moment, &km_account_type) && is_in_account(name))
		return true;
	if (type == &km_vmstat_line_type)
		return is_counter(moment, name);
	return type == &km_counter_type && ((sheet_of(moment, &km_zone_type) && shows(&km_zone_type, name)) ||
					    (sheet_of(moment, &km_node_type) && shows(&km_node_type, name)));
}

struct km_sheet km_diff_once(struct km_pool *pool, const struct km_moment *before, const struct km_moment *after,
			     const struct km_sheet *sheet)
{
	const struct km_sheet_type *type = sheet->type;
	const struct km_field *field = km_field_find(type, KM_STR("name"));
	struct km_sheet ret = *sheet;
	char *rows;

	if (type != &km_counter_type && type != &km_meminfo_line_type && type != &km_vmstat_line_type)
		return ret;
	ret.rows = rows = km_pool_alloc(pool, sheet->len + 1, type->row_size);
	ret.len = 0;
	for (size_t i = 0; i < sheet->len; i++) {
		const void *row = km_sheet_row(sheet, i);
		const struct km_str name = *(const struct km_str *)km_field_at(field, row);

		/* a figure that only one of the two kernels shows in other rows cannot be compared there */
		if (!is_elsewhere(before, type, name) || !is_elsewhere(after, type, name))
			memcpy(rows + ret.len++ * type->row_size, row, type->row_size);
	}
	return ret;
}
