/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside screen/ only: pictures above the tables of some tabs. */
#ifndef KM_SCREEN_PICTURES_H
#define KM_SCREEN_PICTURES_H

#include "machine/machine.h"
#include "report/report.h"

struct km_screen;

/* The tree of the account as the summary shows it. */
int km_picture_account(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		       struct km_err *err);

/* Pressure, with a bar for each average. */
int km_picture_pressure(struct km_screen *screen, int row, int most);

/* Free memory of each zone beside its watermarks. */
int km_picture_zones(struct km_screen *screen, int row, int most);

#endif
