/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that commands share, as argp children. */
#ifndef KM_CLI_OPTIONS_H
#define KM_CLI_OPTIONS_H

#include <argp.h>
#include "render/format.h"
#include "source/source.h"
#include "words/language.h"

/* The shared options as bits: those that a command declines, and those that the user wrote. */
enum {
	KM_OPTION_JSON = 1 << 0,
	KM_OPTION_COLUMNS = 1 << 1,
	KM_OPTION_SORT = 1 << 2,
	KM_OPTION_TOP = 1 << 3,
	KM_OPTION_BYTES = 1 << 4,
	KM_OPTION_NO_HEADINGS = 1 << 5,
	KM_OPTION_COLOR = 1 << 6,
	KM_OPTION_FROM = 1 << 7,
	KM_OPTION_PAGE_SIZE = 1 << 8,
	KM_OPTION_UNPACK_LIMIT = 1 << 9,
	KM_OPTION_WHERE = 1 << 20,
	KM_OPTION_FORMAT = 1 << 10,
	KM_OPTION_OUTPUT = 1 << 11,
	KM_OPTION_WATCH = 1 << 12,
	KM_OPTION_COUNT = 1 << 13,
	KM_OPTION_LANGUAGE = 1 << 14,

	/* The options that a command declines if it prints no single table, or reads no capture. */
	KM_OPTIONS_OF_TABLE = KM_OPTION_COLUMNS | KM_OPTION_SORT | KM_OPTION_WHERE,
	KM_OPTIONS_OF_SOURCE = KM_OPTION_FROM | KM_OPTION_PAGE_SIZE | KM_OPTION_UNPACK_LIMIT,
};

struct km_options {
	struct km_sink *sink; /* behind stdout */
	unsigned int given;  /* KM_OPTION_ bits */
	const char *from;    /* NULL: the running system */
	uint64_t page_bytes; /* KM_UNKNOWN: that of the source */
	struct km_source_options source;
	const struct km_format *format;
	const char *output;  /* the file to replace; NULL: stdout */
	const struct km_style *paged; /* of the terminal, if a pager stands between it and stdout; NULL: none */
	bool *done;          /* --output: set when the document was printed; NULL: no --output */
	uint64_t watch_ms;   /* --watch: interval between readings; 0: one reading */
	uint64_t count;      /* --count: number of readings; KM_UNKNOWN: until a signal */
	bool exact;
	bool no_headings;
	enum km_color color;
	enum km_language language; /* KM_LANGUAGES: that of the locale */
	struct km_view_options view;
};

/* The options before the command line is parsed. */
extern const struct km_options km_options_default;

/* An option with a fixed set of words, which completion offers. The array ends with an empty one. */
struct km_choice {
	const char *option; /* its long name, "color" */
	const char *const *words; /* ends with NULL */
};

extern const struct km_choice km_options_choices[];

/* The position of arg among the words of a choice. If it is none of them, argp prints a message and exits. */
size_t km_choice_take(const struct km_choice *choice, const char *arg, struct argp_state *state);

/* Parses a number from least to most; otherwise argp prints a message and exits. */
void km_option_count(const char *option, const char *arg, uint64_t least, uint64_t most, uint64_t *ret,
		     struct argp_state *state);

/* Takes the path of a memory cgroup, "/box"; errors as in km_option_count(). */
void km_option_cgroup(const char *arg, const char **ret, struct argp_state *state);

/* Parses a number of bytes, such as "64K", of at least least; errors as in km_option_count(). */
void km_option_size(const char *arg, uint64_t least, uint64_t *ret, struct argp_state *state);

/* The allocation call with this name, for km_probe_api_name(); errors as in km_option_count(). */
unsigned int km_option_api(const char *name, struct argp_state *state);

enum { KM_OPTIONS_MAX = 32 };

/*
 * The shared options as an argp, whose input is a struct km_options. Declined options are parsed, but --help
 * does not show them. The caller owns the table, which ends with an empty option.
 */
struct argp km_options_argp(struct argp_option table[static KM_OPTIONS_MAX], unsigned int declined);

/*
 * Checks that the options make sense together and for the command, which declines some. Otherwise prints a
 * message and exits with KM_EXIT_USAGE. name is that of the command.
 */
void km_options_check(const struct km_options *options, unsigned int declined, const char *name);

/*
 * Whether text output is a single table. With --columns or --no-headings only the rows of the command's
 * report are printed.
 */
bool km_options_one_table(const struct km_options *options);

/* Colour, terminal and width of stdout, according to NO_COLOR and --color. */
struct km_style km_options_style(const struct km_options *options);

#endif
