// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "base/num.h"
#include "base/problem.h"

enum { LINES_LISTED = 20 };

void km_problems_deinit(struct km_problems *problems)
{
	km_array_deinit(&problems->list);
	km_pool_deinit(&problems->pool);
}

static struct km_problem *add(struct km_problems *problems, struct km_str source, uint64_t line, const char *format,
			      va_list args)
{
	struct km_problem *problem = km_array_push(&problems->list);
	char text[512];

	vsnprintf(text, sizeof(text), format, args);
	problem->reason = km_pool_copy(&problems->pool, km_str_from(text));
	problem->source = km_pool_copy(&problems->pool, source);
	problem->line = line;
	return problem;
}

struct km_problem *km_problem_source(struct km_problems *problems, struct km_str source,
				     const char *hint, const char *format, ...)
{
	struct km_problem *problem;
	va_list args;

	va_start(args, format);
	problem = add(problems, source, KM_UNKNOWN, format, args);
	va_end(args);
	if (hint)
		problem->hint = km_pool_copy(&problems->pool, km_str_from(hint));
	return problem;
}

void km_problems_move(struct km_problems *from, struct km_problems *to)
{
	const struct km_problem *problem;

	km_array_each(problem, &from->list) {
		struct km_problem *moved = km_array_push(&to->list);

		*moved = *problem;
		moved->source = km_pool_copy(&to->pool, problem->source);
		moved->reason = km_pool_copy(&to->pool, problem->reason);
		if (problem->hint.ptr)
			moved->hint = km_pool_copy(&to->pool, problem->hint);
	}
	km_problems_deinit(from);
}

bool km_problems_matter(const struct km_problems *problems)
{
	const struct km_problem *problem;

	km_array_each(problem, &problems->list)
		if (!problem->optional)
			return true;
	return false;
}

/* The problem that counts further lines of this source; NULL while such lines are still listed. */
static struct km_problem *last_listed(struct km_problems *problems, struct km_str source)
{
	struct km_problem *problem, *last = NULL;
	size_t listed = 0;

	km_array_each(problem, &problems->list) {
		if (problem->line == KM_UNKNOWN || !km_str_eq(problem->source, source))
			continue;
		listed++;
		last = problem;
	}
	return listed >= LINES_LISTED ? last : NULL;
}

void km_problem_line(struct km_problems *problems, struct km_str source, uint64_t line,
		     const char *format, ...)
{
	struct km_problem *problem = last_listed(problems, source);
	va_list args;

	if (problem) {
		problem->more++;
		return;
	}
	va_start(args, format);
	add(problems, source, line, format, args);
	va_end(args);
}
