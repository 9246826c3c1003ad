/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside report/ only: a rule looks at the facts and says what it finds. Its threshold stands in
 * one macro, from which the comparison and the explanation are made.
 */
#ifndef KM_REPORT_RULE_H
#define KM_REPORT_RULE_H

#include "base/array.h"
#include "report/finding.h"

#define KM_TEXT_OF_(macro) #macro
/* The number that a macro stands for, as text: for explanations. */
#define KM_TEXT_OF(macro) KM_TEXT_OF_(macro)

struct km_rule;

struct km_rule_context {
	struct km_pool *pool;
	const struct km_finding_input *facts;
	bool foreign; /* meminfo is a container's: the kernel's own memory is the host's, not of this total */
	const struct km_rule *rule; /* the one that looks now */
	KM_ARRAY(struct km_finding) found;
};

struct km_rule {
	struct km_word word; /* .key is the finding's id */
	enum km_severity severity;
	void (*look)(struct km_rule_context *context);
};

/* Each ends with a rule without key. */
extern const struct km_rule km_memory_rules[], km_zone_rules[], km_kernel_rules[];

/*
 * Notes a finding. place says where ("node 1 Movable"), .ptr NULL for the whole machine; bytes
 * is the memory concerned. The text goes on after the place.
 */
void km_rule_say(struct km_rule_context *context, struct km_str place, uint64_t bytes,
		   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* "36.0 MiB", owned by the context's pool. */
const char *km_rule_size(struct km_rule_context *context, uint64_t bytes);

/* "12.5%" of the whole. */
const char *km_rule_share(struct km_rule_context *context, uint64_t part, uint64_t whole);

/* Bytes of a key of meminfo; KM_UNKNOWN when it is not told. */
uint64_t km_rule_meminfo(const struct km_rule_context *context, const char *key);

/* A figure of all zones together, by its offset in struct km_zone; KM_UNKNOWN without zones. */
uint64_t km_rule_sum_zones(const struct km_rule_context *context, size_t offset);

/* Whether part is more (or less) than percent of the whole. Of what is unknown neither holds. */
bool km_is_over(uint64_t part, uint64_t whole, double percent);
bool km_is_under(uint64_t part, uint64_t whole, double percent);

#endif
