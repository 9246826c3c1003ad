/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to screen/: the state that all parts share. */
#ifndef KM_SCREEN_STATE_H
#define KM_SCREEN_STATE_H

#include "machine/recording.h"
#include "report/topics.h"
#include "screen/screen.h"
#include "source/opener.h"

enum { KM_LEAST_ROWS = 16, KM_LEAST_COLUMNS = 64, KM_PROMPT_SIZE = KM_FILTER_SIZE };

enum km_prompt { KM_PROMPT_NONE, KM_PROMPT_FILTER, KM_PROMPT_DELAY };

struct km_screen {
	const struct km_screen_options *options;
	struct km_terminal *terminal;
	struct km_opener opener;
	struct km_machine machine; /* of the shown moment */
	bool open;                 /* machine is valid */
	struct km_machine names;   /* an earlier machine, which read the names of caches */
	bool lists_names;          /* machine itself read them */
	bool named;                /* names is valid */
	int64_t names_time;        /* when names was read */
	struct km_recording recording;
	bool recorded;             /* the recording is open: moments are its samples */
	size_t sample;             /* the shown one */
	struct km_pool sheet_pool; /* owns the rows of a sample */
	struct km_err failed;      /* why there is none */
	int code;                  /* of the recording, a negative errno; 0: none */
	struct km_sheet sheet;
	struct km_table table;
	bool built;
	int64_t time;       /* time of the reading */
	size_t tab;
	struct km_tab_state states[KM_TABS_MAX];
	enum km_prompt prompt;
	char typed[KM_PROMPT_SIZE];
	char message[128];  /* shown until the next key; empty: none */
	uint64_t delay_ms;
	bool paused, exact, explaining, detailed, helping, quit;
	size_t help_top;
	int table_row, table_rows; /* position on the screen */
	struct km_pool topics_pool;
	struct km_problems topics_problems;
	struct km_sheet topics; /* read for the first explanation */
};

static inline struct km_tab_state *km_screen_state(struct km_screen *screen)
{
	return &screen->states[screen->tab];
}

/* Reads the visible tab's files now. */
void km_reading_take(struct km_screen *screen);
/* The rows of any report at that moment. The screen owns them until the next look. */
struct km_sheet km_reading_sheet(struct km_screen *screen, const struct km_report *report);
/* Shows another sample of a recording: by samples later, or earlier if negative. */
void km_reading_step(struct km_screen *screen, long by);
/* The boot of the shown sample; constant for a running machine. */
size_t km_reading_boot(const struct km_screen *screen);
/* Whether a running machine is shown, which is read repeatedly. */
bool km_reading_is_live(const struct km_screen *screen);
/* Sorts and filters the rows again. */
void km_reading_arrange(struct km_screen *screen);
/* Remembers the row under the cursor, so that the cursor stays on it. */
void km_reading_hold(struct km_screen *screen);
void km_reading_deinit(struct km_screen *screen);

void km_screen_draw(struct km_screen *screen);

/* Dispatches a key by the table of keys. */
void km_screen_press(struct km_screen *screen, unsigned int key, const struct km_mouse *mouse);
/* Handles a key during input. */
void km_prompt_press(struct km_screen *screen, unsigned int key);
void km_prompt_open(struct km_screen *screen, enum km_prompt prompt);

/* Draw into rows lines from row on. */
void km_help_draw(struct km_screen *screen, int row, int rows);
void km_detail_draw(struct km_screen *screen, int row, int rows);
void km_explain_draw(struct km_screen *screen, int row, int rows);
void km_graph_draw(struct km_screen *screen, int row, int rows);

#endif
