/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The full-screen view: tabs of reports that are read repeatedly, with keys for details. */
#ifndef KM_SCREEN_SCREEN_H
#define KM_SCREEN_SCREEN_H

#include "machine/machine.h"
#include "machine/recording.h"
#include "screen/table.h"
#include "words/language.h"

struct km_screen_options {
	const char *from;          /* a capture; NULL: the running system */
	const char *recording;     /* a recording whose samples are shown; NULL: none */
	struct km_recording_span span; /* its shown part */
	uint64_t page_bytes;       /* as in km_machine_open() */
	struct km_source_options source;
	struct km_terminal_options terminal;
	uint64_t delay_ms;         /* between two readings */
	size_t tab;                /* the first tab to show */
	struct km_terminal **taken; /* set to the terminal while it is in use, for km_terminal_restore() */
	bool exact;
	enum km_language language; /* of explanations */
};

/*
 * Runs until the user ends it. 0, or a negative errno with err filled. Always restores the terminal. A signal
 * that ends programs also ends this one, after the terminal was restored.
 */
int km_screen_run(const struct km_screen_options *options, struct km_err *err);

/* Parses "2" or "0.5" seconds to milliseconds. False for other texts, and for too short or too long delays. */
bool km_screen_delay(const char *text, uint64_t *ret_ms);

/* Calls take for each key, with its name and effect, for the manual. */
void km_screen_keys(void (*take)(void *data, const char *keys, const char *brief), void *data);

/* The index of the tab with this name, in any case; SIZE_MAX: none. */
size_t km_screen_tab(const char *name);

#endif
