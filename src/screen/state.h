/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside screen/ only: the state that all of its parts share. */
#ifndef KM_SCREEN_STATE_H
#define KM_SCREEN_STATE_H

#include "machine/recording.h"
#include "report/topics.h"
#include "screen/screen.h"

enum { KM_LEAST_ROWS = 16, KM_LEAST_COLUMNS = 64, KM_PROMPT_SIZE = KM_FILTER_SIZE };

enum km_prompt { KM_PROMPT_NONE, KM_PROMPT_FILTER, KM_PROMPT_DELAY };

struct km_screen {
	const struct km_screen_options *options;
	struct km_terminal *terminal;
	struct km_machine machine; /* of the moment that is shown */
	bool open;                 /* there is one */
	struct km_machine names;   /* an earlier one, which read the names of caches */
	bool lists_names;          /* this one read them itself */
	bool named;                /* there is one */
	int64_t names_time;        /* when that was */
	struct km_recording recording;
	bool recorded;             /* it is open: moments are its samples */
	size_t sample;             /* that is shown */
	struct km_pool sheet_pool; /* owns the rows of a sample */
	struct km_err failed;      /* why there is none */
	int code;                  /* ... of the recording, as a negative errno; 0: none */
	struct km_sheet sheet;
	struct km_table table;
	bool built;
	int64_t time;       /* when it was read */
	size_t tab;
	struct km_tab_state states[KM_TABS_MAX];
	enum km_prompt prompt;
	char typed[KM_PROMPT_SIZE];
	char message[128];  /* shown until the next key; empty: none */
	uint64_t delay_ms;
	bool paused, exact, explaining, detailed, helping, quit;
	size_t help_top;
	int table_row, table_rows; /* where it was drawn */
	struct km_pool topics_pool;
	struct km_problems topics_problems;
	struct km_sheet topics; /* read when something is first explained */
};

static inline struct km_tab_state *km_screen_state(struct km_screen *screen)
{
	return &screen->states[screen->tab];
}

/* Reads the visible tab's files now. */
void km_look_take(struct km_screen *screen);
/* The rows of any report at that moment, owned by the screen until the next look. */
struct km_sheet km_look_sheet(struct km_screen *screen, const struct km_report *report);
/* Shows another sample of a recording: by so many later, or earlier. */
void km_look_step(struct km_screen *screen, long by);
/* The boot of the sample that is shown; always the same of a running machine. */
size_t km_look_boot(const struct km_screen *screen);
/* Whether there is only this one moment. */
bool km_look_is_live(const struct km_screen *screen);
/* Sorts and filters the rows again. */
void km_look_arrange(struct km_screen *screen);
/* Notes which row is under the cursor, so that it stays there. */
void km_look_hold(struct km_screen *screen);
void km_look_deinit(struct km_screen *screen);

void km_screen_draw(struct km_screen *screen);

/* Dispatches a key by the table of keys. */
void km_screen_press(struct km_screen *screen, unsigned int key, const struct km_mouse *mouse);
/* A key while something is typed. */
void km_prompt_press(struct km_screen *screen, unsigned int key);
void km_prompt_open(struct km_screen *screen, enum km_prompt prompt);

/* Draw in so many lines from a row on. */
void km_help_draw(struct km_screen *screen, int row, int rows);
void km_detail_draw(struct km_screen *screen, int row, int rows);
void km_explain_draw(struct km_screen *screen, int row, int rows);
void km_graph_draw(struct km_screen *screen, int row, int rows);

#endif
