// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"
#include "parse/logtext-prefix.h"
#include "parse/logtext-width.h"

enum {
	SAMPLE_BYTES = 64 * 1024,
	WIDTH_LEAST = 60,
	WIDTH_MOST = 320,
	CUT_LEAST = 3,       /* lines that are cut at one width, in a log whose messages have times */
	CUT_LEAST_PLAIN = 6, /* the same without times */
	INDENT = 4,          /* dmesg indents the further lines of a message at least so far */
};

void km_width_init(struct km_width *width, km_width_sink *sink, void *data)
{
	*width = (struct km_width){ .sink = sink, .data = data };
}

static bool is_quote(char c)
{
	return c == '>' || c == '|' || c == ' ' || c == '\t';
}

/* "> ", "> > ", "| " in front of each line of a quoted text; empty if there is none. */
static struct km_str quote_of(struct km_str text)
{
	struct km_str quote = { text.ptr, 0 };
	bool quoted = false;

	for (size_t i = 0; i < text.len && is_quote(text.ptr[i]); i++) {
		quoted = quoted || text.ptr[i] == '>' || text.ptr[i] == '|';
		quote.len = i + 1;
	}
	if (!quoted)
		quote.len = 0;
	return quote;
}

static struct km_str without_return(struct km_str text)
{
	while (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	return text;
}

static size_t columns_of(struct km_str text)
{
	return text.len > (size_t)4 * WIDTH_MOST ? text.len : km_str_columns(text);
}

/* A message that begins with its time or its priority. */
static bool is_stamped(struct km_str text)
{
	struct km_str rest;
	struct km_recipe recipe = km_recipe_guess(text, &rest);

	return !recipe.junk && (recipe.time || recipe.priority || recipe.facility);
}

/* What lines of a report begin with, for a log without times; figures inside a line do not. */
static bool is_beginning(struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT(" "), KM_STR_INIT("\t"), KM_STR_INIT("["), KM_STR_INIT("<"), KM_STR_INIT("Node "), KM_STR_INIT("lowmem_reserve"),
		KM_STR_INIT("active_anon:"), KM_STR_INIT("Normal"), KM_STR_INIT("DMA"), KM_STR_INIT("HighMem"), KM_STR_INIT("Movable"),
		KM_STR_INIT("CPU: "), KM_STR_INIT("Call "), KM_STR_INIT("Mem-"), KM_STR_INIT("Hardware "), KM_STR_INIT("Free "),
		KM_STR_INIT("Total "), KM_STR_INIT("Swap "), KM_STR_INIT("RIP"), KM_STR_INIT("RSP"), KM_STR_INIT("Code: "), KM_STR_INIT("Out of "),
		KM_STR_INIT("Killed "), KM_STR_INIT("Memory "), KM_STR_INIT("Tasks "), KM_STR_INIT("oom"), KM_STR_INIT("---"),
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (km_str_starts(text, words[i]))
			return true;
	return km_str_find(text, KM_STR(" pages")) >= 0 || km_str_find(text, KM_STR("+0x")) >= 0;
}

static bool begins(const struct km_width *width, struct km_str text)
{
	return width->stamped ? is_stamped(text) : is_beginning(km_str_skip(text, quote_of(text).len));
}

static bool is_indented(struct km_str text)
{
	size_t blanks = 0;

	text = km_str_skip(text, quote_of(text).len);
	while (blanks < text.len && (text.ptr[blanks] == ' ' || text.ptr[blanks] == '\t'))
		blanks++;
	return blanks >= INDENT || (blanks && text.ptr[0] == '\t');
}

/* Whether the line can be the rest of a line that was cut. */
static bool may_go_on(const struct km_width *width, struct km_str text)
{
	return km_str_trim(km_str_skip(text, quote_of(text).len)).len && !is_indented(text) && !begins(width, text);
}

/* By columns: lines of that width that go on in the next one, and lines of that width that do not. */
struct tally {
	size_t cut[WIDTH_MOST + 1], whole[WIDTH_MOST + 1];
	size_t all_cut, wider[WIDTH_MOST + 1];
};

static void count_line(const struct km_width *width, size_t at, struct tally *tally)
{
	const struct km_width_line *lines = width->sample.items;
	const size_t columns = columns_of(lines[at].text);
	const bool more = at + 1 < width->sample.len && may_go_on(width, lines[at + 1].text);

	for (size_t less = WIDTH_LEAST; less < columns && less <= WIDTH_MOST; less++)
		tally->wider[less]++;
	if (!begins(width, lines[at].text))
		return;
	tally->all_cut += more;
	if (columns >= WIDTH_LEAST && columns <= WIDTH_MOST)
		(more ? tally->cut : tally->whole)[columns]++;
}

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("_+:|,=)(.", c));
}

/* With one or two lines that are cut: the width of a usual terminal, which no line exceeds, and cuts inside words. */
static bool is_terminal(const struct km_width *width, size_t columns)
{
	static const size_t usual[] = { 79, 80, 100, 120, 132, 160 };
	bool is_usual = false;

	if (!width->stamped)
		return false;
	for (size_t i = 0; i < width->sample.len; i++) {
		const struct km_str line = width->sample.items[i].text;
		const struct km_str next = i + 1 < width->sample.len ? width->sample.items[i + 1].text : (struct km_str){ 0 };
		const struct km_str rest = km_str_skip(next, quote_of(next).len);

		if (columns_of(line) > columns)
			return false;
		for (size_t j = 0; j < sizeof(usual) / sizeof(*usual); j++)
			is_usual = is_usual || columns == usual[j] + quote_of(line).len;
		if (columns_of(line) == columns && begins(width, line) && may_go_on(width, next) &&
		    !(is_of_word(line.ptr[line.len - 1]) && is_of_word(*rest.ptr)))
			return false;
	}
	return is_usual;
}

/* A mail program's lines end at words, so that they differ in width; a cut log has no wider line, and few that just fit. */
static size_t find_width(const struct km_width *width)
{
	const size_t least = width->stamped ? CUT_LEAST : CUT_LEAST_PLAIN;
	struct tally tally = { 0 };
	size_t best = 0;

	for (size_t i = 0; i < width->sample.len; i++)
		count_line(width, i, &tally);
	for (size_t columns = WIDTH_LEAST; columns <= WIDTH_MOST; columns++)
		if (tally.cut[columns] > tally.cut[best])
			best = columns;
	if (!tally.cut[best] || (tally.cut[best] < least && !is_terminal(width, best)))
		return 0;
	if (tally.cut[best] * 10 < tally.all_cut * 7 || tally.whole[best] > tally.cut[best] ||
	    tally.wider[best] * 8 > tally.cut[best])
		return 0;
	return best;
}

static bool is_folded(struct km_str text, size_t columns)
{
	text = without_return(text);
	return columns_of(text) == columns || km_str_ends(text, KM_STR(" "));
}

/* The width at which fold -s cut: that of the longest line. Nearly each line that goes on ends with a blank there. */
static size_t find_fold(const struct km_width *width)
{
	size_t columns = 0, cut = 0, folded = 0;

	for (size_t i = 0; i < width->sample.len; i++) {
		const size_t own = columns_of(without_return(width->sample.items[i].text));

		columns = own > columns ? own : columns;
	}
	if (!width->stamped || columns < WIDTH_LEAST || columns > WIDTH_MOST)
		return 0;
	for (size_t i = 0; i + 1 < width->sample.len; i++)
		if (begins(width, width->sample.items[i].text) && may_go_on(width, width->sample.items[i + 1].text)) {
			cut++;
			folded += is_folded(width->sample.items[i].text, columns);
		}
	return folded >= CUT_LEAST && folded * 10 >= cut * 9 ? columns : 0;
}

/* Whether the first word of the next line has no room in this one. */
static bool lacks_room(size_t columns, struct km_str next, size_t width)
{
	struct km_str rest = km_str_skip(next, quote_of(next).len), word;

	return km_str_take_word(&rest, &word) && columns + 1 + columns_of(word) > width;
}

/* A line that goes on in the next one: its columns, and with the next word. */
struct wrap {
	size_t own, more;
};

struct wraps {
	KM_ARRAY(struct wrap) rows;
};

static void find_wraps(const struct km_width *width, struct wraps *ret)
{
	const struct km_width_line *lines = width->sample.items;
	bool inside = false;

	for (size_t i = 0; i + 1 < width->sample.len; i++) {
		const size_t own = columns_of(without_return(lines[i].text));
		struct km_str rest = km_str_skip(lines[i + 1].text, quote_of(lines[i + 1].text).len), word;

		inside = begins(width, lines[i].text) || (inside && may_go_on(width, lines[i].text));
		if (inside && may_go_on(width, lines[i + 1].text) && km_str_take_word(&rest, &word))
			*km_array_push(&ret->rows) = (struct wrap){ own, own + 1 + columns_of(word) };
	}
}

/* The width at which a mail program wrapped lines that have times: nine of ten are as long as their words allow. */
static size_t find_wrap(const struct km_width *width)
{
	enum { NARROW = 40, WIDE = 160 };
	struct wraps wraps = { .rows = { 0 } };
	size_t best = 0, most = 0;

	if (width->stamped)
		find_wraps(width, &wraps);
	for (size_t columns = NARROW; wraps.rows.len >= CUT_LEAST && columns <= WIDE; columns++) {
		size_t found = 0;

		for (size_t i = 0; i < wraps.rows.len; i++)
			found += wraps.rows.items[i].own <= columns && wraps.rows.items[i].more > columns;
		best = found > most ? columns : best;
		most = found > most ? found : most;
	}
	best = most >= CUT_LEAST && most * 10 >= wraps.rows.len * 9 ? best : 0;
	km_array_deinit(&wraps.rows);
	return best;
}

static void flush(struct km_width *width)
{
	struct km_str line = { width->line.bytes.items, width->line.bytes.len };

	if (!width->waits)
		return;
	width->waits = false;
	width->sink(width->data, line, width->number);
}

/* Of a width that is known. */
static void take(struct km_width *width, struct km_str text, uint64_t number)
{
	const struct km_str whole = without_return(text);
	struct km_str so_far = { width->line.bytes.items, width->line.bytes.len }, quote;
	const bool full = width->folded ? is_folded(whole, width->width) : columns_of(whole) == width->width;

	if (width->waits && may_go_on(width, whole)) {
		quote = quote_of(so_far);
		km_scratch_append(&width->line, km_str_starts(whole, quote) ? km_str_skip(whole, quote.len) : whole);
		if (!full)
			flush(width);
		return;
	}
	flush(width);
	if (!full) {
		width->sink(width->data, text, number);
		return;
	}
	width->waits = true;
	width->number = number;
	width->line.bytes.len = 0;
	km_scratch_append(&width->line, whole);
}

/* Of a log that was wrapped: the next line decides whether this one goes on. */
static void take_wrapped(struct km_width *width, struct km_str text, uint64_t number)
{
	const struct km_str whole = without_return(text);

	if (width->waits && may_go_on(width, whole) && lacks_room(width->last, whole, width->width)) {
		km_scratch_append(&width->line, KM_STR(" "));
		km_scratch_append(&width->line, km_str_skip(whole, quote_of(whole).len));
	} else {
		flush(width);
		width->number = number;
		width->line.bytes.len = 0;
		km_scratch_append(&width->line, whole);
		width->waits = true;
	}
	width->last = columns_of(whole);
}

/* Half of the lines of a cut log are parts of others. */
static bool has_stamps(const struct km_width *width)
{
	size_t stamped = 0;

	for (size_t i = 0; i < width->sample.len; i++)
		stamped += is_stamped(width->sample.items[i].text);
	return stamped > 2 && stamped * 5 > width->sample.len;
}

static struct km_str sampled(const void *data, size_t i)
{
	const struct km_width *width = data;

	return width->sample.items[i].text;
}

static void decide(struct km_width *width)
{
	width->decided = true;
	width->stamped = has_stamps(width);
	km_frame_decide(&width->frame, sampled, width, width->sample.len);
	width->width = width->frame.kind ? 0 : find_width(width);
	if (!width->frame.kind && !width->width) {
		width->width = find_fold(width);
		width->folded = width->width;
	}
	if (!width->frame.kind && !width->width) {
		width->width = find_wrap(width);
		width->wrapped = width->width;
	}
	for (size_t i = 0; i < width->sample.len; i++)
		km_width_take(width, width->sample.items[i].text, width->sample.items[i].number);
	km_array_deinit(&width->sample);
	km_pool_deinit(&width->pool);
}

void km_width_take(struct km_width *width, struct km_str text, uint64_t number)
{
	if (width->decided && width->frame.kind) {
		if (km_frame_peel(&width->frame, text, &text))
			width->sink(width->data, text, number);
	} else if (width->decided && !width->width) {
		width->sink(width->data, text, number);
	} else if (width->decided && width->wrapped) {
		take_wrapped(width, text, number);
	} else if (width->decided) {
		take(width, text, number);
	} else {
		*km_array_push(&width->sample) = (struct km_width_line){ km_pool_copy(&width->pool, text), number };
		width->bytes += text.len + sizeof(struct km_width_line);
		if (width->bytes >= SAMPLE_BYTES)
			decide(width);
	}
}

void km_width_end(struct km_width *width)
{
	if (!width->decided)
		decide(width);
	flush(width);
	km_scratch_deinit(&width->line);
	km_frame_deinit(&width->frame);
}
