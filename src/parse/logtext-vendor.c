// SPDX-License-Identifier: GPL-2.0-or-later
/* What the kernels of Android's vendors print behind the time: a CPU and a task. */
#include "parse/logtext-prefix.h"

static void skip_blanks(struct km_str *rest)
{
	while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\t'))
		*rest = km_str_skip(*rest, 1);
}

/*
 * "[0:  swapper/0:    1]" (CPU, name, task), "[123:name]", "[pid:1,cpu0,name]". The context is without the CPU: a task
 * moves from one to another.
 */
static bool take_task(struct km_str *rest, struct km_str *ret_context)
{
	struct km_str after = *rest, inside, first;

	if (!km_str_take_prefix(&after, KM_STR("[")) || !km_str_take_until(&after, ']', &inside) ||
	    inside.len > 64)
		return false;
	*rest = after;
	*ret_context = inside;
	if (km_str_take_prefix(&inside, KM_STR("pid:")))
		return km_str_take_until(&inside, ',', ret_context);
	if (!km_str_take_until(&inside, ':', &first) || !first.len)
		return false;
	if (memchr(inside.ptr, ':', inside.len))
		*ret_context = km_str_trim(inside);
	return true;
}

/* "c0    123 text": a CPU and a task */
static bool take_columns(struct km_str *rest, struct km_str *ret_context)
{
	struct km_str after = *rest;
	uint64_t number;

	if (!km_str_take_prefix(&after, KM_STR("c")) || !km_str_take_u64(&after, &number))
		return false;
	skip_blanks(&after);
	*ret_context = after;
	if (!km_str_take_u64(&after, &number) || !km_str_starts(after, KM_STR(" ")))
		return false;
	ret_context->len -= after.len;
	*rest = after;
	return true;
}

bool km_recipe_vendor(struct km_str *rest, struct km_kline *line)
{
	struct km_str after = *rest, part, context;
	uint64_t number;

	skip_blanks(&after);
	/* "<0>.(0)[123:name]", "-(0)[123:name]", "(0)[123:name]" of MediaTek; "I[0:" of Samsung */
	if (km_str_take_prefix(&after, KM_STR("<")) && (!km_str_take_u64(&after, &number) ||
							 !km_str_take_prefix(&after, KM_STR(">"))))
		return false;
	while (after.len && *after.ptr && strchr(".-I", *after.ptr))
		after = km_str_skip(after, 1);
	if (km_str_take_prefix(&after, KM_STR("(")) && !km_str_take_until(&after, ')', &part))
		return false;
	if (!take_task(&after, &context) && !take_columns(&after, &context))
		return false;
	line->context = context;
	skip_blanks(&after);
	*rest = after;
	return true;
}
