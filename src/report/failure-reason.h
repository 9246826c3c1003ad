/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a request failed and what to do about it, as sentences. */
#ifndef KM_REPORT_FAILURE_REASON_H
#define KM_REPORT_FAILURE_REASON_H

#include "model/failure-cause.h"

/* Fills reason and advice of each row; texts are owned by the pool of its case. */
void km_failure_explain(struct km_failure *rows, size_t len);

/* Inside report/ only (failure-suggestion.c): what to do about a cause. */
struct km_str km_failure_suggestion(const struct km_failure *row);

/* "page tables" of KM_PART_PAGE_TABLES, as sentences name it. */
const char *km_part_name(enum km_part part);

/* The part that has most of the memory, free memory aside; KM_PARTS: not known. */
enum km_part km_failure_largest(const struct km_failure_case *failed);

#endif
