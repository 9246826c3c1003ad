/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences about the cause of a failed request, and what to do about it. */
#ifndef KM_REPORT_FAILURE_REASON_H
#define KM_REPORT_FAILURE_REASON_H

#include "model/failure-cause.h"

/* Fills reason and advice of each row. The pool of each case owns the texts. */
void km_failure_explain(struct km_failure *rows, size_t len);

/* Private to report/ (failure-suggestion.c): what to do about a cause. */
struct km_str km_failure_suggestion(const struct km_failure *row);

/* Whether vm.panic_on_oom made the kernel panic instead of killing a process. */
static inline bool km_failure_panics_by_setting(const struct km_klog_event *event)
{
	return km_str_find(event->panic, KM_STR("panic_on_oom")) >= 0;
}

/* The name of a part in sentences: "page tables" for KM_PART_PAGE_TABLES. */
const char *km_part_name(enum km_part part);

/* The largest part of the memory, apart from free memory; KM_PARTS: unknown. */
enum km_part km_failure_largest(const struct km_failure_case *failed);

#endif
