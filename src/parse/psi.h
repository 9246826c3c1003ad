/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_PSI_H
#define KM_PARSE_PSI_H

#include "base/array.h"
#include "parse/parse.h"

/* A line of a pressure file. Missing numbers are KM_UNKNOWN. */
struct km_psi_entry {
	struct km_str kind; /* "some" or "full" */
	uint64_t avg10, avg60, avg300; /* hundredths of a percent of the time, up to 10000 */
	uint64_t total; /* microseconds since boot */
};

struct km_psi {
	KM_ARRAY(struct km_psi_entry) entries; /* in the file's order, unknown kinds too */
};

/* Lines that cannot be read become problems. */
void km_parse_psi(struct km_parse *parse, struct km_str text, struct km_psi *ret);
void km_psi_deinit(struct km_psi *psi);

#endif
