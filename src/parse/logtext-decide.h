/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decides from a sample how the lines of a log are written. */
#ifndef KM_PARSE_LOGTEXT_DECIDE_H
#define KM_PARSE_LOGTEXT_DECIDE_H

#include "base/array.h"
#include "parse/logtext-prefix.h"

enum { KM_DIALECT_RECIPES = 4 };

/* A format with lines of its own around the kernel's. */
enum km_wrap {
	KM_WRAP_NONE,
	KM_WRAP_JSON,    /* an object a message, on one line or on many */
	KM_WRAP_EXPORT,  /* journalctl -o export: "MESSAGE=text" */
	KM_WRAP_VERBOSE, /* journalctl -o verbose */
};

struct km_dialect {
	enum km_wrap wrap;
	struct km_recipe recipes[KM_DIALECT_RECIPES]; /* the most frequent first */
	size_t len;
	bool html, bare_colour;
	char host[64]; /* what the recipes' .host borrows from */
};

/* Lines that wait; they own their texts. */
struct km_logsample {
	struct km_pool pool;
	KM_ARRAY(struct km_logline) lines;
	size_t bytes;
};

void km_logsample_add(struct km_logsample *sample, const struct km_logline *line);
void km_logsample_clear(struct km_logsample *sample);

void km_dialect_decide(const struct km_logsample *sample, struct km_dialect *ret);

/* "Mon 2026-11-23 09:10:00.123456 UTC [s=...;i=1;b=...]" */
bool km_dialect_is_verbose_head(struct km_str line);

#endif
