/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The output of --help, in the reader's language. */
#ifndef KM_CLI_HELP_TEXT_H
#define KM_CLI_HELP_TEXT_H

#include <argp.h>
#include "words/say.h"

/* Call it before argp parses anything. In other languages than English it folds lines instead of argp. */
void km_help_begin(void);

/* argp's help_filter: the options' texts and headings. */
char *km_help_filter(int key, const char *text, void *input);

/* Adds a paragraph of a help text, folded unless argp does that. */
void km_help_add(struct km_text *doc, const char *english);

/* --help, --usage, --version and -h; use it with ARGP_NO_HELP. */
extern const struct argp km_help_argp;

#endif
