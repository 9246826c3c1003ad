// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-frame.h"
#include "parse/logtext-prefix.h"

/* Eight of ten lines have to show a frame. */
enum { SHARE = 8, WHOLE = 10, SHORT = 2 };

/* Of CSV, lists of JSON, code and tables in Markdown, ends that an editor shows; no message of the kernel ends so as a rule. */
static const struct km_str closings[] = {
	KM_STR_INIT("\","), KM_STR_INIT("\""), KM_STR_INIT("`"), KM_STR_INIT("**"), KM_STR_INIT("|"),
	KM_STR_INIT("\xe2\x94\x82"), /* the side of a box */
	KM_STR_INIT("^M$"), KM_STR_INIT("^M"), KM_STR_INIT("$"), /* cat -A */
	KM_STR_INIT(" - kernel"), /* Cisco's NX-OS */
};

/* In front of a quoted value in which a backslash escapes: logfmt, the console of a guest in kata's log, hashes of Ruby. */
static const struct km_str keys[] = {
	KM_STR_INIT("vmconsole="), KM_STR_INIT(" msg="), KM_STR_INIT(" message="), KM_STR_INIT(" log="), KM_STR_INIT("\"msg\"=>"),
	KM_STR_INIT("\"message\"=>"), KM_STR_INIT("\"log\"=>"), KM_STR_INIT("\"MESSAGE\"=>"),
};

/* Names of the column with the message. */
static const struct km_str columns[] = {
	KM_STR_INIT("message"), KM_STR_INIT("@message"), KM_STR_INIT("Message"), KM_STR_INIT("MESSAGE"), KM_STR_INIT("_raw"),
	KM_STR_INIT("Line"), KM_STR_INIT("line"), KM_STR_INIT("SyslogMessage"), KM_STR_INIT("msg"), KM_STR_INIT("log"),
	KM_STR_INIT("Log"), KM_STR_INIT("text"), KM_STR_INIT("Text"), KM_STR_INIT("content"), KM_STR_INIT("Content"),
	KM_STR_INIT("body"), KM_STR_INIT("textPayload"), KM_STR_INIT("event.original"), KM_STR_INIT("full_message"),
	KM_STR_INIT("_source.message"), KM_STR_INIT("jsonPayload.message"), KM_STR_INIT("jsonPayload.MESSAGE"),
};

static struct km_str trimmed(struct km_str text)
{
	return km_str_trim(km_clean_ends(text));
}

/* ------------------------------------------------------------------ cells */

/* Appends a quoted cell up to its end; *rest is behind it. False: it goes on in the next line. */
static bool take_quoted(struct km_scratch *cell, struct km_str *rest)
{
	const struct km_str quote = KM_STR("\"");
	struct km_str part;

	while (km_str_take_until(rest, '"', &part)) {
		km_scratch_append(cell, part);
		if (!km_str_take_prefix(rest, quote))
			return true;
		km_scratch_append(cell, quote); /* twice a quote is a quote */
	}
	km_scratch_append(cell, *rest);
	rest->len = 0;
	return false;
}

/* The next cell of a row. False: the row has ended, or its end is not in this line. */
static bool take_cell(struct km_frame *frame, struct km_str *rest, bool first, struct km_scratch *cell)
{
	struct km_str part;

	if (!first && (!rest->len || *rest->ptr != frame->separator))
		return false;
	if (!first)
		*rest = km_str_skip(*rest, 1);
	cell->bytes.len = 0;
	if ((first && frame->open) || km_str_take_prefix(rest, KM_STR("\""))) {
		frame->open = !take_quoted(cell, rest);
		return true;
	}
	part = *rest;
	if (km_str_take_until(rest, frame->separator, &part))
		*rest = (struct km_str){ rest->ptr - 1, rest->len + 1 };
	else
		rest->len = 0;
	km_scratch_append(cell, part);
	return true;
}

static struct km_str text_of(const struct km_scratch *scratch)
{
	return (struct km_str){ scratch->bytes.items, scratch->bytes.len };
}

/* The message's column of a row, or of as much of the row as the line has. */
static bool peel_column(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	struct km_str rest = km_clean_ends(line);
	size_t column = frame->open ? frame->cells : 0;
	bool first = true, found = false;

	for (;; column++, first = false) {
		const bool message = column == frame->column;

		if (!take_cell(frame, &rest, first, message ? &frame->line : &frame->other))
			break;
		found = found || message;
		frame->cells = column;
	}
	*ret = text_of(&frame->line);
	return found;
}

static bool is_column(struct km_str cell)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		if (km_str_eq(cell, columns[i]))
			return true;
	return false;
}

/* A first line that names columns, one of them the message's. */
static bool find_column(struct km_frame *frame, struct km_str line)
{
	static const char separators[] = ",;\t";
	size_t column, found;

	line = trimmed(line);
	if (!line.len || km_is_digit(*line.ptr))
		return false;
	for (const char *separator = separators; *separator; separator++) {
		struct km_str rest = line;

		found = SIZE_MAX;
		frame->separator = *separator;
		if (!memchr(line.ptr, *separator, line.len))
			continue;
		for (column = 0; take_cell(frame, &rest, !column, &frame->other); column++)
			if (is_column(text_of(&frame->other)))
				found = column;
		/* a record of JSON has such names, too, but a colon behind them */
		if (!frame->open && !rest.len && found < column) {
			frame->column = found;
			return true;
		}
		frame->open = false;
	}
	return false;
}

/* "2026-11-23","guest","[   12.345678] text",17: the cell that begins with the kernel's time */
static bool peel_cell(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	const ptrdiff_t at = km_recipe_anchor(line);
	struct km_str rest = line;

	*ret = line;
	if (at <= 0 || line.ptr[at - 1] != '"')
		return false;
	rest = km_str_skip(line, (size_t)at);
	frame->line.bytes.len = 0;
	if (!take_quoted(&frame->line, &rest) || (rest.len && !strchr(",;\t", *rest.ptr)))
		return false;
	*ret = text_of(&frame->line);
	return true;
}

/* ----------------------------------------------------------------- values */

static bool peel_value(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	const ptrdiff_t at = km_str_find(line, *frame->key);
	struct km_str rest = km_str_skip(line, at < 0 ? line.len : (size_t)at + frame->key->len);

	*ret = line;
	if (!km_str_take_prefix(&rest, KM_STR("\"")))
		return false;
	frame->line.bytes.len = 0;
	for (size_t i = 0; i < rest.len && rest.ptr[i] != '"'; i++) {
		const bool escaped = rest.ptr[i] == '\\' && i + 1 < rest.len && strchr("\"\\", rest.ptr[i + 1]);

		i += escaped;
		*km_array_push(&frame->line.bytes) = rest.ptr[i];
	}
	*ret = text_of(&frame->line);
	return true;
}

/* "Nov 23 09:10:00 guest app: {"message":"text"}": the object */
static bool peel_object(struct km_str line, struct km_str *ret)
{
	const struct km_str text = trimmed(line);
	const ptrdiff_t at = km_str_find(text, KM_STR("{\""));

	*ret = at > 0 && km_str_ends(text, KM_STR("}")) ? km_str_skip(text, (size_t)at) : line;
	return at > 0 && ret->ptr != line.ptr;
}

/* --------------------------------------------------------------- closings */

/* "2026-11-23 09:10:00","guest","kernel","text" as a line of syslog; other texts as they are. */
static struct km_str from_row(struct km_frame *frame, struct km_str text)
{
	const struct km_str between = KM_STR("\",\"");
	struct km_str rest = text, stamp = { 0 };
	bool kernel = false;
	ptrdiff_t at;

	if (*frame->closing->ptr != '"' || km_recipe_anchor(text) >= 0)
		return text;
	for (; (at = km_str_find(rest, between)) >= 0; rest = km_str_skip(rest, (size_t)at + between.len)) {
		const struct km_str cell = { rest.ptr, (size_t)at };

		if (!stamp.len && km_logtime_guess(cell))
			stamp = cell;
		kernel = kernel || km_str_eq(cell, KM_STR("kernel"));
	}
	if (!stamp.len || !kernel)
		return text;
	frame->line.bytes.len = 0;
	km_scratch_append(&frame->line, stamp);
	km_scratch_append(&frame->line, KM_STR(" host kernel: "));
	km_scratch_append(&frame->line, rest);
	return text_of(&frame->line);
}

/* The text without its closing, and without what it opens with. */
static struct km_str without_closing(struct km_frame *frame, struct km_str line)
{
	const struct km_str quote = KM_STR("\"");
	const bool box = (unsigned char)*frame->closing->ptr == 0xe2;
	struct km_str text = trimmed(line), inside = text;

	if (km_str_ends(text, *frame->closing))
		text.len -= frame->closing->len;
	else if (*frame->closing->ptr == '"' && km_str_ends(text, quote))
		text.len--; /* the last of a list */
	if (text.len != inside.len && km_str_starts(text, quote))
		text = km_str_skip(text, 1);
	if (box)
		km_str_take_prefix(&text, *frame->closing);
	return from_row(frame, km_str_trim(text));
}

/* ------------------------------------------------------------------ heads */

/* "[ 11-23 09:10:00.123     0:    0 W/name ]" alone on a line; ret: the same as logcat has it in front of a message. */
static bool is_head(struct km_str line, struct km_scratch *ret)
{
	struct km_str text = trimmed(line), pid, number;
	struct km_logstamp stamp;

	if (!km_str_take_prefix(&text, KM_STR("[ ")) || !km_str_ends(text, KM_STR("]")))
		return false;
	pid = text;
	if (!km_logtime_take(KM_LOGTIME_MONTH, &pid, &stamp) || !km_str_take_until(&pid, ':', &number))
		return false;
	if (ret) {
		ret->bytes.len = 0;
		km_scratch_append(ret, (struct km_str){ text.ptr, (size_t)(number.ptr - text.ptr) });
		km_scratch_append(ret, KM_STR(" 0 0 W : "));
	}
	return true;
}

static bool peel_head(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	if (is_head(line, &frame->head))
		return false;
	frame->line.bytes.len = 0;
	if (km_str_trim(line).len)
		km_scratch_append(&frame->line, (struct km_str){ frame->head.bytes.items, frame->head.bytes.len });
	km_scratch_append(&frame->line, line);
	*ret = text_of(&frame->line);
	return true;
}

/* --------------------------------------------------------------- decision */

static bool shows(struct km_frame *frame, struct km_str line)
{
	struct km_str message;

	switch (frame->kind) {
	case KM_FRAME_CLOSING:
		return km_str_ends(trimmed(line), *frame->closing);
	case KM_FRAME_CELL:
		return peel_cell(frame, trimmed(line), &message);
	case KM_FRAME_VALUE:
		return peel_value(frame, line, &message);
	case KM_FRAME_OBJECT:
		return peel_object(line, &message);
	default:
		return false;
	}
}

static bool is_usual(struct km_frame *frame, const struct km_frame_sample *sample)
{
	size_t lines = 0, found = 0;

	for (size_t i = 0; i < sample->lines; i++) {
		const struct km_str line = sample->text(sample->data, i);

		if (trimmed(line).len <= SHORT)
			continue;
		lines++;
		found += shows(frame, line);
		if (lines > WHOLE && found * WHOLE <= lines) /* hardly any of the first lines */
			return false;
	}
	return found * WHOLE > lines * SHARE;
}

static bool is_closing(struct km_frame *frame, const struct km_frame_sample *sample)
{
	frame->kind = KM_FRAME_CLOSING;
	for (size_t i = 0; i < sizeof(closings) / sizeof(*closings); i++) {
		frame->closing = &closings[i];
		if (is_usual(frame, sample))
			return true;
	}
	frame->closing = NULL;
	return false;
}

static bool is_value(struct km_frame *frame, const struct km_frame_sample *sample)
{
	frame->kind = KM_FRAME_VALUE;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		frame->key = &keys[i];
		if (is_usual(frame, sample))
			return true;
	}
	return false;
}

static bool is_kind(struct km_frame *frame, enum km_frame_kind kind, const struct km_frame_sample *sample)
{
	frame->kind = kind;
	return is_usual(frame, sample);
}

/* Every head is followed by a message and an empty line, so that they are a third of all lines or less. */
static bool has_heads(struct km_frame *frame, const struct km_frame_sample *sample)
{
	enum { HEADS_LEAST = 3, THIRD = 5 };
	size_t heads = 0;

	for (size_t i = 0; i < sample->lines; i++)
		heads += is_head(sample->text(sample->data, i), NULL);
	frame->kind = KM_FRAME_HEADS;
	return heads >= HEADS_LEAST && heads * THIRD > sample->lines;
}

/* An object over several lines, or one on each, is for jansson. */
static bool has_objects(const struct km_frame_sample *sample)
{
	for (size_t i = 0; i < sample->lines; i++)
		if (km_str_starts(trimmed(sample->text(sample->data, i)), KM_STR("{")))
			return true;
	return false;
}

void km_frame_decide(struct km_frame *frame, struct km_str (*text)(const void *data, size_t i), const void *data, size_t lines)
{
	const struct km_frame_sample sample = { text, data, lines };

	if (!lines)
		return;
	frame->kind = KM_FRAME_COLUMN;
	if (find_column(frame, text(data, 0)))
		return;
	if (!has_objects(&sample) &&
	    (is_kind(frame, KM_FRAME_OBJECT, &sample) || is_value(frame, &sample) || is_closing(frame, &sample) ||
	     is_kind(frame, KM_FRAME_CELL, &sample) || has_heads(frame, &sample) || km_frame_has_numbers(frame, &sample)))
		return;
	frame->kind = KM_FRAME_NONE;
}

bool km_frame_peel(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	*ret = line;
	switch (frame->kind) {
	case KM_FRAME_COLUMN:
		return peel_column(frame, line, ret);
	case KM_FRAME_CELL:
		peel_cell(frame, trimmed(line), ret);
		return true;
	case KM_FRAME_VALUE:
		peel_value(frame, line, ret);
		return true;
	case KM_FRAME_OBJECT:
		peel_object(line, ret);
		return true;
	case KM_FRAME_NUMBER:
		return km_frame_peel_number(frame, line, ret);
	case KM_FRAME_HEADS:
		return peel_head(frame, line, ret);
	case KM_FRAME_CLOSING:
		*ret = without_closing(frame, line);
		return true;
	default:
		return true;
	}
}

void km_frame_deinit(struct km_frame *frame)
{
	km_scratch_deinit(&frame->line);
	km_scratch_deinit(&frame->head);
	km_scratch_deinit(&frame->other);
}
