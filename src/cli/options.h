/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that commands share, as argp children. */
#ifndef KM_CLI_OPTIONS_H
#define KM_CLI_OPTIONS_H

#include <argp.h>
#include "render/format.h"
#include "source/source.h"

struct km_options {
	struct km_sink *sink; /* behind stdout */
	const char *from;    /* NULL: the running system */
	uint64_t page_bytes; /* KM_UNKNOWN: as the source tells */
	struct km_source_options source;
	const struct km_format *format;
	bool exact;
	bool no_headings;
	enum km_color color;
	struct km_view_options view;
};

/* What an option is before anything is said. */
extern const struct km_options km_options_default;

/* An option that takes one of a few words; completion offers them. Ends with an empty one. */
struct km_choice {
	const char *option; /* its long name, "color" */
	const char *const *words; /* ends with NULL */
};

extern const struct km_choice km_options_choices[];

/*
 * Position of arg among the words of a choice. Complains through argp, which exits, when it is
 * none of them.
 */
size_t km_choice_take(const struct km_choice *choice, const char *arg, struct argp_state *state);

/* Takes a number between two; complains through argp, which exits, when it is none of them. */
void km_option_count(const char *option, const char *arg, uint64_t least, uint64_t most, uint64_t *ret,
		     struct argp_state *state);

/* Takes a number of bytes, "64K", of at least so many; complains like km_option_count(). */
void km_option_size(const char *arg, uint64_t least, uint64_t *ret, struct argp_state *state);

/* The allocation call of that name, for km_probe_api_name(); complains like km_option_count(). */
unsigned int km_option_api(const char *name, struct argp_state *state);

/* The two children of a command's argp; each takes a struct km_options as its input. */
extern const struct argp_child km_options_children[];

/*
 * Whether the text is to be one table: who picks columns, or wants bare rows, wants the rows that the
 * options are about and no others.
 */
bool km_options_one_table(const struct km_options *options);

/* Colour, terminal and width as they apply to stdout: NO_COLOR and --color decide. */
struct km_style km_options_style(const struct km_options *options);

#endif
