/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The source of a topic of "explain": data/topics/KEY.LANGUAGE.txt. */
#ifndef KM_PARSE_TOPICFILE_H
#define KM_PARSE_TOPICFILE_H

#include "base/array.h"
#include "parse/parse.h"

struct km_topicfile_field {
	struct km_str name;  /* "Gives" */
	struct km_str value; /* as in the file: km_topicfile_take_line() splits it */
};

struct km_topicfile {
	KM_ARRAY(struct km_topicfile_field) fields; /* in the file's order */
};

/*
 * Fields borrow from the text. A line outside of all fields becomes a problem, and so does a second
 * field with the same name.
 */
void km_parse_topicfile(struct km_parse *parse, struct km_str text, struct km_topicfile *ret);
void km_topicfile_deinit(struct km_topicfile *topicfile);

/* The value of the first field with this name; .ptr NULL if there is none. */
struct km_str km_topicfile_value(const struct km_topicfile *topicfile, struct km_str name);

/*
 * Takes the next line of a value, trimmed. An empty line separates paragraphs. Skips comments, and
 * an empty rest after the colon.
 */
bool km_topicfile_take_line(struct km_str *value, struct km_str *line);

#endif
