/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A topic of "explain" as its writers keep it: data/topics/KEY.LANGUAGE.txt. */
#ifndef KM_PARSE_TOPICFILE_H
#define KM_PARSE_TOPICFILE_H

#include "base/array.h"
#include "parse/parse.h"

struct km_topicfile_field {
	struct km_str name;  /* "Gives" */
	struct km_str value; /* as it stands in the file: km_topicfile_take_line() takes it apart */
};

struct km_topicfile {
	KM_ARRAY(struct km_topicfile_field) fields; /* in the file's order */
};

/*
 * Fields borrow from the text. A line that belongs to no field is a problem, as is a second field
 * of a name.
 */
void km_parse_topicfile(struct km_parse *parse, struct km_str text, struct km_topicfile *ret);
void km_topicfile_deinit(struct km_topicfile *topicfile);

/* The value of the first field of that name; .ptr NULL without one. */
struct km_str km_topicfile_value(const struct km_topicfile *topicfile, struct km_str name);

/*
 * The next line of a value, trimmed; an empty one stands between paragraphs. Comments are left
 * out, as is the first line when nothing stands behind the colon.
 */
bool km_topicfile_take_line(struct km_str *value, struct km_str *line);

#endif
