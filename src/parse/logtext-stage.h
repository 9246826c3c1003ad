/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns the lines of a file into those of the kernel. A stage collects a sample of lines, decides how they are
 * written, and then parses every line in that way. If a line is wrapped into another format (JSON, a
 * container's log), a further stage parses its contents.
 */
#ifndef KM_PARSE_LOGTEXT_STAGE_H
#define KM_PARSE_LOGTEXT_STAGE_H

#include "parse/logtext-clean.h"
#include "parse/logtext-decide.h"
#include "parse/logtext-share.h"
#include "parse/logtext-unwrap.h"
#include "parse/logtext.h"

/* A form is compared eight bytes at a time. */
enum { KM_LOGFORM_LEAST = sizeof(uint64_t) };

struct km_logstage {
	km_logtext_sink *sink;
	void *data;
	struct km_logshare *share;
	struct km_dialect dialect;
	bool collecting;
	struct km_logsample held; /* the sample, or lines that do not fit: they wait for one that does */
	struct km_scratch colour, html, escapes, escaped, tag;
	struct km_scratch partial; /* of a container's line that goes on */
	uint64_t partial_number;
	struct km_unwrap *unwrap;
	struct km_logstage *inner;
	unsigned int depth;
	/* What the last line of the kernel had in front of its text, if further lines may be read by it (logtext-skim.c). */
	struct {
		const struct km_recipe *recipe;
		uint64_t usec;
		size_t len; /* 0: there is none */
		char bytes[128];
	} form;
	/* of the line before */
	struct {
		size_t prefix; /* bytes in front of its text; 0: none */
		enum km_log_owner owner;
		struct km_str stamp, context;
		uint64_t wall, uptime;
		unsigned char level;
		char room[160];
	} last;
};

void km_logstage_init(struct km_logstage *stage, km_logtext_sink *sink, void *data,
		      struct km_logshare *share, unsigned int depth);
/* Takes a line without its line end. Values that a format around it already supplied are set. */
void km_logstage_take(struct km_logstage *stage, const struct km_logline *line);
/* Keeps what a further line of the same message needs. prefix: bytes in front of the text. */
void km_logstage_remember(struct km_logstage *stage, const struct km_logline *line, size_t prefix);
/* Delivers lines that still wait to the sink. */
void km_logstage_end(struct km_logstage *stage);

#endif
