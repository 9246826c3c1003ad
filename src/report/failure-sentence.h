/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/: the sentences about failed requests. Each returns a text that the case's pool owns. */
#ifndef KM_REPORT_FAILURE_SENTENCE_H
#define KM_REPORT_FAILURE_SENTENCE_H

#include "report/failure-reason.h"
#include "report/prediction-text.h"

/* The shortage of a zone, or its available memory, as in the table. */
struct km_str km_reason_arithmetic(const struct km_failure_case *failed,
				const struct km_request_zone *zone);
/* Says that zones are at or below their watermark, and which zone is closest; empty if none is known. */
struct km_str km_reason_shortage(const struct km_failure_case *failed);
/* The largest user of memory; empty if unknown. */
struct km_str km_reason_largest(const struct km_failure_case *failed);

/* failure-zones.c */
struct km_str km_reason_reserved(const struct km_failure_case *failed);
struct km_str km_reason_fragmented(const struct km_failure_case *failed);
struct km_str km_reason_zone(const struct km_failure_case *failed);
struct km_str km_reason_node(const struct km_failure_case *failed);
struct km_str km_reason_cpuset(const struct km_failure_case *failed);
struct km_str km_reason_transient(const struct km_failure_case *failed);
/* The unknown facts about a zone that may have served. */
struct km_str km_reason_doubt(const struct km_failure_case *failed);
/* The first zone that may have served, depending on its unknown reserve; NULL: none. */
const struct km_request_zone *km_failure_zone_in_doubt(const struct km_failure_case *failed);

/* failure-limits.c */
struct km_str km_reason_cgroup(const struct km_failure_case *failed);
/* The slab memory of a memory cgroup's own cache. */
struct km_str km_reason_cgroup_slab(const struct km_failure_case *failed);
struct km_str km_reason_exceeds(const struct km_failure_case *failed);
struct km_str km_reason_addresses(const struct km_failure_case *failed);
struct km_str km_reason_too_large(const struct km_failure_case *failed);
struct km_str km_reason_area(const struct km_failure_case *failed, bool busy);
/* Whether the transfer exceeds the limit of any bounce buffer. */
bool km_failure_is_long_transfer(const struct km_klog_event *event);
struct km_str km_reason_bounce(const struct km_failure_case *failed);
struct km_str km_reason_few_huge_pages(const struct km_failure_case *failed);
struct km_str km_reason_no_fail(const struct km_failure_case *failed);
struct km_str km_reason_warning(const struct km_failure_case *failed);

#endif
