// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * journalctl -o export (systemd: Journal Export Format) and -o verbose, field by field, and JSON
 * objects, which are found by their braces and read by logtext-json.c:
 *
 *   __REALTIME_TIMESTAMP=1790000000002000        Mon 2026-11-23 09:10:00.123456 UTC [s=...;i=3;b=...]
 *   _TRANSPORT=kernel                                _TRANSPORT=kernel
 *   MESSAGE                                          MESSAGE=active_anon:1
 *   <8 bytes: length><bytes>                                  active_file:2
 */
#include <endian.h>
#include "parse/logtext-clean.h"
#include "parse/logtext-unwrap.h"

enum { RECORD_MOST = 4 << 20, LENGTH_BYTES = 8 };

struct km_unwrap {
	enum km_wrap wrap;
	km_unwrap_sink *sink;
	void *data;
	uint64_t number; /* of the record's first line */
	uint64_t line;   /* that is being read */
	bool open;       /* inside of a record */
	struct km_unwrap_record record;
	/* export: a value of bytes */
	struct km_str key; /* in .key_room; .len 0: none */
	char key_room[64];
	bool in_message; /* verbose: a line may go on with the message */
	/* JSON: the object so far, or the bytes of the value */
	struct km_scratch text;
	unsigned int depth, base; /* braces and brackets that are open; those around the records */
	bool in_string, escaped, first; /* first: no value has ended in the record */
	bool may_descend; /* behind "[" */
	bool paused; /* a foreign line came since the last one */
};

static void reset(struct km_unwrap_record *record)
{
	record->message.bytes.len = record->stamp.bytes.len = 0;
	record->wall = record->uptime = KM_UNKNOWN;
	record->level = KM_KLINE_NO_LEVEL;
	record->owner = KM_LOG_UNCERTAIN;
}

struct km_unwrap *km_unwrap_begin(enum km_wrap wrap, km_unwrap_sink *sink, void *data)
{
	struct km_unwrap *unwrap = km_realloc(NULL, 1, sizeof(*unwrap));

	*unwrap = (struct km_unwrap){ .wrap = wrap, .sink = sink, .data = data };
	reset(&unwrap->record);
	return unwrap;
}

static void set_text(struct km_scratch *to, struct km_str value)
{
	to->bytes.len = 0;
	km_scratch_append(to, value);
}

/* The kernel's own clock goes before the journal's. */
static void set_time(struct km_unwrap_record *record, struct km_str value, uint64_t *ret)
{
	if (km_str_to_u64(value, ret) || (record->uptime != KM_UNKNOWN && ret != &record->uptime))
		return;
	/* as seconds, the way that the kernel prints them */
	set_text(&record->stamp, (struct km_str){ value.ptr, value.len > 6 ? value.len - 6 : 0 });
	km_scratch_append(&record->stamp, KM_STR("."));
	km_scratch_append(&record->stamp, km_str_skip(value, value.len > 6 ? value.len - 6 : 0));
}

void km_unwrap_field(struct km_unwrap_record *record, struct km_str key, struct km_str value)
{
	uint64_t level;

	if (km_str_eq(key, KM_STR("MESSAGE")))
		set_text(&record->message, value);
	else if (km_str_eq(key, KM_STR("_TRANSPORT")) ||
		 (km_str_eq(key, KM_STR("SYSLOG_IDENTIFIER")) && record->owner == KM_LOG_UNCERTAIN))
		record->owner = km_str_eq(value, KM_STR("kernel")) ? KM_LOG_KERNEL : KM_LOG_OTHER;
	else if (km_str_eq(key, KM_STR("PRIORITY")) && !km_str_to_u64(value, &level) && level < 8)
		record->level = (unsigned char)level;
	else if (km_str_eq(key, KM_STR("_SOURCE_MONOTONIC_TIMESTAMP")))
		set_time(record, value, &record->uptime);
	else if (km_str_eq(key, KM_STR("__REALTIME_TIMESTAMP")))
		set_time(record, value, &record->wall);
}

static void finish(struct km_unwrap *unwrap)
{
	struct km_unwrap_record *record = &unwrap->record;
	struct km_logline message = KM_LOGLINE_INIT;

	message.kline.text = (struct km_str){ record->message.bytes.items, record->message.bytes.len };
	if (record->stamp.bytes.len)
		message.kline.stamp = (struct km_str){ record->stamp.bytes.items, record->stamp.bytes.len };
	message.kline.number = unwrap->number;
	message.kline.level = record->level;
	message.owner = record->owner;
	message.wall = record->wall;
	message.uptime = record->uptime;
	if (record->message.bytes.len)
		unwrap->sink(unwrap->data, &message);
	reset(record);
	unwrap->open = unwrap->in_message = false;
}

/* ------------------------------------------------------------------ export */

static void end_value(struct km_unwrap *unwrap)
{
	struct km_str value = { unwrap->text.bytes.items, unwrap->text.bytes.len };

	km_unwrap_field(&unwrap->record, unwrap->key, km_str_skip(value, LENGTH_BYTES));
	unwrap->key.len = unwrap->text.bytes.len = 0;
}

/* Bytes of a value that has its length in front; line feeds in it were taken for the ends of lines. */
static void take_bytes(struct km_unwrap *unwrap, struct km_str line)
{
	uint64_t length;

	if (unwrap->text.bytes.len || unwrap->first)
		km_scratch_append(&unwrap->text, KM_STR("\n"));
	unwrap->first = true;
	km_scratch_append(&unwrap->text, line);
	if (unwrap->text.bytes.len < LENGTH_BYTES)
		return;
	memcpy(&length, unwrap->text.bytes.items, LENGTH_BYTES);
	length = le64toh(length);
	if (length > RECORD_MOST || unwrap->text.bytes.len >= length + LENGTH_BYTES)
		end_value(unwrap);
}

static void take_export(struct km_unwrap *unwrap, struct km_str line)
{
	struct km_str key;

	if (unwrap->key.len) {
		take_bytes(unwrap, line);
		return;
	}
	line = km_clean_ends(line);
	if (!line.len) {
		finish(unwrap);
		return;
	}
	if (km_str_take_until(&line, '=', &key)) {
		km_unwrap_field(&unwrap->record, key, line);
		return;
	}
	key = line.len < sizeof(unwrap->key_room) ? line : KM_STR("?");
	memcpy(unwrap->key_room, key.ptr, key.len);
	unwrap->key = (struct km_str){ unwrap->key_room, key.len };
	unwrap->first = false;
}

/* ----------------------------------------------------------------- verbose */

static size_t indent_of(struct km_str line)
{
	size_t blanks = 0;

	while (blanks < line.len && line.ptr[blanks] == ' ')
		blanks++;
	return blanks;
}

static void take_verbose(struct km_unwrap *unwrap, struct km_str line)
{
	const size_t fields = 4, more = sizeof("MESSAGE=") - 1;
	size_t indent = indent_of(line);
	struct km_str key, value = km_str_skip(line, indent);

	if (!indent) {
		finish(unwrap);
		unwrap->open = true;
		return;
	}
	if (indent >= fields + more && unwrap->in_message) {
		km_scratch_append(&unwrap->record.message, KM_STR("\n"));
		km_scratch_append(&unwrap->record.message, km_str_skip(line, fields + more));
		return;
	}
	unwrap->in_message = km_str_starts(value, KM_STR("MESSAGE="));
	if (km_str_take_until(&value, '=', &key))
		km_unwrap_field(&unwrap->record, key, value);
}

/* -------------------------------------------------------------------- JSON */

static void end_object(struct km_unwrap *unwrap)
{
	struct km_str text = { unwrap->text.bytes.items, unwrap->text.bytes.len };

	km_unwrap_json(text, unwrap->number, true, unwrap->sink, unwrap->data);
	unwrap->text.bytes.len = 0;
}

static void close_bracket(struct km_unwrap *unwrap, char c)
{
	if (unwrap->depth)
		unwrap->depth--;
	if (c == '}' && unwrap->depth == unwrap->base && unwrap->text.bytes.len)
		end_object(unwrap);
	/* the array around the records, and the object around that */
	while (unwrap->depth < unwrap->base)
		unwrap->base--;
}

static void open_bracket(struct km_unwrap *unwrap, char c)
{
	/* "{ "dmesg": [ {" and "[ {": the records are inside */
	if (c == '{' && unwrap->may_descend) {
		unwrap->base = unwrap->depth;
		unwrap->number = unwrap->line;
		unwrap->text.bytes.len = 0;
		km_scratch_append(&unwrap->text, KM_STR("{"));
	}
	unwrap->may_descend = c == '[' && (unwrap->depth == unwrap->base || (unwrap->depth == unwrap->base + 1 &&
									     unwrap->first));
	if (c == '{' && unwrap->depth == unwrap->base)
		unwrap->first = true;
	unwrap->depth++;
}

static void take_char(struct km_unwrap *unwrap, char c)
{
	if (unwrap->in_string) {
		unwrap->in_string = unwrap->escaped || c != '"';
		unwrap->escaped = !unwrap->escaped && c == '\\';
		return;
	}
	if (c == '"')
		unwrap->in_string = true;
	else if (c == '{' || c == '[')
		open_bracket(unwrap, c);
	else if (c == '}' || c == ']')
		close_bracket(unwrap, c);
	else if (c == ',' && unwrap->depth == unwrap->base + 1)
		unwrap->first = false;
	if (c != ' ' && c != '\t' && c != '[' && c != '{')
		unwrap->may_descend = false;
}

static void begin_json(struct km_unwrap *unwrap)
{
	unwrap->text.bytes.len = 0;
	unwrap->depth = unwrap->base = 0;
	unwrap->in_string = unwrap->escaped = unwrap->may_descend = false;
}

/* Ends a record that began and did not end. */
static void lose_open(struct km_unwrap *unwrap)
{
	if (unwrap->depth > unwrap->base && unwrap->text.bytes.len && unwrap->number)
		km_unwrap_lose(unwrap->number, unwrap->sink, unwrap->data);
}

static struct km_str without_frame(struct km_str line)
{
	line = km_str_trim(km_clean_ends(line));
	km_str_take_prefix(&line, KM_STR("\x1e"));
	km_str_take_prefix(&line, KM_STR("data: "));
	return line;
}

static void take_json(struct km_unwrap *unwrap, struct km_str line, uint64_t number)
{
	bool flush_left = line.len && (*line.ptr == '{' || *line.ptr == '\x1e');

	line = without_frame(line);
	/* a record that was cut off ends where the next begins */
	if (unwrap->depth && (flush_left || unwrap->text.bytes.len > RECORD_MOST)) {
		lose_open(unwrap);
		begin_json(unwrap);
	}
	if (!unwrap->depth && km_str_starts(line, KM_STR("{")) && km_str_ends(line, KM_STR("}")) &&
	    km_unwrap_json(line, number, false, unwrap->sink, unwrap->data))
		return;
	unwrap->line = number;
	for (size_t i = 0; i < line.len; i++) {
		/* nothing is open: what is left is of a record that ended with the wrong bracket */
		if (!unwrap->depth)
			unwrap->text.bytes.len = 0;
		if (!unwrap->text.bytes.len)
			unwrap->number = number;
		if (unwrap->depth > unwrap->base || line.ptr[i] == '{')
			km_scratch_append(&unwrap->text, (struct km_str){ line.ptr + i, 1 });
		take_char(unwrap, line.ptr[i]);
	}
	if (unwrap->depth)
		km_scratch_append(&unwrap->text, KM_STR("\n"));
}

bool km_unwrap_accepts(const struct km_unwrap *unwrap, struct km_str line)
{
	switch (unwrap->wrap) {
	case KM_WRAP_EXPORT:
		return unwrap->open || km_str_starts(line, KM_STR("__CURSOR=")) ||
		       km_str_starts(line, KM_STR("__REALTIME_TIMESTAMP="));
	case KM_WRAP_VERBOSE:
		return (unwrap->open && km_str_starts(line, KM_STR("    "))) || km_dialect_is_verbose_head(line);
	case KM_WRAP_JSON:
		line = without_frame(line);
		return unwrap->depth || (line.len && (*line.ptr == '{' || (*line.ptr == '[' &&
			(line.len == 1 || line.ptr[1] == '{'))));
	default:
		return false;
	}
}

void km_unwrap_take(struct km_unwrap *unwrap, struct km_str line, uint64_t number)
{
	/* other lines came out since it began */
	if (unwrap->paused)
		unwrap->number = number;
	unwrap->paused = false;
	if (unwrap->wrap == KM_WRAP_JSON) {
		take_json(unwrap, line, number);
	} else if (unwrap->wrap == KM_WRAP_EXPORT) {
		if (!unwrap->open)
			unwrap->number = number;
		unwrap->open = true;
		take_export(unwrap, line);
	} else {
		line = km_clean_ends(line);
		if (!indent_of(line))
			finish(unwrap);
		if (!unwrap->open)
			unwrap->number = number;
		take_verbose(unwrap, line);
	}
}

void km_unwrap_pause(struct km_unwrap *unwrap)
{
	if (unwrap->wrap == KM_WRAP_VERBOSE)
		finish(unwrap);
	else
		unwrap->paused = true;
}

void km_unwrap_end(struct km_unwrap *unwrap)
{
	if (!unwrap)
		return;
	if (unwrap->wrap != KM_WRAP_JSON)
		finish(unwrap);
	else
		lose_open(unwrap);
	km_scratch_deinit(&unwrap->record.message);
	km_scratch_deinit(&unwrap->record.stamp);
	km_scratch_deinit(&unwrap->text);
	free(unwrap);
}
