/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to screen/: pictures above the tables of some tabs. */
#ifndef KM_SCREEN_PICTURES_H
#define KM_SCREEN_PICTURES_H

#include "machine/machine.h"
#include "report/report.h"

struct km_screen;

/* Derives the tree of the account, as in the summary. */
int km_picture_account(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		       struct km_err *err);

/* Pressure, with a bar for each average. */
int km_picture_pressure(struct km_screen *screen, int row, int most);

/* Free memory of each zone, with its watermarks. */
int km_picture_zones(struct km_screen *screen, int row, int most);

#endif
