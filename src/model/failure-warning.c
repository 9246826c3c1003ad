// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the check in mm/page_alloc.c that printed a WARNING: that of the order, or that of a request that
 * must not fail.
 */
#include "model/failure-cause.h"
#include "parse/version.h"

/*
 * The check of the order is in the function that all requests enter. The compiler may put the slow path,
 * which warns about __GFP_NOFAIL, into the same function. Then only the line number shows the check.
 */
#define SMALL_FUNCTION 0x800

/* Lines of mm/page_alloc.c that warn about the order, in kernels whose source was checked. */
static const struct {
	uint64_t release, line;
} order_checks[] = {
	{ KM_RELEASE(5, 10), 4977 },
	{ KM_RELEASE(6, 1), 5634 },
	{ KM_RELEASE(6, 12), 4817 },
	{ KM_RELEASE(7, 2), 5336 },
};

/* Stable updates move a line by at most this number. */
enum { LINES_MOVED = 100 };

static enum km_cause cause_by_line(uint64_t release, uint64_t line)
{
	for (size_t i = 0; i < sizeof(order_checks) / sizeof(*order_checks); i++) {
		uint64_t check = order_checks[i].line;

		if (order_checks[i].release != release)
			continue;
		return line + LINES_MOVED >= check && line <= check + LINES_MOVED
			       ? KM_CAUSE_TOO_LARGE
			       : KM_CAUSE_NO_FAIL;
	}
	return KM_CAUSE_UNKNOWN;
}

/* The frame looks like "__alloc_pages_noprof+0x2a4/0x310". */
enum km_cause km_failure_warning_cause(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;
	struct km_str rest = event->warning_function, name = rest, part;
	uint64_t release = km_parse_release(failed->release), size = UINT64_MAX;

	/* without an offset it is unknown how large the function is */
	if (km_str_take_until(&rest, '+', &name) && (!km_str_take_until(&rest, '/', &part) ||
						     !km_str_take_prefix(&rest, KM_STR("0x")) || km_str_to_hex(rest, &size)))
		return KM_CAUSE_UNKNOWN;
	if (km_str_find(name, KM_STR("rmqueue")) >= 0 ||
	    km_str_find(name, KM_STR("get_page_from_freelist")) >= 0)
		return KM_CAUSE_NO_FAIL;
	if (km_str_starts(name, KM_STR("__alloc_pages_slowpath")))
		/* k4.20:mm/page_alloc.c moved the check of the order out of this function */
		return release == KM_UNKNOWN || release < KM_RELEASE(4, 20) ? KM_CAUSE_UNKNOWN
									    : KM_CAUSE_NO_FAIL;
	return size < SMALL_FUNCTION ? KM_CAUSE_TOO_LARGE
				     : cause_by_line(release, event->warning_line);
}
