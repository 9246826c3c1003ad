/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --help prints, in the language of who reads it. */
#ifndef KM_CLI_HELP_TEXT_H
#define KM_CLI_HELP_TEXT_H

#include <argp.h>
#include "words/say.h"

/* Before any argp is parsed: lines of another language than English are folded here, not by argp. */
void km_help_begin(void);

/* argp's help_filter: the options' texts and headings. */
char *km_help_filter(int key, const char *text, void *input);

/* Adds a paragraph of a help text, folded unless argp does that. */
void km_help_add(struct km_text *doc, const char *english);

/* --help, --usage, --version and -h, to be used with ARGP_NO_HELP. */
extern const struct argp km_help_argp;

#endif
