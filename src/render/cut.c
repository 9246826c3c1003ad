// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <wchar.h>
#include "base/cleanup.h"
#include "render/cut.h"

enum { LEAST = 3, TRIES = 24 };

size_t km_cut_width(const char *text)
{
	enum { LONG = 1024 };
	wchar_t wide[LONG];
	size_t len = mbstowcs(wide, text, LONG);
	int width = len < LONG ? wcswidth(wide, len) : -1;

	return width < 0 ? strlen(text) : (size_t)width;
}

/* The bytes and the columns of the character at text. An odd byte counts as one of each. */
static size_t take_char(const char *text, mbstate_t *state, size_t *columns)
{
	wchar_t wide;
	size_t len = mbrtowc(&wide, text, MB_CUR_MAX, state);
	int width;

	*columns = 1;
	if (len == (size_t)-1 || len == (size_t)-2) {
		*state = (mbstate_t){ 0 };
		return 1;
	}
	width = wcwidth(wide);
	if (width >= 0)
		*columns = (size_t)width;
	return len;
}

size_t km_cut_bytes(const char *text, size_t width)
{
	mbstate_t state = { 0 };
	size_t used = 0, bytes = 0, columns;

	while (text[bytes]) {
		size_t len = take_char(text + bytes, &state, &columns);

		used += columns;
		if (used > width)
			break;
		bytes += len;
	}
	return bytes;
}

/* The start of the last columns of a text; one column less if half of a wide character would not fit. */
static const char *tail_of(const char *text, size_t width)
{
	const size_t all = km_cut_width(text);
	const char *tail = text + (all > width ? km_cut_bytes(text, all - width) : 0);
	size_t columns = 0;

	if (km_cut_width(tail) > width)
		tail += take_char(tail, &(mbstate_t){ 0 }, &columns);
	return tail;
}

/* Cuts a text in the middle. Keeps this many columns of its end. */
static const char *cut(struct km_pool *pool, const struct km_cut *from, size_t tail, const char *mark)
{
	const char *end = tail_of(from->text, tail);

	if (from->room < LEAST)
		return km_pool_copy(pool, (struct km_str){ from->text, km_cut_bytes(from->text, from->room) }).ptr;
	return km_pool_printf(pool, "%.*s%s%s", (int)km_cut_bytes(from->text, from->room - 1 - km_cut_width(end)), from->text,
			      mark, end).ptr;
}

struct pair {
	const char *text, *cut;
	size_t index, step;
};

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int r = strcmp(x->cut, y->cut);

	return r ? r : strcmp(x->text, y->text);
}

static bool fits(const struct km_cut *from)
{
	return km_cut_width(from->text) <= from->room;
}

/*
 * Finds the length of the kept end. Starts with half of the room, then alternately tries one column more and
 * less.
 */
static void cut_pair(struct km_pool *pool, const struct km_cut *cuts, struct pair *pair, const char *mark)
{
	const struct km_cut *from = &cuts[pair->index];
	const size_t room = from->room < LEAST ? 0 : from->room - 1;
	const size_t half = room / 2, far = (pair->step + 1) / 2;
	const size_t tail = pair->step % 2 ? half + far : half > far ? half - far : 0;

	pair->cut = fits(from) ? from->text : cut(pool, from, tail < room ? tail : room, mark);
}

/* Moves the cut in all texts that now look the same; pairs are sorted. False: there are none. */
static bool move_marks(struct km_pool *pool, const struct km_cut *cuts, struct pair *pairs, size_t len, const char *mark)
{
	bool moved = false;

	for (size_t first = 0, end; first < len; first = end) {
		for (end = first + 1; end < len && !strcmp(pairs[end].cut, pairs[first].cut);)
			end++;
		if (!strcmp(pairs[first].text, pairs[end - 1].text))
			continue; /* the same text with the same cut */
		moved = true;
		for (size_t i = end; i-- > first;) {
			pairs[i].step++;
			cut_pair(pool, cuts, &pairs[i], mark);
		}
	}
	return moved;
}

/* Adds a number to texts that look like the one before. Uncut texts do not change. */
static void number(struct km_pool *pool, const struct km_cut *cuts, struct pair *pairs, size_t len, const char *mark)
{
	unsigned int counted = 1;

	for (size_t i = 1, first = 0; i < len; i++) {
		const struct km_cut *from = &cuts[pairs[i].index];
		char digits[16];
		size_t wide;

		if (strcmp(pairs[i].cut, pairs[first].cut)) {
			first = i;
			continue;
		}
		if (!strcmp(pairs[i].text, pairs[i - 1].text)) {
			pairs[i].cut = pairs[i - 1].cut;
			continue;
		}
		wide = (size_t)snprintf(digits, sizeof(digits), "%u", ++counted);
		if (!fits(from) && from->room > wide + 1)
			pairs[i].cut = km_pool_printf(pool, "%.*s%s%s",
						      (int)km_cut_bytes(from->text, from->room - 1 - wide),
						      from->text, mark, digits).ptr;
	}
}

void km_cut_all(struct km_pool *pool, struct km_cut *cuts, size_t len, bool utf8)
{
	KM_CLEANUP(km_cleanup_free) struct pair *pairs = km_realloc(NULL, len + 1, sizeof(*pairs));
	const char *mark = utf8 ? "\xe2\x80\xa6" : "~";
	bool same = true;

	for (size_t i = 0; i < len; i++) {
		pairs[i] = (struct pair){ .text = cuts[i].text, .index = i };
		cut_pair(pool, cuts, &pairs[i], mark);
	}
	for (size_t step = 0; step < TRIES && same; step++) {
		qsort(pairs, len, sizeof(*pairs), compare_pairs);
		same = move_marks(pool, cuts, pairs, len, mark);
	}
	qsort(pairs, len, sizeof(*pairs), compare_pairs);
	if (same)
		number(pool, cuts, pairs, len, mark);
	for (size_t i = 0; i < len; i++)
		cuts[pairs[i].index].text = pairs[i].cut;
}
