/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only: what the sentences about failed requests are made of, and the longer ones.
 */
#ifndef KM_REPORT_FAILURE_SAY_H
#define KM_REPORT_FAILURE_SAY_H

#include "report/failure-reason.h"

#define km_say(known, ...) km_pool_printf((known)->pool, __VA_ARGS__)

const char *km_say_size(const struct km_failure_case *known, uint64_t bytes);
/* "node 0 DMA32", and the same where a sentence begins. */
const char *km_say_place(const struct km_failure_case *known, const struct km_request_zone *zone);
const char *km_say_first_place(const struct km_failure_case *known,
			       const struct km_request_zone *zone);
/* Two sentences; either may be empty. */
struct km_str km_say_join(const struct km_failure_case *known, struct km_str first,
			  struct km_str second);
/* What a zone lacks or has left, as the table has it. */
struct km_str km_say_arithmetic(const struct km_failure_case *known,
				const struct km_request_zone *zone);
/* That zones are at or below their watermark, and the closest of them; empty where none is known.
 */
struct km_str km_say_shortage(const struct km_failure_case *known);
/* Who has most of the memory; empty where that is unknown. */
struct km_str km_say_largest(const struct km_failure_case *known);

/* failure-zones.c */
struct km_str km_reason_reserved(const struct km_failure_case *known);
struct km_str km_reason_fragmented(const struct km_failure_case *known);
struct km_str km_reason_zone(const struct km_failure_case *known);
struct km_str km_reason_node(const struct km_failure_case *known);
struct km_str km_reason_cpuset(const struct km_failure_case *known);
struct km_str km_reason_transient(const struct km_failure_case *known);
/* A zone that may have served: what is not known of it. */
struct km_str km_reason_doubt(const struct km_failure_case *known);

/* failure-limits.c */
struct km_str km_reason_cgroup(const struct km_failure_case *known);
struct km_str km_reason_exceeds(const struct km_failure_case *known);
struct km_str km_reason_addresses(const struct km_failure_case *known);
struct km_str km_reason_too_large(const struct km_failure_case *known);
struct km_str km_reason_area(const struct km_failure_case *known, bool busy);
struct km_str km_reason_bounce(const struct km_failure_case *known);
struct km_str km_reason_few(const struct km_failure_case *known);
struct km_str km_reason_no_fail(const struct km_failure_case *known);
struct km_str km_reason_warning(const struct km_failure_case *known);

#endif
