// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/allocinfo, from 6.10 on with CONFIG_MEM_ALLOC_PROFILING (k6.12:lib/alloc_tag.c
 * alloc_tag_to_text, lib/codetag.c codetag_to_text). After two lines of heading it has one line per
 * place:
 *
 *      4096        1 kernel/fork.c:307 func:alloc_thread_stack_node
 *       512        8 fs/ext4/super.c:1390 [ext4] func:ext4_alloc_inode accurate:no
 */
#include "parse/allocinfo.h"

/* "allocinfo - version: 1.0", "#     <size>  <calls> <tag info>" */
static bool is_heading(struct km_str line)
{
	return km_str_starts(line, KM_STR("allocinfo")) || km_str_starts(line, KM_STR("#"));
}

/*
 * The kernel sums the signed counters of all CPUs one after the other, so the result may be
 * negative for a moment.
 */
static bool take_size(struct km_str *line, uint64_t *ret)
{
	struct km_str word;

	if (!km_str_take_word(line, &word))
		return false;
	*ret = 0;
	if (km_str_take_prefix(&word, KM_STR("-")))
		return !km_str_to_u64(word, &(uint64_t){ 0 });
	return !km_str_to_u64(word, ret);
}

/* An unknown word may come from a later kernel. */
static void take_word(struct km_str word, struct km_allocinfo_site *site)
{
	if (km_str_take_prefix(&word, KM_STR("func:")))
		site->func = word;
	else if (km_str_eq(word, KM_STR("accurate:no")))
		site->inaccurate = true;
	else if (word.len > 2 && km_str_starts(word, KM_STR("[")) && km_str_ends(word, KM_STR("]")))
		site->module = (struct km_str){ word.ptr + 1, word.len - 2 };
}

static bool parse_site(struct km_str line, struct km_allocinfo_site *site)
{
	struct km_str word;

	*site = (struct km_allocinfo_site){ 0 };
	if (!take_size(&line, &site->size) || !km_str_take_number(&line, &site->calls) ||
	    !km_str_take_word(&line, &site->place))
		return false;
	while (km_str_take_word(&line, &word))
		take_word(word, site);
	return site->func.len;
}

void km_parse_allocinfo(struct km_parse *parse, struct km_str text, struct km_allocinfo *ret)
{
	struct km_allocinfo_site site;
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len || is_heading(line))
			continue;
		if (!parse_site(line, &site))
			km_parse_problem(parse, "not \"SIZE CALLS FILE:LINE func:NAME\"");
		else if (site.size)
			*km_array_push(&ret->sites) = site;
	}
}

void km_allocinfo_deinit(struct km_allocinfo *allocinfo)
{
	km_array_deinit(&allocinfo->sites);
}
