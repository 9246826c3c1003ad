// SPDX-License-Identifier: GPL-2.0-or-later
/* The output of a monitoring plugin, by the Monitoring Plugins' guidelines. */
#include "base/text.h"
#include "report/check.h"
#include "report/finding-more.h"
#include "words/say.h"

#define SERVICE "KMEMINFO"

static const char *const shouted[] = {
	[KM_CHECK_OK] = "OK", [KM_CHECK_WARNING] = "WARNING", [KM_CHECK_CRITICAL] = "CRITICAL",
	[KM_CHECK_UNKNOWN] = "UNKNOWN",
};

/* The urgency of a state: unknown is worse than ok, and less urgent than a known warning. */
static const int urgency[] = {
	[KM_CHECK_OK] = 0, [KM_CHECK_UNKNOWN] = 1, [KM_CHECK_WARNING] = 2, [KM_CHECK_CRITICAL] = 3,
};

static enum km_check_state state_of(const struct km_check *row)
{
	return (enum km_check_state)(row->state - km_check_states);
}

enum km_check_state km_check_worst(const struct km_sheet *sheet)
{
	enum km_check_state worst = KM_CHECK_OK;

	for (size_t i = 0; i < sheet->len; i++) {
		const enum km_check_state state = state_of(km_sheet_row(sheet, i));

		worst = urgency[state] > urgency[worst] ? state : worst;
	}
	return worst;
}

/* Replaces "|", which would begin the performance data, and line ends, which would begin the long output. */
static void put_plain(struct km_text *out, struct km_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];

		km_text_printf(out, "%c", c == '|' ? '/' : (unsigned char)c < ' ' || c == 0x7f ? '?' : c);
	}
}

static size_t count_state(const struct km_sheet *sheet, enum km_check_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < sheet->len; i++)
		count += state_of(km_sheet_row(sheet, i)) == state;
	return count;
}

static const struct km_check *first_of(const struct km_sheet *sheet, enum km_check_state state)
{
	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_check *row = km_sheet_row(sheet, i);

		if (state_of(row) == state)
			return row;
	}
	return NULL;
}

/* "; 2 more warning" */
static void put_count(struct km_text *out, size_t count, enum km_check_state state, bool more)
{
	if (count && more)
		km_say_add(out, "; %zu more %s", count, km_check_states[state].key);
	else if (count)
		km_say_add(out, "; %zu %s", count, km_check_states[state].key);
}

static void put_others(struct km_text *out, const struct km_sheet *sheet, enum km_check_state worst)
{
	for (enum km_check_state state = KM_CHECK_CRITICAL; state >= KM_CHECK_WARNING; state--) {
		const size_t count = count_state(sheet, state) - (state == worst);

		put_count(out, count, state, state == worst);
	}
	put_count(out, count_state(sheet, KM_CHECK_UNKNOWN) - (worst == KM_CHECK_UNKNOWN), KM_CHECK_UNKNOWN,
		  worst == KM_CHECK_UNKNOWN);
}

static void put_headline(struct km_text *out, const struct km_sheet *sheet)
{
	const enum km_check_state worst = km_check_worst(sheet);
	const struct km_check *row = first_of(sheet, worst);

	km_text_printf(out, SERVICE " %s - ", shouted[worst]);
	if (!row) {
		km_text_puts(out, km_say("no rule is enabled"));
	} else if (worst == KM_CHECK_OK && sheet->len > 1) {
		km_say_add(out, "%zu rules, no threshold is crossed", sheet->len);
	} else {
		km_text_printf(out, "%s: ", row->rule->key);
		put_plain(out, row->text);
		put_others(out, sheet, worst);
	}
}

/* Prints 'label'=value[UOM];warn;crit;min;max. Unknown figures have no data. */
static void put_data(struct km_text *out, const struct km_sheet *sheet)
{
	const char *before = " |";

	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_check *row = km_sheet_row(sheet, i);
		const bool index = row->value.len && km_str_find(row->figure, KM_STR("index")) >= 0;

		if (!row->value.ptr)
			continue;
		km_text_printf(out, "%s '%s'=%.*s;%.*s;%.*s;%s;%s", before, row->rule->key, KM_STR_ARG(row->value),
			       KM_STR_ARG(row->warning), KM_STR_ARG(row->critical), index ? "-1" : "0", index ? "1" : "");
		before = "";
	}
}

/* False for a path that long output would change. It would be another path, so no command is printed. */
static bool is_plain(struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '|' || (unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
			return false;
	return true;
}

static void put_command(struct km_text *out, const struct km_check *row, const struct km_style *style)
{
	KM_TEXT_SCOPE command = { 0 };

	if (!km_text_command(&command, style, row->command) || !is_plain(km_text_str(&command)))
		return;
	km_say_add(out, "; %.*s shows more", KM_STR_ARG(km_text_str(&command)));
}

static void put_details(struct km_text *out, const struct km_check *row, const struct km_style *style)
{
	const enum km_check_state state = state_of(row);

	for (size_t i = 0; i < row->findings.len; i++) {
		km_text_printf(out, "%s %s: ", state == KM_CHECK_OK ? "NOTE" : shouted[state], row->rule->key);
		put_plain(out, row->findings.items[i]);
		put_command(out, row, style);
		km_text_puts(out, "\n");
	}
	if (row->findings.len && state != KM_CHECK_UNKNOWN)
		return;
	km_text_printf(out, "%s %s: ", shouted[state], row->rule->key);
	put_plain(out, row->text);
	km_text_puts(out, "\n");
}

void km_check_write(struct km_text *out, const struct km_sheet *sheet, const struct km_style *style)
{
	static const enum km_check_state order[] = { KM_CHECK_CRITICAL, KM_CHECK_WARNING, KM_CHECK_UNKNOWN, KM_CHECK_OK };

	put_headline(out, sheet);
	put_data(out, sheet);
	km_text_puts(out, "\n");
	for (size_t turn = 0; turn < sizeof(order) / sizeof(*order); turn++)
		for (size_t i = 0; i < sheet->len; i++) {
			const struct km_check *row = km_sheet_row(sheet, i);

			if (state_of(row) == order[turn] && (order[turn] != KM_CHECK_OK || row->findings.len))
				put_details(out, row, style);
		}
}

void km_check_write_unknown(struct km_text *out, struct km_str why)
{
	km_text_puts(out, SERVICE " UNKNOWN - ");
	put_plain(out, why);
	km_text_puts(out, "\n");
}
