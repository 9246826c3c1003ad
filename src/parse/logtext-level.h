/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words and letters that programs write for the level of a message, 0 (emerg) to 7 (debug), and for its facility. */
#ifndef KM_PARSE_LOGTEXT_LEVEL_H
#define KM_PARSE_LOGTEXT_LEVEL_H

#include "base/str.h"

/* "warning"; false, with nothing written, for a word that is no level. */
bool km_loglevel_of_word(struct km_str word, unsigned char *ret);

/* The same of Android's letters: 'W'. */
bool km_loglevel_of_letter(char letter, unsigned char *ret);

/* "kern", "local3" */
bool km_loglevel_is_facility(struct km_str word);

#endif
