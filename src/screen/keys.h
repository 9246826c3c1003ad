/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to screen/: the table of keys. */
#ifndef KM_SCREEN_KEYS_H
#define KM_SCREEN_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum { KM_KEY_CODES = 4 };

struct km_screen;

struct km_key {
	const char *shown; /* "Up, k"; NULL: listed together with the one before */
	const char *brief;
	unsigned int codes[KM_KEY_CODES]; /* ends with 0, unless all are used */
	void (*act)(struct km_screen *screen, int by);
	int by;
};

/* The first entry. km_key_is_last() is true for the entry after the last. */
const struct km_key *km_keys(void);
bool km_key_is_last(const struct km_key *key);

/* The tab whose name is drawn at this column of the first line; SIZE_MAX: none. */
size_t km_screen_tab_at(int column);

#endif
