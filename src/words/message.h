/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors in the reader's language. An error is data: it is made and kept in English, also in JSON, manifests and
 * recordings, by code that knows no language. It is translated where a person reads it.
 */
#ifndef KM_WORDS_MESSAGE_H
#define KM_WORDS_MESSAGE_H

#include "words/say.h"

/*
 * Adds a message in the reader's language: the translation of the format that made it, with the same values.
 * A name in front ("/proc/slabinfo: ") stays; a value that is a message is translated, too. Without a translation
 * the message is added as it is.
 */
void km_say_add_message(struct km_text *text, struct km_str english);

/* The same, in the pool. */
struct km_str km_say_message(struct km_pool *pool, struct km_str english);

#endif
