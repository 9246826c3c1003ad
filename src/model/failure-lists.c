// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists in an OOM report: tasks and slab caches, the largest first. */
#include <stdlib.h>
#include "model/failure-cause.h"

static int larger_task(const void *a, const void *b)
{
	const struct km_failure_task *left = a, *right = b;
	uint64_t l = km_num_or(left->bytes, 0), r = km_num_or(right->bytes, 0);

	if (l != r)
		return l < r ? 1 : -1;
	return (left->pid > right->pid) - (left->pid < right->pid);
}

/* Sorts by pages, because the page size may be unknown. */
void km_failure_derive_tasks(const struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;
	struct km_failure_task *rows = km_pool_alloc(failed->pool, event->tasks.len, sizeof(*rows));
	size_t len = event->tasks.len;

	for (size_t i = 0; i < len; i++) {
		const struct km_klog_task *task = &event->tasks.items[i];

		rows[i] = (struct km_failure_task){
			.pid = task->pid, .name = task->name, .bytes = task->rss_pages,
			.swap_bytes = km_num_mul(task->swap_pages, failed->page_bytes),
			.oom_score_adj = task->oom_score_adj,
		};
	}
	if (len)
		qsort(rows, len, sizeof(*rows), larger_task);
	for (size_t i = 0; i < len; i++)
		rows[i].bytes = km_num_mul(rows[i].bytes, failed->page_bytes);
	row->tasks = (struct km_rows){ rows, len };
}

static int larger_cache(const void *a, const void *b)
{
	const struct km_failure_cache *left = a, *right = b;

	if (left->size_bytes != right->size_bytes)
		return left->size_bytes < right->size_bytes ? 1 : -1;
	return km_str_compare(left->name, right->name);
}

void km_failure_derive_caches(const struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;
	struct km_failure_cache *rows = km_pool_alloc(failed->pool, event->slabs.len, sizeof(*rows));
	size_t len = event->slabs.len;

	for (size_t i = 0; i < len; i++)
		rows[i] = (struct km_failure_cache){
			event->slabs.items[i].name, km_num_mul(event->slabs.items[i].total_kib, 1024),
			km_num_mul(event->slabs.items[i].used_kib, 1024),
		};
	if (len)
		qsort(rows, len, sizeof(*rows), larger_cache);
	row->caches = (struct km_rows){ rows, len };
}
