/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the characters of a log are written. A kernel's log is ASCII except for names: others of UTF-16 become "?". */
#ifndef KM_PARSE_LOGTEXT_WIDE_H
#define KM_PARSE_LOGTEXT_WIDE_H

#include "parse/logtext-clean.h"

enum km_encoding { KM_ENCODING_UNKNOWN, KM_ENCODING_BYTES, KM_ENCODING_LITTLE, KM_ENCODING_BIG };

/* Bytes that show the encoding: the byte order mark, which the shells of Windows write, or which bytes are 0. */
enum { KM_ENCODING_HEAD = 3 };

struct km_wide {
	enum km_encoding encoding;
	char first[2]; /* bytes that wait for their second half */
	size_t first_len;
};

/* Finds the encoding from the first bytes of a log, and takes what shows it. */
enum km_encoding km_encoding_take(struct km_str *bytes);

/* Appends UTF-16 as bytes. */
void km_wide_narrow(struct km_wide *wide, struct km_scratch *ret, struct km_str bytes);

/* A whole log as bytes, without its byte order: in ret, or the log's own. */
struct km_str km_logtext_narrow(struct km_scratch *ret, struct km_str bytes);

#endif
