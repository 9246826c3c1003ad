/* SPDX-License-Identifier: GPL-2.0 */
/* Which requests are tried, and the reasons for refusing the others. */
#ifndef KMEMINFO_PROBE_RULES_H
#define KMEMINFO_PROBE_RULES_H

#include "kmeminfo-uapi.h"
#include "probe-api.h"

/* Fills *ret from the request, or returns the reason to refuse it. */
enum kmeminfo_reason km_request_check(struct km_request *ret, const struct kmeminfo_probe *probe);
enum kmeminfo_verdict km_reason_verdict(enum kmeminfo_reason reason);
const char *km_reason_sentence(enum kmeminfo_reason reason);

#endif
