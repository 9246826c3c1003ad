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
	struct km_str text; /* the input; its memory ends at its last byte, so that a read beyond it is found */
	struct km_parse parse;
	struct km_problems problems;
	struct km_pool pool;
	uint64_t page_bytes; /* from the input; may be unknown */
	size_t turn;         /* selects the sheet that is rendered; from the input */
	bool skips;          /* nothing is rendered */
	FILE *json;          /* all documents, so that two inputs can be compared */
};

/* Stops the program if the condition is false: the fuzzer sees a crash, and the message names the condition. */
#define fuzz_expect(condition)                                                                     \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* Each target defines it. The caller releases the members of fuzz. */
void fuzz_one(struct fuzz *fuzz);

/*
 * Runs the target on an input, and returns the JSON documents that came of it; the caller frees
 * .ptr. Stops the program when something does not hold.
 */
struct km_str fuzz_run(const char *data, size_t len);

/* Whether the text is unknown or lies in the input. A record that borrows a text must borrow it from the input. */
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

/* Ratios must have the values that the schema allows, and totals must be the sums of their rows. */
void fuzz_check_figures(const struct km_sheet *sheet);

/*
 * The same, and renders a sheet as JSON and as text: the JSON has to be valid, with a row for each of the
 * sheet's; the text has to be UTF-8 that leaves a terminal alone, with a line for each row.
 */
void fuzz_sheet(struct fuzz *fuzz, struct km_sheet sheet);

/* The same for several sheets. Only one is rendered, because rendering takes most of the time. */
void fuzz_sheets(struct fuzz *fuzz, const struct km_sheet *sheets, size_t len);

#endif
