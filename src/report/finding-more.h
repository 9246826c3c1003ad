/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command that shows more of what a finding is about. */
#ifndef KM_REPORT_FINDING_MORE_H
#define KM_REPORT_FINDING_MORE_H

#include "report/document.h"
#include "report/finding.h"

/* Adds a word as the shell reads it: in quotes where it needs them. */
void km_text_quote(struct km_text *text, const char *word);

/*
 * Adds a command in backquotes as it can be pasted, with --from of the capture that was read. False, with nothing added:
 * there is none, or it is about the running machine and a capture was read.
 */
bool km_text_command(struct km_text *text, const struct km_style *style, struct km_str command);

/* The same inside the summary, which does not refer to itself. */
bool km_text_more(struct km_text *text, const struct km_style *style, struct km_str command);

#endif
