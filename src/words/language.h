/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The languages of explanations, and the few phrases outside of topic files. */
#ifndef KM_WORDS_LANGUAGE_H
#define KM_WORDS_LANGUAGE_H

#include "base/str.h"

enum km_language { KM_ENGLISH, KM_JAPANESE, KM_LANGUAGES };

/* "en", "ja", as in the names of topic files; ends with NULL. */
extern const char *const km_language_codes[KM_LANGUAGES + 1];

/*
 * The language of messages, by gettext's rules: the list in LANGUAGE, unless the locale is C; otherwise the
 * locale, which is the first set one of LC_ALL, LC_MESSAGES and LANG. get returns a variable, or NULL. The
 * locale need not exist on the machine. Its character set must be UTF-8 or unnamed.
 */
enum km_language km_language_of(const char *(*get)(const char *name));

enum km_phrase {
	KM_SAY_FROM,
	KM_SAY_KERNELS,
	KM_SAY_SEE,
	KM_SAY_ALSO,
	KM_SAY_UNKNOWN,    /* this machine does not report a figure */
	KM_SAY_NEEDS_ROOT, /* ... only root can read it */
	KM_SAY_LEFT_UNKNOWN,    /* sentences about such figures were left out */
	KM_SAY_LEFT_NEEDS_ROOT,
	KM_SAY_NONE,       /* the machine has no such cache, zone, ... */
	KM_SAY_MERGED,     /* the figure belongs to a merged cache; {} is its name */
	KM_SAY_COMPUTED,   /* the kernel does not report the limit; {} is the limit */
	KM_SAY_AT_MOST,    /* an upper bound; {} is the bound */
	KM_SAY_CHOOSE_ONE, /* heading of a list of topics, below the explained ones */
	KM_SAY_CHOOSE_ANY, /* the same, with nothing above it */
	KM_SAY_CHOOSE,     /* verdicts on calls, named by their JSON keys */
	KM_SAY_WORKS,
	KM_SAY_AVOID,
	KM_SAY_UNFIT,
	KM_SAY_NO_CALL,      /* no call serves the request */
	KM_SAY_NO_PAGE_SIZE, /* the page size is unknown, so no report about the machine is possible */
	KM_PHRASES
};

/* A phrase. {} stands for a value. */
struct km_str km_phrase(enum km_language language, enum km_phrase word);

#endif
