/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Common claims about the kernel's allocators, checked on the running kernel. */
#ifndef KM_REPORT_CLAIM_H
#define KM_REPORT_CLAIM_H

#include "model/flags.h"
#include "model/probe.h"

struct km_claim {
	const struct km_word *id;
	struct km_str claim;
	const struct km_word *verdict;
	struct km_str evidence;
};

/* The input and the device of the tests. */
struct km_claim_prober {
	struct km_pool *pool;
	const struct km_sheet *flags;     /* km_flags_derive() */
	const struct km_module_file *info;
	uint64_t page_bytes;
	uint64_t module_areas;            /* vmalloc areas with module code; KM_UNKNOWN */
	/* Makes a probe; 0 or a negative errno. */
	int (*probe)(void *device, struct kmeminfo_probe *probe);
	void *device;
};

extern const struct km_sheet_type km_claim_type;

/* The claims themselves, and the words of a verdict. */
extern const struct km_word km_claim_verdicts[];

struct km_claim_result;

struct km_claim_case {
	struct km_word word;
	struct km_claim_result (*test)(const struct km_claim_prober *prober);
};

extern const struct km_claim_case km_claims[]; /* ends with a NULL key */

/* Tests every claim. One row each, in a fixed order, owned by the prober's pool. */
struct km_sheet km_claim_derive(const struct km_claim_prober *prober);

extern const struct km_vocabulary km_claim_vocabulary;

extern const struct km_vocabulary km_claim_verdict_vocabulary;

#endif
