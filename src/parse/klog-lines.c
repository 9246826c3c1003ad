// SPDX-License-Identifier: GPL-2.0-or-later
/* The lines of a log, one after the other: those that were wrapped become one again, and each is looked at once. */
#include "parse/klog-reader.h"
#include "parse/logtext.h"

/* The length of a line that may have been wrapped, and the number of lines that it was broken into. */
enum { WRAPPED_MOST = 4096, PARTS_MOST = 32 };

struct km_klog_reader *km_klog_begin(struct km_parse *parse, struct km_klog *ret)
{
	struct km_klog_reader *reader = km_realloc(NULL, 1, sizeof(*reader));

	memset(reader, 0, sizeof(*reader));
	reader->parse = parse;
	reader->klog = ret;
	km_klog_head_words(&reader->filter);
	km_klog_kill_words(&reader->filter);
	km_klog_hint_words(&reader->filter);
	return reader;
}

/* The text moves into the pool, where the next line replaces it unless a report has taken it. */
static void take_whole(struct km_klog_reader *reader, const struct km_kline *line, bool may)
{
	struct km_kline own = *line;
	size_t room = line->text.len > KM_KLOG_KEPT ? line->text.len : KM_KLOG_KEPT;

	if (reader->spare.len < line->text.len)
		reader->spare = (struct km_str){ km_pool_alloc(&reader->klog->texts.pool, room, 1), room };
	own.text.ptr = memcpy((char *)reader->spare.ptr, line->text.ptr, line->text.len);
	reader->parse->line = line->number;
	if (km_klog_take_line(reader, &own, may))
		reader->spare = km_str_skip(reader->spare, line->text.len);
	else if (may)
		km_klog_take_hint(reader, &own);
}

static struct km_str put(struct km_klog_reader *reader, struct km_str text)
{
	char *to = reader->waiting.room + reader->waiting.len;

	if (!text.ptr)
		return text;
	memcpy(to, text.ptr, text.len);
	reader->waiting.len += text.len;
	return (struct km_str){ to, text.len };
}

/* Its text comes last, so that it can grow. */
static bool may_wait(struct km_klog_reader *reader, const struct km_kline *line, bool may)
{
	const enum km_klog_wrap wrap = km_klog_wrap_of(line->text, may);

	if (wrap == KM_WRAP_NONE || line->stamp.len + line->context.len + line->text.len > WRAPPED_MOST)
		return false;
	reader->waiting.len = reader->waiting.parts = 0;
	reader->waiting.wrap = wrap;
	reader->waiting.line = *line;
	reader->waiting.line.stamp = put(reader, line->stamp);
	reader->waiting.line.context = put(reader, line->context);
	reader->waiting.line.text = put(reader, line->text);
	return true;
}

/* Whether the line may begin a report, be a kill, or be counted. */
static bool may_begin(const struct km_klog_reader *reader, struct km_str text)
{
	return km_str_starts(text, KM_STR("WARNING: ")) || km_klog_filter_may(&reader->filter, text);
}

static void end_waiting(struct km_klog_reader *reader)
{
	const struct km_kline *line = &reader->waiting.line;

	if (reader->waiting.wrap == KM_WRAP_NONE)
		return;
	reader->waiting.wrap = KM_WRAP_NONE;
	take_whole(reader, line, may_begin(reader, line->text));
}

/* Whether the line is the rest of the waiting line, to which it is then added. */
static bool is_rest(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_kline *waiting = &reader->waiting.line;
	struct km_str text = line->text;

	if (reader->waiting.wrap == KM_WRAP_NONE || line->stamp.ptr || line->context.ptr || reader->waiting.parts == PARTS_MOST ||
	    reader->waiting.len + 1 + text.len > KM_KLOG_KEPT)
		return false;
	/* quoted in a mail, below a line whose quote was in front of its time */
	while (text.len && (*text.ptr == '>' || *text.ptr == ' '))
		text = km_str_skip(text, 1);
	if (!text.len || !km_klog_wrap_goes_on(reader->waiting.wrap, waiting->text, text, waiting->stamp.ptr != NULL))
		return false;
	if (!km_klog_wrap_is_glued(reader->waiting.wrap, waiting->text, text))
		waiting->text.len += put(reader, KM_STR(" ")).len;
	waiting->text.len += put(reader, text).len;
	reader->waiting.parts++;
	return true;
}

void km_klog_line(struct km_klog_reader *reader, const struct km_kline *line)
{
	bool may;

	reader->idle = false;
	reader->last_sequence = line->sequence;
	reader->last_usec = line->usec;
	if (!line->text.len || is_rest(reader, line))
		return;
	end_waiting(reader);
	may = may_begin(reader, line->text);
	if (!may_wait(reader, line, may))
		take_whole(reader, line, may);
}

void km_klog_end(struct km_klog_reader *reader)
{
	end_waiting(reader);
	km_klog_finish(reader, reader->klog->events.len);
	km_array_deinit(&reader->orphan.frames);
	free(reader);
}

static void feed(void *reader, const struct km_kline *line)
{
	km_klog_line(reader, line);
}

static bool may_matter(void *reader, struct km_str bytes)
{
	return km_klog_may_matter(reader, bytes);
}

static bool is_dull(void *reader, struct km_str text, uint64_t sequence, uint64_t usec, bool wordless)
{
	return km_klog_is_dull(reader, text, sequence, usec, wordless);
}

void km_parse_klog(struct km_parse *parse, struct km_str text, struct km_klog *ret)
{
	static const struct km_logtext_skimmer skimmer = { may_matter, is_dull };
	struct km_klog_reader *reader = km_klog_begin(parse, ret);
	struct km_logtext *logtext = km_logtext_begin(feed, reader);

	km_logtext_skim(logtext, &skimmer);
	km_logtext_push(logtext, text);
	km_logtext_end(logtext, NULL);
	km_klog_end(reader);
}
