/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Undoes what terminals, web pages and log daemons did to the characters of a line. */
#ifndef KM_PARSE_LOGTEXT_CLEAN_H
#define KM_PARSE_LOGTEXT_CLEAN_H

#include "base/array.h"
#include "base/str.h"

/* Room that is used again for every line. */
struct km_scratch {
	KM_ARRAY(char) bytes;
};

void km_scratch_deinit(struct km_scratch *scratch);
/* More bytes behind those that are there. */
void km_scratch_append(struct km_scratch *scratch, struct km_str bytes);

/*
 * Each returns the line itself where there is nothing to do, or a shorter one in scratch that
 * holds until scratch is used again.
 */

/* Without the terminal's colours: "\033[1m"; bare: also where the escape character was lost ("[1m"). */
struct km_str km_clean_colour(struct km_scratch *scratch, struct km_str line, bool bare);

/* "&lt;" and the like become characters; tags: "<br>" becomes a line feed, other tags of HTML go. */
struct km_str km_clean_html(struct km_scratch *scratch, struct km_str line, bool tags);

/*
 * "#012" (rsyslog), "\x0a" (/dev/kmsg), "\012" and "\n" become a line feed, others of their kind the character that they
 * stand for. all: also printable characters written as "\x5c", as /dev/kmsg does; without it "\x2d" is left, which
 * systemd has in the names of control groups.
 */
struct km_str km_clean_escapes(struct km_scratch *scratch, struct km_str text, bool all);

/* Without what a serial line leaves at both ends: carriage returns and NUL. */
struct km_str km_clean_ends(struct km_str line);

/* "name    : text" of logcat becomes "name: text". */
struct km_str km_clean_tag(struct km_scratch *scratch, struct km_str text);

/* Blanks, signs and quotes of typography as their ASCII; and whether the text may have any. */
struct km_str km_clean_typography(struct km_scratch *scratch, struct km_str line);
bool km_clean_has_typography(struct km_str text);

/* Signs in a sample that the text comes from a web page or a terminal. */
bool km_clean_is_html(struct km_str line);
bool km_clean_is_bare_colour(struct km_str line);

#endif
