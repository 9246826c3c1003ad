/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tabs: reports of the registry, some with a picture above the table. */
#ifndef KM_SCREEN_TABS_H
#define KM_SCREEN_TABS_H

#include "report/report.h"
#include "screen/terminal.h"

struct km_screen;

struct km_tab {
	const char *name;
	const char *brief;
	const struct km_report *report;
	const char *columns; /* NULL: the report's own */
	const char *request; /* why it is read only when a key is pressed; NULL: read at each refresh */
	/* Replaces the report's derive(). NULL: the report's. */
	int (*derive)(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		      struct km_err *err);
	/* Draws a picture of at most this many lines, and returns how many it used; NULL: no picture. */
	int (*above)(struct km_screen *screen, int row, int most);
};

#define KM_TABS_MAX 9 /* one per digit key */

/* Ends with a NULL name. */
extern const struct km_tab km_tabs[];

size_t km_tab_count(void);

#endif
