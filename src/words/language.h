/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The languages of explanations, and the few words that are not in the file of a topic. */
#ifndef KM_WORDS_LANGUAGE_H
#define KM_WORDS_LANGUAGE_H

#include "base/str.h"

enum km_language { KM_ENGLISH, KM_JAPANESE, KM_LANGUAGES };

/* "en", "ja": as topics' files have it; ends with NULL. */
extern const char *const km_language_codes[KM_LANGUAGES + 1];

/*
 * The language of messages, as gettext decides: LANGUAGE's list, unless the locale is C; otherwise
 * the locale, which is the first of LC_ALL, LC_MESSAGES and LANG that is set. get returns a variable,
 * or NULL. The locale need not exist on the machine, but has to be one of UTF-8 or name no character
 * set.
 */
enum km_language km_language_of(const char *(*get)(const char *name));

enum km_phrase {
	KM_SAY_FROM,
	KM_SAY_KERNELS,
	KM_SAY_SEE,
	KM_SAY_ALSO,
	KM_SAY_UNKNOWN,    /* a figure that this machine does not report */
	KM_SAY_NEEDS_ROOT, /* ... to users other than root */
	KM_SAY_LEFT_UNKNOWN,    /* sentences were left out for such a figure */
	KM_SAY_LEFT_NEEDS_ROOT,
	KM_SAY_NONE,       /* no such cache, zone, ... on this machine */
	KM_SAY_MERGED,     /* a figure of a merged cache; takes the cache's name */
	KM_SAY_COMPUTED,   /* a limit that the kernel did not report; takes the limit */
	KM_SAY_AT_MOST,    /* an upper bound; takes the bound */
	KM_SAY_CHOOSE_ONE, /* above a list of topics */
	KM_SAY_CHOOSE,     /* verdicts on calls, by their keys in JSON */
	KM_SAY_WORKS,
	KM_SAY_AVOID,
	KM_SAY_UNFIT,
	KM_SAY_NO_CALL,      /* none serves a request */
	KM_SAY_NO_PAGE_SIZE, /* without the page size, no report about the machine is possible */
	KM_PHRASES
};

/* A word. {} stands where a value goes. */
struct km_str km_phrase(enum km_language language, enum km_phrase word);

#endif
