/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command that shows more of what a finding is about. */
#ifndef KM_REPORT_FINDING_MORE_H
#define KM_REPORT_FINDING_MORE_H

#include "report/document.h"
#include "report/finding.h"

/* "kmeminfo slab --sort idle_bytes --top 10"; NULL of a rule that has none. */
const char *km_finding_command(const struct km_word *id);

/* Adds a command in backquotes as it can be pasted: with --from of the capture that was read. */
void km_text_command(struct km_text *text, const struct km_style *style, const char *command);

#endif
