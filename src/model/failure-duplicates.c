// SPDX-License-Identifier: GPL-2.0-or-later
/* Removes events that several logs of one machine contain. */
#include <stdlib.h>
#include "model/failure.h"

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/*
 * Orders by figures that are equal in two logs of one event. Times may be written differently, and one log may have lost
 * a line.
 */
static int compare_events(const struct km_failure *a, const struct km_failure *b)
{
	const int results[] = {
		compare_numbers((uintptr_t)a->kind, (uintptr_t)b->kind),
		compare_numbers(a->pid, b->pid),
		compare_numbers(a->order, b->order),
		compare_numbers(a->request_bytes, b->request_bytes),
		compare_numbers(a->victim_pid, b->victim_pid),
		km_str_compare(a->task, b->task),
		km_str_compare(a->mask, b->mask),
		km_str_compare(a->victim, b->victim),
		km_str_compare(a->cgroup, b->cgroup),
		km_str_compare(a->cache, b->cache),
	};

	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++)
		if (results[i])
			return results[i];
	return 0;
}

/* A row, and which others are like it: those of one number have one event's figures, those of the other also one log. */
struct place {
	const struct km_failure *row;
	size_t event, log;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int result = compare_events(x->row, y->row);

	if (!result)
		result = km_str_compare(x->row->source, y->row->source);
	return result ? result : (x->row > y->row) - (x->row < y->row);
}

static int compare_rows(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

/* A log of a stranger may have 100,000 events, so nothing is compared with everything. */
static struct place *number_places(struct km_pool *pool, const struct km_failure *rows, size_t len)
{
	struct place *places = km_pool_alloc(pool, len, sizeof(*places));

	for (size_t i = 0; i < len; i++)
		places[i] = (struct place){ .row = &rows[i] };
	qsort(places, len, sizeof(*places), compare_places);
	for (size_t i = 1; i < len; i++) {
		const bool same = !compare_events(places[i - 1].row, places[i].row);

		places[i].event = places[i - 1].event + !same;
		places[i].log = places[i - 1].log + !(same && km_str_eq(places[i - 1].row->source, places[i].row->source));
	}
	qsort(places, len, sizeof(*places), compare_rows);
	return places;
}

size_t km_failure_remove_duplicates(struct km_pool *pool, struct km_failure *rows, size_t len)
{
	const struct place *places;
	size_t *of_log, *kept_of_log, *kept_of_event; /* rows so far, by the numbers of their places */
	size_t left = 0;

	if (len < 2)
		return len;
	places = number_places(pool, rows, len);
	of_log = km_pool_alloc(pool, len, sizeof(*of_log));
	kept_of_log = km_pool_alloc(pool, len, sizeof(*kept_of_log));
	kept_of_event = km_pool_alloc(pool, len, sizeof(*kept_of_event));
	/* two events in one log stay two: only as many are removed as other logs contain */
	for (size_t i = 0; i < len; i++) {
		const size_t event = places[i].event, log = places[i].log;

		if (of_log[log]++ < kept_of_event[event] - kept_of_log[log])
			continue;
		kept_of_event[event]++;
		kept_of_log[log]++;
		rows[left++] = rows[i];
	}
	return left;
}
