/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `kmeminfo explain --size`: which allocation call serves a request on this machine. */
#ifndef KM_REPORT_ADVICE_TEXT_H
#define KM_REPORT_ADVICE_TEXT_H

#include <stdio.h>
#include "report/advice.h"
#include "report/placeholder.h"

/*
 * The advice, with reasons in words from the topic "choosing". Reads what it needs; what cannot be
 * had is unknown.
 */
struct km_sheet km_advise(struct km_placeholders *figures, const struct km_advice_request *request);

/* The advice for people. */
void km_advise_print(FILE *out, struct km_placeholders *figures, const struct km_sheet *advice);

#endif
