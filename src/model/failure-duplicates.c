// SPDX-License-Identifier: GPL-2.0-or-later
/* Removes events that several logs of one machine contain. */
#include "model/failure.h"

/*
 * Compares figures that are equal in two logs of one event. Times may be written differently, and one log may
 * have lost a line.
 */
static bool is_same(const struct km_failure *a, const struct km_failure *b)
{
	return a->kind == b->kind && km_str_eq(a->task, b->task) && a->pid == b->pid &&
	       a->order == b->order && a->request_bytes == b->request_bytes && km_str_eq(a->mask, b->mask) &&
	       km_str_eq(a->victim, b->victim) && a->victim_pid == b->victim_pid &&
	       km_str_eq(a->cgroup, b->cgroup) && km_str_eq(a->cache, b->cache);
}

static bool is_of(const struct km_failure *a, const struct km_failure *b)
{
	return km_str_eq(a->source, b->source);
}

/* Counts earlier rows, or if kept is not NULL only the kept ones: rows of the same log (own), or of other logs. */
static size_t count_same(const struct km_failure *rows, size_t at, const bool *kept, bool own)
{
	size_t count = 0;

	for (size_t i = 0; i < at; i++)
		count += (!kept || kept[i]) && is_of(&rows[i], &rows[at]) == own && is_same(&rows[i], &rows[at]);
	return count;
}

size_t km_failure_remove_duplicates(struct km_pool *pool, struct km_failure *rows, size_t len)
{
	bool *kept = km_pool_alloc(pool, len, sizeof(*kept));
	size_t left = 0;

	/* two events in one log stay two: only as many are removed as another log contains */
	for (size_t i = 0; i < len; i++)
		kept[i] = count_same(rows, i, NULL, true) >= count_same(rows, i, kept, false);
	for (size_t i = 0; i < len; i++)
		if (kept[i])
			rows[left++] = rows[i];
	return left;
}
