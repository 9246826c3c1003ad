/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz targets share. fuzz-FORMAT.c defines fuzz_one(), which sends an input the whole
 * way that a file of that format goes, and says what has to hold for every input. libFuzzer
 * makes up inputs (tests/fuzz/run); replay.c goes through the corpus with any compiler.
 */
#ifndef KM_TESTS_FUZZ_H
#define KM_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include "base/field.h"
#include "parse/parse.h"

struct fuzz {
	struct km_str text; /* the input, in memory that ends where it ends */
	struct km_parse parse;
	struct km_problems problems;
	struct km_pool pool;
	uint64_t page_bytes; /* known or not, as the input has it */
	size_t turn;         /* which of several sheets is rendered, as the input has it */
	FILE *json;          /* all documents, so that two inputs can be compared */
};

/* Where the program stops for the fuzzer, and for the one who reads what it found. */
#define fuzz_expect(condition)                                                                     \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* Each target's own. What fuzz has is released by the caller. */
void fuzz_one(struct fuzz *fuzz);

/*
 * Runs the target on an input, and returns the JSON documents that came of it; the caller frees
 * .ptr. Stops the program when something does not hold.
 */
struct km_str fuzz_run(const char *data, size_t len);

/* Whether the text is unknown or lies in the input: a record that borrows does so from nowhere else. */
bool fuzz_has(const struct fuzz *fuzz, struct km_str text);

/* Whether a text is a copy of bytes of the input, or empty. */
bool fuzz_copied(const struct fuzz *fuzz, struct km_str text);

/* The next line with its end, as a block of one line; false at the end. */
bool fuzz_take_block(struct km_str *rest, struct km_str *block);

/*
 * No line is lost in silence: every line that is_heading does not know, and that is not blank,
 * became one of the records or a problem. is_heading may be NULL.
 */
void fuzz_expect_told(const struct fuzz *fuzz, size_t records, bool (*is_heading)(struct km_str));

/* Ratios have to be as the schema has them, and totals the sums of their rows. */
void fuzz_check_figures(const struct km_sheet *sheet);

/*
 * The same, and renders a sheet as JSON and as text: the JSON has to be valid, with a row for each of the
 * sheet's; the text has to be UTF-8 that leaves a terminal alone, with a line for each row.
 */
void fuzz_sheet(struct fuzz *fuzz, struct km_sheet sheet);

/* The same for several sheets. Only one is rendered, because rendering takes most of the time. */
void fuzz_sheets(struct fuzz *fuzz, const struct km_sheet *sheets, size_t len);

#endif
