/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Private to report/: a rule measures a figure in each place that has one, and writes a finding if a
 * threshold is crossed. Thresholds are only defined in the table of rules; the summary's findings and
 * `kmeminfo check` both use it. A threshold that an explanation mentions is a macro, used in both places.
 */
#ifndef KM_REPORT_RULE_H
#define KM_REPORT_RULE_H

#include "base/array.h"
#include "base/threshold.h"
#include "model/account.h"
#include "report/finding.h"
#include "report/report.h"

#define KM_TEXT_OF_(macro) #macro
/* The value of a macro as text, for explanations and thresholds. */
#define KM_TEXT_OF(macro) KM_TEXT_OF_(macro)

/* The same as a share in a sentence. */
#define KM_PERCENT_OF(macro) KM_TEXT_OF(macro) "%"

/* A zone with a smaller part of the managed memory is not looked at. */
#define KM_SIZABLE_PERCENT 1

/* Thresholds as ranges: an alert above a number, or below it. */
#define KM_ABOVE(macro) KM_TEXT_OF(macro)
#define KM_BELOW(macro) KM_TEXT_OF(macro) ":"

struct km_rule;
struct km_rule_run;

struct km_rule_context {
	struct km_pool *pool;
	const struct km_finding_input *facts;
	bool foreign; /* meminfo is a container's: the kernel's own memory is not part of its total */
	struct km_rule_run *run; /* the running rule */
	enum km_severity severity; /* of the last measured figure; KM_SEVERITIES: no threshold is crossed */
	KM_ARRAY(struct km_finding) found;
};

enum km_rule_unit { KM_RULE_PERCENT, KM_RULE_BYTES, KM_RULE_COUNT, KM_RULE_COUNTER, KM_RULE_INDEX };

enum {
	KM_RULE_LOW = 1 << 0,      /* low figures are bad */
	KM_RULE_OPTIONAL = 1 << 1, /* not every kernel or machine has the figure; its absence is fine */
	KM_RULE_LARGEST = 1 << 4,  /* of several places the one with most memory is said first */
	KM_RULE_RECORDED = 1 << 3, /* examines a recording; never in the summary */
	KM_RULE_HOST = 1 << 2,     /* about the kernel's own memory, which is not in a container's meminfo */
};

struct km_rule {
	struct km_word word; /* .key is the finding's id */
	const char *figure;  /* a phrase: the measured figure */
	enum km_rule_unit unit;
	unsigned int flags;
	uint64_t files;      /* KM_NEEDS() of the files with the figure */
	uint64_t useful;     /* KM_NEEDS() of files that name the user of the memory, or fill gaps */
	const char *ranges[KM_SEVERITIES]; /* thresholds by severity; NULL: none */
	const char *command; /* the command that shows more */
	void (*look)(struct km_rule_context *context);
};

/* Every table of rules, in the order in which they run and are listed, and what its findings are about. */
#define KM_RULE_TABLES(table) \
	table(km_memory_rules, "what may be remarkable about the machine as a whole") \
	table(km_account_rules, "what may be remarkable about the account of the memory") \
	table(km_zone_rules, "what may be remarkable about zones and nodes") \
	table(km_block_rules, "what may be remarkable about the sizes of free blocks") \
	table(km_slab_rules, "what may be remarkable about slab caches and kmalloc()") \
	table(km_kernel_rules, "what may be remarkable about the kernel's other memory") \
	table(km_cgroup_rules, "what may be remarkable about memory cgroups") \
	table(km_growth_rules, "what may be remarkable about growth in a recording")

/* Each table ends with a NULL key. */
#define KM_RULE_TABLE_DECLARE(rules, about) extern const struct km_rule rules[];
KM_RULE_TABLES(KM_RULE_TABLE_DECLARE)

/* A running rule: its thresholds, and the measured figure. */
struct km_rule_run {
	const struct km_rule *rule;
	bool skip;  /* the rule does not run */
	bool named; /* the user named this rule, so a missing figure is not ok */
	struct km_threshold ranges[KM_SEVERITIES];
	struct km_str texts[KM_SEVERITIES]; /* texts of the ranges; .ptr NULL: none */
	bool measured;
	const char *absent;     /* why the machine has nothing to measure; NULL: it has something, or that is unknown */
	struct km_str unknown;  /* why nothing can be measured; .ptr NULL: it can, or that is unknown */
	double value;           /* the worst figure of all places */
	struct km_str place;    /* the place of that figure; .ptr NULL: the whole machine */
	enum km_severity severity; /* the worst of all places; KM_SEVERITIES: no threshold is crossed */
};

struct km_rule_runs {
	struct km_rule_run *items;
	size_t len;
	bool listed; /* also report rules that have nothing to examine */
};

/* All rules with their own thresholds, in the order of the tables; owned by the pool. */
struct km_rule_runs km_rule_runs_init(struct km_pool *pool);

/* The run of the rule with this key; NULL if there is no such rule. */
struct km_rule_run *km_rule_runs_find(const struct km_rule_runs *runs, struct km_str key);

/*
 * Replaces a threshold of the rule; "none" removes it. Borrows the text. 0, or -EINVAL if the text is not a
 * range.
 */
int km_rule_set(struct km_rule_run *run, enum km_severity severity, struct km_str range);

/* Runs the rules, and returns their findings, worst first, owned by the pool. */
struct km_sheet km_rule_runs_look(struct km_pool *pool, const struct km_finding_input *facts,
				  const struct km_rule_runs *runs);

/*
 * Records the figure of a place, in the rule's unit; place.ptr NULL stands for the whole machine. Returns
 * whether a threshold is crossed; if so, the rule adds a finding. An unknown figure (NaN) is not recorded.
 */
bool km_rule_measure(struct km_rule_context *context, struct km_str place, double value);

/* The same for a share of the whole machine, in percent, and for a number of the whole machine. */
bool km_rule_measure_share(struct km_rule_context *context, uint64_t part, uint64_t whole);
bool km_rule_measure_number(struct km_rule_context *context, uint64_t value);

/* part in percent of whole; NaN if unknown. */
double km_rule_percent(uint64_t part, uint64_t whole);

/* Records that the machine has nothing to measure. why is a phrase, such as "no swap". */
void km_rule_absent(struct km_rule_context *context, const char *why);

/*
 * Adds a finding about the last measured figure. place is "node 1 Movable"; .ptr NULL stands for the whole
 * machine. bytes is the memory concerned. The text continues after the place.
 */
void km_rule_say(struct km_rule_context *context, struct km_str place, uint64_t bytes,
		   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Whether a rule that ran before, by its key, has a finding: another one does not repeat what that names. */
bool km_rule_is_found(const struct km_rule_context *context, const char *key);

/* The rule's command, including the recording that the rule examined; owned by the pool. */
struct km_str km_rule_command(struct km_pool *pool, const struct km_rule *rule, const struct km_finding_input *facts);

/* "36.0 MiB", owned by the context's pool. */
const char *km_rule_size(struct km_rule_context *context, uint64_t bytes);

/*
 * Prints a number with this many decimals, or with more if it needs them to be on the same side of the
 * thresholds as the figure itself: 100.0004 is above 100, but 100 is not.
 */
const char *km_rule_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], const struct km_rule_run *run, double value,
			   unsigned int decimals);

/* "12.5%" of the whole, with as many decimals as the thresholds need. Owned by the context's pool. */
const char *km_rule_share(struct km_rule_context *context, uint64_t part, uint64_t whole);

/* The place of a figure of the whole machine. */
#define KM_RULE_MACHINE ((struct km_str){ 0 })

/* Bytes of a part of the account, and of its total; KM_UNKNOWN if it is not reported. */
static inline uint64_t km_rule_part(const struct km_rule_context *context, enum km_account_id id)
{
	return km_account_bytes(context->facts->account, id);
}

static inline uint64_t km_rule_total(const struct km_rule_context *context)
{
	return km_rule_part(context, KM_ACCOUNT_TOTAL);
}

/* Bytes of a key in meminfo; KM_UNKNOWN if it is not reported. */
uint64_t km_rule_meminfo(const struct km_rule_context *context, const char *key);

/* "node 0 DMA32", in the pool. */
struct km_str km_rule_place(struct km_rule_context *context, uint64_t node, struct km_str zone);

/* The sum of a figure over all zones, by its offset in struct km_zone; KM_UNKNOWN without zones. */
uint64_t km_rule_sum_zones(const struct km_rule_context *context, size_t offset);

/* Whether part is more (or less) than percent of the whole. False if either is unknown. */
bool km_is_over(uint64_t part, uint64_t whole, double percent);
bool km_is_under(uint64_t part, uint64_t whole, double percent);

#endif
