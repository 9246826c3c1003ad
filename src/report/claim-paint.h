/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_REPORT_CLAIM_PAINT_H
#define KM_REPORT_CLAIM_PAINT_H

#include "report/document.h"

/* Colours the verdicts behind the quoted claims of the topic "notes". The text is folded, and lies in that of the section. */
void km_claim_paint(struct km_section *section, struct km_str text);

#endif
