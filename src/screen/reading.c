// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads one moment of the machine: only the files of the visible tab. */
#include <stdio.h>
#include "screen/state.h"
#include "source/confine.h"
#include "source/opener.h"
#include "source/tty.h"
#include "words/message.h"

static void forget_table(struct km_screen *screen)
{
	if (screen->built)
		km_table_deinit(&screen->table);
	screen->built = false;
}

/* The names of caches rarely change, and listing them costs as much as all other data of caches. */
enum { NAMES_MS = 10000 };

static void forget_names(struct km_screen *screen)
{
	if (screen->named)
		km_machine_deinit(&screen->names);
	screen->named = false;
}

/* Keeps a machine that read the names itself, because it owns them. */
static void close_machine(struct km_screen *screen)
{
	forget_table(screen);
	if (screen->open && screen->lists_names && !screen->options->from) {
		forget_names(screen);
		screen->names = screen->machine;
		screen->names_time = screen->time;
		screen->named = true;
	} else if (screen->open) {
		km_machine_deinit(&screen->machine);
	}
	screen->open = false;
}

static void share_names(struct km_screen *screen)
{
	if (screen->named && km_tty_clock() - screen->names_time < NAMES_MS)
		km_machine_share_slabdir(&screen->machine, &screen->names);
}

/*
 * A capture does not change, so it is opened once. The running system is opened again for each look. The
 * process was confined for good at the first.
 */
static bool open_machine(struct km_screen *screen)
{
	const struct km_screen_options *options = screen->options;
	struct km_source_options source = options->source;
	const bool first = !screen->time;

	if (options->from && screen->open)
		return true;
	close_machine(screen);
	source.confined = source.confined && first;
	source.watches = true;
	if (first && source.confined && !options->from)
		km_opener_start(&screen->opener);
	source.opener = &screen->opener;
	screen->open = !km_machine_open(&screen->machine, options->from, options->page_bytes, &source,
					&screen->failed);
	if (screen->open && !options->from)
		share_names(screen);
	return screen->open;
}

/* Only the running system is read again. */
bool km_reading_is_live(const struct km_screen *screen)
{
	return !screen->options->from && !screen->options->recording;
}

struct km_sheet km_reading_sheet(struct km_screen *screen, const struct km_report *report)
{
	struct km_sheet sheet = { .type = report->type };

	if (screen->recorded)
		km_recording_sheet(&screen->recording, report->type->name, report->type, screen->sample,
				   &screen->sheet_pool, &sheet, NULL);
	else if (screen->open)
		sheet = km_report_derive(report, &screen->machine, KM_OPTIONAL);
	return sheet;
}

static void derive(struct km_screen *screen)
{
	const struct km_tab *tab = &km_tabs[screen->tab];
	struct km_tab_state *state = km_screen_state(screen);
	const size_t before = screen->options->from ? screen->machine.problems.list.len : 0;
	const struct km_query query = { .need = KM_REQUIRED, .language = screen->options->language };
	int (*read)(struct km_machine *, const struct km_query *, struct km_sheet *, struct km_err *) =
		tab->derive ? tab->derive : tab->report->derive;

	screen->sheet = (struct km_sheet){ .type = tab->report->type };
	if (tab->request && !state->requested && !screen->options->from)
		return;
	state->requested = false;
	if (read(&screen->machine, &query, &screen->sheet, &screen->failed))
		screen->sheet = (struct km_sheet){ .type = tab->report->type };
	km_machine_note_failures(&screen->machine);
	/* a missing file of a capture is reported once, when a tab first needs it */
	if (!screen->options->from || screen->machine.problems.list.len > before)
		state->problems = (struct km_span){ before, screen->machine.problems.list.len };
}

/* Opens the recording once, at its last sample. The process gives up all rights that reading it does not need. */
static bool open_recording(struct km_screen *screen)
{
	if (screen->recorded)
		return true;
	screen->code = km_recording_open(&screen->recording, screen->options->recording, &screen->options->span,
					 &screen->machine.problems, &screen->failed);
	if (screen->code)
		return false;
	screen->recorded = true;
	if (screen->recording.samples.len)
		screen->sample = screen->recording.samples.len - 1;
	if (screen->options->source.confined)
		km_confine(&(const struct km_confinement){ .kind = KM_CONFINE_FILE }, NULL);
	return true;
}

/* Reads the samples up to the current one, as many as a graph has columns. */
enum { BEFORE = 120 };

static void add_sample(struct km_screen *screen, size_t sample)
{
	const struct km_sheet_type *type = km_tabs[screen->tab].report->type;
	struct km_history *history = &km_screen_state(screen)->history;
	struct km_pool pool = { 0 };
	struct km_sheet sheet;

	if (!km_recording_sheet(&screen->recording, type->name, type, sample, &pool, &sheet, NULL) && sheet.len)
		km_history_add(history, &sheet, screen->recording.samples.items[sample].clock.wall_us / 1000);
	km_pool_deinit(&pool);
}

static void take_sample(struct km_screen *screen)
{
	const struct km_sheet_type *type = km_tabs[screen->tab].report->type;
	size_t from = screen->sample > BEFORE ? screen->sample - BEFORE : 0;

	if (!open_recording(screen))
		return;
	if (!screen->recording.samples.len)
		return;
	km_pool_deinit(&screen->sheet_pool);
	if (km_recording_sheet(&screen->recording, type->name, type, screen->sample, &screen->sheet_pool,
			       &screen->sheet, &screen->failed))
		snprintf(screen->message, sizeof(screen->message), "%.120s", screen->failed.what);
	screen->time = screen->recording.samples.items[screen->sample].clock.wall_us / 1000;
	km_history_clear(&km_screen_state(screen)->history);
	for (size_t i = screen->detailed ? from : screen->sample; i <= screen->sample; i++)
		add_sample(screen, i);
	km_reading_arrange(screen);
}

void km_reading_step(struct km_screen *screen, long by)
{
	const size_t len = screen->recorded ? screen->recording.samples.len : 0;
	const size_t steps = (size_t)(by < 0 ? -by : by);

	if (!len)
		return;
	if (by < 0)
		screen->sample -= steps < screen->sample ? steps : screen->sample;
	else
		screen->sample = screen->sample + steps < len ? screen->sample + steps : len - 1;
	km_reading_take(screen);
}

static void show_failure(struct km_screen *screen)
{
	struct km_pool pool = { 0 };

	snprintf(screen->message, sizeof(screen->message), "%.*s",
		 KM_STR_ARG(km_say_message(&pool, km_str_from(screen->failed.what))));
	km_pool_deinit(&pool);
}

static void take_machine(struct km_screen *screen)
{
	struct km_tab_state *state = km_screen_state(screen);
	bool shared;

	if (!open_machine(screen)) {
		show_failure(screen);
		return;
	}
	shared = screen->machine.have[KM_FILE_SLAB_SYSFS];
	derive(screen);
	screen->lists_names = screen->machine.have[KM_FILE_SLAB_SYSFS] && !shared;
	screen->time = km_tty_clock();
	if (screen->sheet.len && !(screen->options->from && state->history.len))
		km_history_add(&state->history, &screen->sheet, screen->time);
	km_reading_arrange(screen);
}

void km_reading_take(struct km_screen *screen)
{
	km_reading_hold(screen);
	forget_table(screen);
	screen->sheet = (struct km_sheet){ .type = km_tabs[screen->tab].report->type };
	if (screen->options->recording)
		take_sample(screen);
	else
		take_machine(screen);
}

size_t km_reading_boot(const struct km_screen *screen)
{
	return screen->recorded && screen->recording.samples.len ? screen->recording.samples.items[screen->sample].boot : 0;
}

void km_reading_arrange(struct km_screen *screen)
{
	struct km_table_query query = {
		.tab = &km_tabs[screen->tab],
		.sheet = &screen->sheet,
		.filter = km_screen_state(screen)->filter,
		.time = screen->time,
		.boot = km_reading_boot(screen),
		.exact = screen->exact,
		.utf8 = km_terminal_utf8(screen->terminal),
	};

	forget_table(screen);
	km_table_build(&screen->table, &query, km_screen_state(screen));
	screen->built = true;
}

void km_reading_hold(struct km_screen *screen)
{
	struct km_tab_state *state = km_screen_state(screen);
	const void *row = screen->built ? km_table_row(&screen->table, state) : NULL;
	struct km_pool pool = { 0 };

	if (!row)
		return;
	km_pool_deinit(&state->pool);
	state->chosen = km_pool_copy(&state->pool, km_history_name(screen->sheet.type, row, &pool));
	km_pool_deinit(&pool);
}

void km_reading_deinit(struct km_screen *screen)
{
	close_machine(screen);
	forget_names(screen);
	for (size_t i = 0; i < km_tab_count(); i++) {
		km_history_deinit(&screen->states[i].history);
		km_baseline_clear(&screen->states[i].mark);
		km_pool_deinit(&screen->states[i].pool);
	}
	if (screen->recorded)
		km_recording_close(&screen->recording);
	km_opener_end(&screen->opener);
	km_pool_deinit(&screen->sheet_pool);
	km_pool_deinit(&screen->topics_pool);
	km_problems_deinit(&screen->topics_problems);
}
