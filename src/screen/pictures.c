// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "model/pressure.h"
#include "model/zone.h"
#include "report/summary.h"
#include "screen/pictures.h"
#include "screen/state.h"
#include "words/say.h"

int km_picture_account(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		       struct km_err *err)
{
	/* without processes and cgroups, which are the most expensive and not part of the tree */
	const uint64_t all = ~KM_NEEDS(KM_FILE_CGROUPS);
	const struct km_summary_scope scope = {
		.needed = query->need == KM_REQUIRED ? all : KM_SUMMARY_ALWAYS,
		.useful = all,
	};
	struct km_summary *summary = km_pool_alloc(&machine->pool, 1, sizeof(*summary));

	(void)err;
	km_summary_derive_scope(machine, &scope, summary);
	*ret = km_account_condense(&machine->pool, &summary->account);
	return 0;
}

/* Above 10 % of the time tasks wait noticeably. Above 40 % little else happens. */
static unsigned int pressure_look(double ratio)
{
	return ratio >= 0.4 ? KM_ATTRIBUTE_BAD : ratio >= 0.1 ? KM_ATTRIBUTE_SHORT : KM_ATTRIBUTE_GOOD;
}

static void draw_average(struct km_terminal *terminal, int row, int column, int width, const char *label,
			 double ratio)
{
	char buf[KM_UNITS_SIZE];
	int at = column + km_terminal_print(terminal, row, column, width, KM_ATTRIBUTE_DIM, "%s ", label);

	at += km_terminal_print(terminal, row, at, 8, KM_ATTRIBUTE_PLAIN, "%6s ", km_units_percent(buf, ratio));
	km_terminal_bar(terminal, row, at, column + width - at - 1, ratio, pressure_look(ratio));
}

int km_picture_pressure(struct km_screen *screen, int row, int most)
{
	struct km_terminal *terminal = screen->terminal;
	struct km_sheet pressure = km_reading_sheet(screen, &km_report_pressure);
	const int columns = km_terminal_columns(terminal), label = 14, width = (columns - label) / 3;
	int used = 0;

	for (size_t i = 0; i < pressure.len && used < most; i++, used++) {
		const struct km_pressure *stall = km_sheet_row(&pressure, i);

		km_terminal_print(terminal, row + used, 0, label, KM_ATTRIBUTE_PLAIN, km_say("waiting, %.*s"),
				  KM_STR_ARG(km_word_str(stall->stalled)));
		draw_average(terminal, row + used, label, width, "10s", stall->avg10_ratio);
		draw_average(terminal, row + used, label + width, width, "60s", stall->avg60_ratio);
		draw_average(terminal, row + used, label + 2 * width, width, "300s", stall->avg300_ratio);
	}
	if (!pressure.len && most)
		used = !!km_terminal_put(terminal, row, 0, columns,
					 KM_SENTENCE("waiting for memory: unknown, there is no /proc/pressure/memory"),
					 KM_ATTRIBUTE_DIM);
	return used && used < most ? used + 1 : used;
}

/* The scale of a zone: the first half reaches to its high watermark, the second to its end. */
static double on_scale(const struct km_zone *zone, uint64_t bytes)
{
	const double high = (double)zone->high_bytes, managed = (double)zone->managed_bytes, at = (double)bytes;

	if (at <= high)
		return high > 0 ? at / high / 2 : 0;
	return managed > high ? 0.5 + (at - high) / (managed - high) / 2 : 1;
}

static unsigned int zone_look(const struct km_zone *zone)
{
	if (zone->free_bytes < zone->low_bytes)
		return KM_ATTRIBUTE_BAD;
	return zone->free_bytes < zone->high_bytes ? KM_ATTRIBUTE_SHORT : KM_ATTRIBUTE_GOOD;
}

static void draw_tick(struct km_terminal *terminal, int row, int column, int width, double at, const char *letter)
{
	km_terminal_put(terminal, row, column + (int)(at * (width - 1)), 1, km_str_from(letter), KM_ATTRIBUTE_BOLD);
}

static bool is_known(const struct km_zone *zone)
{
	return zone->free_bytes != KM_UNKNOWN && zone->min_bytes != KM_UNKNOWN && zone->low_bytes != KM_UNKNOWN &&
	       zone->high_bytes != KM_UNKNOWN && zone->managed_bytes != KM_UNKNOWN && zone->managed_bytes;
}

static void draw_zone(struct km_terminal *terminal, int row, const struct km_zone *zone)
{
	enum { NAME = 16, FIGURE = 24 };
	const int width = km_terminal_columns(terminal) - NAME - FIGURE - 2;
	char free[KM_UNITS_SIZE], managed[KM_UNITS_SIZE];

	km_terminal_print(terminal, row, 0, NAME - 1, KM_ATTRIBUTE_PLAIN, "%llu %.*s", (unsigned long long)zone->node,
			  KM_STR_ARG(zone->zone));
	km_terminal_print(terminal, row, NAME + width + 2, FIGURE, KM_ATTRIBUTE_PLAIN, "%s of %s",
			  km_units_bytes(free, zone->free_bytes), km_units_bytes(managed, zone->managed_bytes));
	if (!is_known(zone) || width < 8)
		return;
	km_terminal_put(terminal, row, NAME - 1, 1, KM_STR("["), KM_ATTRIBUTE_DIM);
	km_terminal_put(terminal, row, NAME + width, 1, KM_STR("]"), KM_ATTRIBUTE_DIM);
	km_terminal_bar(terminal, row, NAME, width, on_scale(zone, zone->free_bytes), zone_look(zone));
	draw_tick(terminal, row, NAME, width, on_scale(zone, zone->min_bytes), "m");
	draw_tick(terminal, row, NAME, width, on_scale(zone, zone->low_bytes), "l");
	draw_tick(terminal, row, NAME, width, 0.5, "h");
}

int km_picture_zones(struct km_screen *screen, int row, int most)
{
	const struct km_sheet *sheet = &screen->sheet;
	struct km_terminal *terminal = screen->terminal;
	int used = 0;

	if (!sheet->len || most < 3)
		return 0;
	for (size_t i = 0; i < sheet->len && used < most - 2; i++, used++)
		draw_zone(terminal, row + used, km_sheet_row(sheet, i));
	km_terminal_put(terminal, row + used++, 0, km_terminal_columns(terminal),
			KM_SENTENCE("left half: up to the high watermark; right half: the rest. m min, l low, h high"),
			KM_ATTRIBUTE_DIM);
	return used + 1;
}
