/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors are data. A file or line that cannot be read becomes an entry here, beside the data that
 * could be read. It is printed as "unavailable" with source, line, reason and hint.
 */
#ifndef KM_BASE_PROBLEM_H
#define KM_BASE_PROBLEM_H

#include "base/alloc.h"
#include "base/array.h"
#include "base/str.h"

struct km_problem {
	struct km_str source; /* as printed: /proc/slabinfo */
	uint64_t line;        /* from 1; KM_UNKNOWN: the whole source */
	struct km_str reason;
	struct km_str hint; /* what to do; .ptr NULL: no advice */
	uint64_t more;      /* further unlisted problem lines of this source */
	bool optional;      /* an optional part that is not installed: not a failure */
};

struct km_problems {
	struct km_pool pool; /* owns the texts */
	KM_ARRAY(struct km_problem) list;
};

void km_problems_deinit(struct km_problems *problems);

/*
 * Adds a whole source that cannot be read. hint may be NULL. The result is valid until the next
 * problem.
 */
struct km_problem *km_problem_source(struct km_problems *problems, struct km_str source,
				     const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Moves all problems of one list to the end of another. */
void km_problems_move(struct km_problems *from, struct km_problems *to);

/* Whether a report lacks something that it should contain: exit status 3. */
bool km_problems_matter(const struct km_problems *problems);

/* Adds one line that was skipped. After 20 lines of one source, further ones are only counted. */
void km_problem_line(struct km_problems *problems, struct km_str source, uint64_t line,
		     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
