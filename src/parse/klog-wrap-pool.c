// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/klog-wrap-pool.h"

/* "cma: __cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -12"; "cma: number of available pages: 232@24=> 232 free of" */
enum km_klog_wrap km_klog_wrap_of_cma(struct km_str text)
{
	if (km_str_starts(text, KM_STR("cma: number of")))
		return HAS(text, "total pages") ? KM_WRAP_NONE : KM_WRAP_POOL;
	return HAS(text, "_alloc") && !HAS(text, "ret: -") ? KM_WRAP_HEAD : KM_WRAP_NONE;
}

bool km_klog_wrap_goes_on_cma(struct km_str so_far, struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("failed, req-size: "), KM_STR_INIT("req-size: "), KM_STR_INIT("pages, ret: "), KM_STR_INIT("ret: -"),
	};

	return !HAS(so_far, "ret: -") && (ANY(text, words) || HAS(text, "alloc failed, req-size: ") ||
					  (km_str_ends(so_far, KM_STR("req-size:")) && km_is_digit(*text.ptr)) ||
					  (km_str_ends(so_far, KM_STR("ret:")) && *text.ptr == '-'));
}

bool km_klog_wrap_goes_on_pool(struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("available pages: "), KM_STR_INIT("pages: "), KM_STR_INIT("free of "), KM_STR_INIT("of "), KM_STR_INIT("total pages"),
	};

	return ANY(text, words) || HAS(text, "=> ") || (km_is_digit(*text.ptr) && (HAS(text, " total pages") || HAS(text, " free of")));
}

bool km_klog_wrap_goes_on_hugetlb(struct km_str so_far, struct km_str text)
{
	return !HAS(so_far, "hugepages.") && (HAS(text, "hugepages.") || HAS(text, "failed") || km_str_starts(text, KM_STR("Only")) ||
					      km_str_starts(text, KM_STR("allocated ")));
}
