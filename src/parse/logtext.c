// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-mail.h"
#include "parse/logtext-order.h"
#include "parse/logtext-prefix.h"
#include "parse/logtext-skim.h"
#include "parse/logtext-stage.h"
#include "parse/logtext-wide.h"
#include "parse/logtext-width.h"

/* A longer line is split: the memory for it is bounded, and no kernel message is this long. */
enum { LINE_MOST = 4 << 20 };

/* A line with so many times in it was several, and what a time has at most. */
enum { MANY_BYTES = 1000, MANY_STAMPS = 4, STAMP_MOST = 32, PREFIX_MOST = 1024 };

struct km_logtext {
	struct km_logshare share;
	struct km_logstage stage;
	struct km_logskim skim;
	struct km_scratch partial; /* the beginning of a line whose end was not pushed yet */
	struct km_scratch narrow;  /* UTF-16 as bytes */
	struct km_scratch plain;   /* a line in ASCII */
	bool may_have_marks;       /* the line may have bytes that typography uses */
	bool bytes_have_marks;     /* of the bytes that were pushed last */
	bool bytes_are_usual;
	struct km_wide wide;
	bool parted; /* the line so far was too long */
	struct km_mail mail;
	struct km_width width;
	uint64_t number; /* of the line in the file that the line so far began with; 0: none did */
	uint64_t numbers_from; /* what is added to the count of lines, modulo 2^64 */
	char head[KM_ENCODING_HEAD]; /* the first bytes */
	size_t head_len;
};

static void pass_whole(void *data, struct km_str text, uint64_t number)
{
	struct km_logtext *logtext = data;
	struct km_logline line = KM_LOGLINE_INIT;

	line.kline.text = text;
	line.kline.number = number;
	km_logstage_take(&logtext->stage, &line);
}

struct km_logtext *km_logtext_begin(km_logtext_sink *sink, void *data)
{
	struct km_logtext *logtext = km_realloc(NULL, 1, sizeof(*logtext));

	*logtext = (struct km_logtext){ .share = { .wall = KM_UNKNOWN, .uptime = KM_UNKNOWN } };
	km_logstage_init(&logtext->stage, sink, data, &logtext->share, 0);
	km_width_init(&logtext->width, pass_whole, logtext);
	return logtext;
}

void km_logtext_skim(struct km_logtext *logtext, const struct km_logtext_skimmer *skimmer)
{
	logtext->skim.receiver = skimmer;
}

void km_logtext_number(struct km_logtext *logtext, uint64_t number)
{
	logtext->numbers_from = number - (logtext->share.facts.lines + 1);
}

/* "[   12.345678] " */
static bool begins_stamp(struct km_str text)
{
	struct km_str head = { text.ptr, text.len < STAMP_MOST ? text.len : STAMP_MOST }, inside;
	struct km_logstamp stamp;

	return km_str_take_prefix(&head, KM_STR("[")) && km_str_take_until(&head, ']', &inside) &&
	       km_logtime_bracket(km_str_trim(inside), &stamp) && stamp.uptime;
}

/* A time or a priority, in any form. It is looked for behind each line feed of a text without lines, so not to the end. */
static bool begins_line(struct km_str text)
{
	const struct km_str head = { text.ptr, text.len < PREFIX_MOST ? text.len : PREFIX_MOST };
	struct km_str rest;
	const struct km_recipe recipe = km_recipe_guess(head, &rest);

	return !recipe.junk && (recipe.time || recipe.priority);
}

/* Where the next line begins: with a time in brackets behind a blank, or behind "\\n". The end of the text: nowhere. */
static size_t next_stamp(struct km_str text, size_t from)
{
	for (size_t at = from; at + 2 < text.len; at++) {
		const char first = text.ptr[at], second = text.ptr[at + 1];

		if (first == ' ' && second == '[' && begins_stamp(km_str_skip(text, at + 1)))
			return at + 1;
		if (first == '&' && second == '#' && begins_line(km_str_skip(text, at + sizeof("&#10;") - 1)))
			return at + sizeof("&#10;") - 1;
		if (first == '\\' && second == 'n' && begins_line(km_str_skip(text, at + 2)))
			return at + 2;
	}
	return text.len;
}

/* Whether line feeds were lost, as web pages do that are no code: a line with the times of many. JSON has them too. */
static bool is_of_many(struct km_str text)
{
	const struct km_str begin = km_str_trim(text);
	size_t at = 0, found = 0;

	if (text.len < MANY_BYTES || !begin.len || *begin.ptr == '{' || *begin.ptr == '"')
		return false;
	while (found < MANY_STAMPS && (at = next_stamp(text, at)) < text.len)
		found++;
	return found == MANY_STAMPS;
}

/* A whole log as one string of JSON, "line\nline\n", or as one list: ["line", "line"], and with the quotes of Python. */
static const struct {
	struct km_str begin, between, end;
} strings[] = {
	{ KM_STR_INIT("\""), KM_STR_INIT("\\n"), KM_STR_INIT("\"") },
	{ KM_STR_INIT("[\""), KM_STR_INIT("\", \""), KM_STR_INIT("\"]") },
	{ KM_STR_INIT("[\""), KM_STR_INIT("\",\""), KM_STR_INIT("\"]") },
	{ KM_STR_INIT("['"), KM_STR_INIT("', '"), KM_STR_INIT("']") },
};

/* Passes the lines of such a string; false: it is none. */
static bool pass_string(struct km_logtext *logtext, struct km_str text, uint64_t number)
{
	struct km_str rest;
	size_t i = 0;
	ptrdiff_t at;

	for (; i < sizeof(strings) / sizeof(*strings); i++) {
		rest = km_str_trim(text);
		if (text.len >= MANY_BYTES && km_str_take_prefix(&rest, strings[i].begin) && km_str_ends(rest, strings[i].end) &&
		    km_str_find(rest, strings[i].between) > 0)
			break;
	}
	if (i == sizeof(strings) / sizeof(*strings))
		return false;
	rest.len -= strings[i].end.len;
	for (; (at = km_str_find(rest, strings[i].between)) >= 0; rest = km_str_skip(rest, (size_t)at + strings[i].between.len))
		km_width_take(&logtext->width, (struct km_str){ rest.ptr, (size_t)at }, number);
	if (rest.len)
		km_width_take(&logtext->width, rest, number);
	return true;
}

/* "<br>", which a web page has at the end of each line, and no message of the kernel. */
static struct km_str without_break(struct km_str text)
{
	static const struct km_str breaks[] = { KM_STR_INIT("<br>"), KM_STR_INIT("<br/>"), KM_STR_INIT("<br />") };

	for (size_t i = 0; i < sizeof(breaks) / sizeof(*breaks) && km_str_ends(text, KM_STR(">")); i++)
		if (km_str_ends(text, breaks[i]))
			text.len -= breaks[i].len;
	return text;
}

static void pass(struct km_logtext *logtext, struct km_str text)
{
	const uint64_t number = logtext->number ? logtext->number : logtext->numbers_from + logtext->share.facts.lines;
	size_t end;

	logtext->number = 0;
	if (logtext->may_have_marks)
		text = km_clean_typography(&logtext->plain, text);
	text = without_break(text);
	if (km_logtext_is_part(text, &(uint64_t){ 0 }))
		return;
	if (pass_string(logtext, text, number))
		return;
	if (is_of_many(text))
		for (; (end = next_stamp(text, 0)) < text.len; text = km_str_skip(text, end))
			km_width_take(&logtext->width, (struct km_str){ text.ptr, end }, number);
	km_width_take(&logtext->width, text, number);
}

/* whole: the line ends here. Otherwise it is too long and continues. */
static void take_line(struct km_logtext *logtext, struct km_str text, bool whole)
{
	logtext->share.facts.lines += !logtext->parted;
	logtext->parted = !whole;
	if (km_mail_take(&logtext->mail, text, &text))
		pass(logtext, text);
	else if (!logtext->number)
		logtext->number = logtext->numbers_from + logtext->share.facts.lines;
}

static void take_partial(struct km_logtext *logtext, bool whole)
{
	struct km_str line = { logtext->partial.bytes.items, logtext->partial.bytes.len };

	logtext->partial.bytes.len = 0;
	take_line(logtext, line, whole);
}

/* Takes up to the line feed, or as much as a line may have; false: more bytes are needed. */
static bool take_piece(struct km_logtext *logtext, struct km_str *bytes, struct km_str *ret, bool *ret_whole)
{
	size_t room = LINE_MOST - logtext->partial.bytes.len;
	size_t len = bytes->len < room ? bytes->len : room;
	const char *end = len ? memchr(bytes->ptr, '\n', len) : NULL;

	*ret_whole = end;
	if (!end && len < room)
		return false;
	*ret = (struct km_str){ bytes->ptr, end ? (size_t)(end - bytes->ptr) : room };
	*bytes = km_str_skip(*bytes, ret->len + (end ? 1 : 0));
	return true;
}

/* Whether no stage in front waits for something. */
static bool may_skim(const struct km_logtext *logtext)
{
	return logtext->skim.receiver && !logtext->parted && !logtext->number && !logtext->may_have_marks && !logtext->mail.printable &&
	       !logtext->mail.declared && !logtext->mail.joined.bytes.len && logtext->width.decided && !logtext->width.width &&
	       !logtext->width.frame.kind && logtext->stage.form.len && !logtext->stage.held.lines.len;
}

static bool skim_line(struct km_logtext *logtext, struct km_str line, bool whole)
{
	const bool done = whole && may_skim(logtext) && km_logskim_take(&logtext->skim, &logtext->stage, line);

	if (!done)
		km_logskim_settle(&logtext->skim, &logtext->stage);
	logtext->share.facts.lines += done;
	return done;
}

static void take_bytes(struct km_logtext *logtext, struct km_str bytes)
{
	struct km_str line;
	bool whole;

	if (logtext->skim.receiver)
		km_logskim_look(&logtext->skim, &logtext->stage, bytes, logtext->bytes_are_usual);
	while (take_piece(logtext, &bytes, &line, &whole)) {
		if (!logtext->partial.bytes.len && skim_line(logtext, line, whole))
			continue;
		if (!logtext->partial.bytes.len) {
			take_line(logtext, line, whole);
			continue;
		}
		km_scratch_append(&logtext->partial, line);
		take_partial(logtext, whole);
		logtext->may_have_marks = logtext->bytes_have_marks;
	}
	km_logskim_settle(&logtext->skim, &logtext->stage);
	km_scratch_append(&logtext->partial, bytes);
}

static void take_wide(struct km_logtext *logtext, struct km_str bytes)
{
	logtext->narrow.bytes.len = 0;
	km_wide_narrow(&logtext->wide, &logtext->narrow, bytes);
	take_bytes(logtext, (struct km_str){ logtext->narrow.bytes.items, logtext->narrow.bytes.len });
}

static void take_encoded(struct km_logtext *logtext, struct km_str bytes)
{
	if (logtext->wide.encoding == KM_ENCODING_BYTES)
		take_bytes(logtext, bytes);
	else
		take_wide(logtext, bytes);
}

static void find_encoding(struct km_logtext *logtext)
{
	struct km_str bytes = { logtext->head, logtext->head_len };

	logtext->wide.encoding = km_encoding_take(&bytes);
	take_encoded(logtext, bytes);
}

void km_logtext_push(struct km_logtext *logtext, struct km_str bytes)
{
	while (bytes.len && logtext->wide.encoding == KM_ENCODING_UNKNOWN) {
		logtext->head[logtext->head_len++] = *bytes.ptr;
		bytes = km_str_skip(bytes, 1);
		if (logtext->head_len == sizeof(logtext->head))
			find_encoding(logtext);
	}
	/* a line that began before has been looked at, unless it is cut inside a sign */
	logtext->bytes_are_usual = logtext->wide.encoding == KM_ENCODING_BYTES && km_logskim_is_usual(bytes);
	logtext->bytes_have_marks = !logtext->bytes_are_usual && km_clean_has_typography(bytes);
	logtext->may_have_marks = logtext->partial.bytes.len || logtext->bytes_have_marks;
	if (bytes.len)
		take_encoded(logtext, bytes);
}

void km_logtext_end(struct km_logtext *logtext, struct km_logtext_counts *ret)
{
	struct km_str text;

	if (logtext->wide.encoding == KM_ENCODING_UNKNOWN)
		find_encoding(logtext);
	if (logtext->partial.bytes.len)
		take_partial(logtext, true);
	if (km_mail_end(&logtext->mail, &text))
		pass(logtext, text);
	km_mail_deinit(&logtext->mail);
	km_width_end(&logtext->width);
	km_logstage_end(&logtext->stage);
	if (ret)
		*ret = logtext->share.facts;
	km_scratch_deinit(&logtext->partial);
	km_scratch_deinit(&logtext->narrow);
	km_scratch_deinit(&logtext->plain);
	free(logtext);
}
