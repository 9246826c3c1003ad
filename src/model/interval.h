/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two readings are from one boot, and the time between them. */
#ifndef KM_MODEL_INTERVAL_H
#define KM_MODEL_INTERVAL_H

#include "model/compare.h"
#include "model/host.h"

enum km_relation_id { KM_RELATION_SAME_BOOT, KM_RELATION_OTHER_BOOT, KM_RELATION_OTHER_MACHINE, KM_RELATION_UNKNOWN, KM_RELATIONS };

extern const struct km_word km_relation_words[KM_RELATIONS + 1];

/* Two readings to compare: a row of the report "comparison". */
struct km_readings {
	const struct km_word *relation; /* of km_relation_words */
	double seconds;
	struct km_str before, after; /* the names that the user gave */
	struct km_str before_time, after_time;
	struct km_str before_release, after_release;
	struct km_str before_machine, after_machine;
};

extern const struct km_sheet_type km_readings_type;

/*
 * Relates two readings by their boot ids. Without boot ids it compares release, architecture, page size, and
 * the moment of the boot, which is the time minus the uptime. Texts are borrowed.
 */
struct km_readings km_readings_relate(const struct km_host *before, const struct km_host *after);

/* The interval for a comparison. one_boot is true only if the boots are known to be the same. */
struct km_interval km_readings_interval(const struct km_readings *readings);

#endif
