/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A word with a meaning: what "explain" prints and "fields" lists. Fields and sheets become
 * topics by themselves; states, findings, kinds and parts of the account keep tables of
 * struct km_topic (or of structs that begin with one) beside the code that uses them.
 */
#ifndef KM_WORDS_TOPIC_H
#define KM_WORDS_TOPIC_H

#include "base/field.h"

struct km_topic {
	const char *key;     /* the word: "high-order-scarce" */
	const char *brief;   /* a phrase */
	const char *explain; /* sentences; may be NULL */
	const char *origin;  /* where it comes from; may be NULL */
	const char *kernels; /* range in which it holds; NULL: all of 5.10+ */
};

/* A table of topics of one sort. */
struct km_topic_group {
	const char *name;  /* "finding": what its topics are */
	const char *brief; /* what they have in common */
	const void *items; /* structs that begin with a struct km_topic; the last has no key */
	size_t item_size;
};

#endif
