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
	const char *columns; /* NULL: those that the report shows */
	const char *request; /* read only when the user presses a key: the reason; NULL: at each refresh */
	/* Instead of the report's. NULL: that one. */
	int (*derive)(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		      struct km_err *err);
	/* Draws a picture of at most this many lines, and returns how many it used; NULL: no picture. */
	int (*above)(struct km_screen *screen, int row, int most);
};

#define KM_TABS_MAX 9 /* as many as have a key */

/* Ends with a tab without name. */
extern const struct km_tab km_tabs[];

size_t km_tab_count(void);

#endif
