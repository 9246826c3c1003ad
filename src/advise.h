/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `kmeminfo explain --size`: which allocation call serves a request on this machine. */
#ifndef KM_ADVISE_H
#define KM_ADVISE_H

#include <stdio.h>
#include "explain/advice.h"
#include "figures.h"

/*
 * The advice, with reasons in words from the topic "choosing". Reads what it needs; what cannot be
 * had is unknown.
 */
struct km_sheet km_advise(struct km_figures *figures, const struct km_advice_request *request);

/* The advice for people. */
void km_advise_print(FILE *out, struct km_figures *figures, const struct km_sheet *advice);

#endif
