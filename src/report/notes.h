/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explains the names of rows on a page by the topics about caches and callers. */
#ifndef KM_REPORT_NOTES_H
#define KM_REPORT_NOTES_H

#include "report/report.h"

/*
 * Adds a note to the document for each name in the first dozen rows of its sections that a topic explains.
 * Each name gets one note, in the order of the sections. Figures in the texts are the machine's.
 */
void km_notes_add(struct km_machine *machine, enum km_language language, struct km_document *document);

#endif
