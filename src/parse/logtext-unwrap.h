/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages out of formats that put other lines around them: JSON, journalctl -o export and verbose. */
#ifndef KM_PARSE_LOGTEXT_UNWRAP_H
#define KM_PARSE_LOGTEXT_UNWRAP_H

#include "parse/logtext-clean.h"
#include "parse/logtext-decide.h"

/*
 * A message, which may have several lines; borrowed until the call returns. owner is
 * KM_LOG_UNCERTAIN where the format does not say who printed it; partial where it goes on in the next.
 * A text of .ptr NULL is a message that is lost: damaged, or left out by who wrote the log.
 */
typedef void km_unwrap_sink(void *data, struct km_logline *message);

struct km_unwrap;

struct km_unwrap *km_unwrap_begin(enum km_wrap wrap, km_unwrap_sink *sink, void *data);
/* Whether the line belongs to the format: it continues an open message, or begins one. */
bool km_unwrap_accepts(const struct km_unwrap *unwrap, struct km_str line);
/* Takes a line that it accepts, as it is in the file, without its line feed. */
void km_unwrap_take(struct km_unwrap *unwrap, struct km_str line, uint64_t number);
/* A foreign line follows: delivers complete messages to the sink first. What goes on behind it has the number of that line. */
void km_unwrap_pause(struct km_unwrap *unwrap);
/* Frees everything. NULL is allowed. */
void km_unwrap_end(struct km_unwrap *unwrap);

/* Inside only: a message that is put together field by field. */
struct km_unwrap_record {
	struct km_scratch message, stamp;
	uint64_t wall, uptime; /* as struct km_logline */
	unsigned char level;
	enum km_log_owner owner;
};

void km_unwrap_field(struct km_unwrap_record *record, struct km_str key, struct km_str value);

/*
 * Inside only: one JSON value with one message or an array of them. False: it is none; a message that is lost, unless
 * more text may still make it whole.
 */
bool km_unwrap_json(struct km_str text, uint64_t number, bool whole, km_unwrap_sink *sink, void *data);

/* Inside only: a message that could not be read. */
void km_unwrap_lose(uint64_t number, km_unwrap_sink *sink, void *data);

#endif
