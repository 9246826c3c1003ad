/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command that shows more about a finding. */
#ifndef KM_REPORT_FINDING_MORE_H
#define KM_REPORT_FINDING_MORE_H

#include "report/document.h"
#include "report/finding.h"

/* Adds a word for the shell: in quotes if it needs them. */
void km_text_quote(struct km_text *text, const char *word);

/*
 * Adds a command in backquotes that can be pasted, with --from if a capture was read. False, and nothing
 * added: there is no command, or it is about the running machine and a capture was read.
 */
bool km_text_command(struct km_text *text, const struct km_style *style, struct km_str command);

/* The same for the summary, which does not refer to itself. */
bool km_text_more(struct km_text *text, const struct km_style *style, struct km_str command);

#endif
