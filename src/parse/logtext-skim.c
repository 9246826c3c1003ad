// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines of dmesg that the receiver does not need: most of a log. They pass all stages in one step, which must change
 * the same state as the stages would.
 */
#include "parse/logtext-skim.h"

/* What a stage would look at in a line: escapes, colours, carriage returns, NUL, the "=" of a mail. */
static const char specials[] = { '\\', '#', '\033', '\r', '\0' };

enum { LINE_MOST = 1000 }; /* a longer line may be several (logtext.c) */

void km_logskim_look(struct km_logskim *skim, struct km_str bytes)
{
	skim->len = 0;
	for (size_t i = 0; i < sizeof(specials); i++)
		if (bytes.len && memchr(bytes.ptr, specials[i], bytes.len))
			skim->found[skim->len++] = specials[i];
}

bool km_logskim_may(const struct km_logstage *stage)
{
	const struct km_recipe *recipe = stage->dialect.recipes;

	return !stage->collecting && !stage->held.lines.len && stage->dialect.len && recipe->time == KM_LOGTIME_BRACKET &&
	       !recipe->quote && !recipe->priority && !recipe->facility && !recipe->stream && !recipe->tag && !recipe->junk &&
	       !recipe->ident && !recipe->vendor && !stage->dialect.html && !stage->dialect.bare_colour && !stage->unwrap &&
	       !stage->partial.bytes.len && !stage->inner;
}

static bool has_special(const struct km_logskim *skim, struct km_str line)
{
	for (size_t i = 0; i < skim->len; i++)
		if (memchr(line.ptr, skim->found[i], line.len))
			return true;
	return false;
}

/* As deliver() and emit() of logtext-stage.c. */
static void pass(struct km_logstage *stage, const struct km_logline *line, size_t prefix)
{
	stage->share->facts.kernel_lines++;
	stage->share->facts.kernel = true;
	stage->share->facts.passed++;
	stage->share->uptime = line->uptime;
	stage->share->wall = KM_UNKNOWN;
	km_logstage_remember(stage, line, prefix);
}

bool km_logskim_take(const struct km_logskim *skim, struct km_logstage *stage, struct km_str line)
{
	struct km_logline own = KM_LOGLINE_INIT;
	struct km_str text = line;

	if (line.len >= LINE_MOST || !km_recipe_take_uptime(&text, &own) || !text.len || *text.ptr == '[' ||
	    line.ptr[line.len - 1] == '=' || line.ptr[line.len - 1] == '>' || has_special(skim, line))
		return false;
	own.owner = KM_LOG_KERNEL;
	if (!skim->dull(stage->data, km_str_trim(text), stage->share->facts.passed + 1, own.uptime))
		return false;
	pass(stage, &own, (size_t)(text.ptr - line.ptr));
	return true;
}
