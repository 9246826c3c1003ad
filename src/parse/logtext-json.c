// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Messages of logs that are JSON. Who writes them names the message:
 *
 *   {"MESSAGE":"text","_TRANSPORT":"kernel","PRIORITY":"4",...}    journalctl -o json
 *   {"pri": 4, "time": 12.345678, "caller": "T123", "msg": "text"} dmesg -J
 *   {"log":"text\n","stream":"stdout","time":"2026-11-23T..."}     Docker, containers in Kubernetes
 *   {"message":"text",...}, {"textPayload":"text",...}             what collects logs of many machines
 *   {"stream":{...},"values":[["1790000000000000000","text"],...]} Loki, where rows are arrays
 */
#include <jansson.h>
#include "parse/logtext-clean.h"
#include "parse/logtext-unwrap.h"

enum {
	NESTED_MOST = 6,
	KEY_MOST = 64,
	DOCKER_PIECE = 16000,
	SECONDS_UP = 300000000, /* nine years: more is a date */
};

#define SECONDS_MOST 1e12

/* The members of one object; texts belong to the object or to scratch. */
struct reading {
	struct km_logline line;
	struct km_scratch message;
	char stamp[32];
};

static struct km_str string_of(const json_t *value)
{
	return json_is_string(value) ? (struct km_str){ json_string_value(value), json_string_length(value) } :
				       (struct km_str){ 0 };
}

static struct km_str member(const json_t *object, const char *key)
{
	return string_of(json_object_get(object, key));
}

/* journalctl prints bytes that are no text as an array of numbers, and several values as an array of texts. all: each is a line. */
static struct km_str array_of(struct reading *reading, const json_t *array, bool all)
{
	const json_t *item;
	size_t i;

	reading->message.bytes.len = 0;
	json_array_foreach((json_t *)array, i, item) {
		char byte = (char)json_integer_value(item);

		if (json_is_integer(item))
			km_scratch_append(&reading->message, (struct km_str){ &byte, 1 });
		else if (json_is_string(item) && !all && !i)
			return string_of(item);
		else if (json_is_string(item)) {
			km_scratch_append(&reading->message, string_of(item));
			km_scratch_append(&reading->message, KM_STR("\n"));
		}
	}
	return (struct km_str){ reading->message.bytes.items, reading->message.bytes.len };
}

/* dmesg -J of a file (util-linux 2.38) repeats the rest of the file in each message. */
static struct km_str first_record(struct km_str text)
{
	ptrdiff_t at = km_str_find(text, KM_STR("\n<"));

	if (at >= 0 && (size_t)at + 2 < text.len && text.ptr[at + 2] >= '0' && text.ptr[at + 2] <= '9')
		text.len = (size_t)at;
	return text;
}

static bool find_message(struct reading *reading, const json_t *object)
{
	static const char *const keys[] = { "MESSAGE", "msg", "log", "message", "textPayload", "@message", "_raw", "Output",
		"stdout", "stdout_lines", "output", "dmesg", "content", "text", "line", "body",
	};
	struct km_str *text = &reading->line.kline.text;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const json_t *value = json_object_get(object, keys[i]);

		/* journalctl writes null for a message that it finds too long */
		if (!json_is_string(value) && !json_is_array(value) && (i || !json_is_null(value)))
			continue;
		*text = json_is_array(value) ? array_of(reading, value, !strcmp(keys[i], "stdout_lines")) : string_of(value);
		if (!strcmp(keys[i], "msg"))
			*text = first_record(*text);
		/* Docker cuts at 16 KiB, and ends with a line feed what is whole */
		reading->line.partial = !strcmp(keys[i], "log") && text->len >= DOCKER_PIECE &&
					!km_str_ends(*text, KM_STR("\n"));
		return true;
	}
	return false;
}

/* The letters of "@raw", "syslog_message", "logLine" in lower case; empty: the key is longer than the name of a message is. */
static struct km_str plain_key(const char *key, char room[static KEY_MOST])
{
	size_t len = 0;

	for (; *key && len < KEY_MOST; key++)
		if ((*key >= 'a' && *key <= 'z') || (*key >= 'A' && *key <= 'Z'))
			room[len++] = (char)(*key | 0x20);
	return (struct km_str){ room, len < KEY_MOST ? len : 0 };
}

static bool has_blank(struct km_str text)
{
	return text.len && memchr(text.ptr, ' ', text.len);
}

/* Names of a message that are not in the list end as one of these does, from the most telling on. A command line is none. */
static bool find_by_ending(struct reading *reading, const json_t *object)
{
	static const struct km_str endings[] = {
		KM_STR_INIT("fullmessage"), KM_STR_INIT("message"), KM_STR_INIT("msg"), KM_STR_INIT("line"), KM_STR_INIT("raw"),
		KM_STR_INIT("log"), KM_STR_INIT("text"), KM_STR_INIT("body"), KM_STR_INIT("original"), KM_STR_INIT("content"),
		KM_STR_INIT("payload"), KM_STR_INIT("stringvalue"), KM_STR_INIT("description"), KM_STR_INIT("event"), KM_STR_INIT("data"),
	};
	char room[KEY_MOST];
	const char *key;
	const json_t *value;

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		json_object_foreach((json_t *)object, key, value)
			if (has_blank(string_of(value)) && km_str_ends(plain_key(key, room), endings[i]) &&
			    !km_str_ends(plain_key(key, room), KM_STR("cmdline"))) {
				reading->line.kline.text = string_of(value);
				return true;
			}
	return false;
}

static void find_owner(struct reading *reading, const json_t *object)
{
	struct km_str who = member(object, "_TRANSPORT");

	if (!who.ptr)
		who = member(object, "SYSLOG_IDENTIFIER");
	if (who.ptr)
		reading->line.owner = km_str_eq(who, KM_STR("kernel")) ? KM_LOG_KERNEL : KM_LOG_OTHER;
	else if (json_object_get(object, "pri") && json_object_get(object, "msg"))
		reading->line.owner = KM_LOG_KERNEL;
}

static void find_level(struct reading *reading, const json_t *object)
{
	static const char names[8][8] = { "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug" };
	const json_t *value = json_object_get(object, "PRIORITY");
	struct km_str text;
	uint64_t number;

	if (!value)
		value = json_object_get(object, "pri");
	text = string_of(value);
	if (json_is_integer(value))
		reading->line.kline.level = json_integer_value(value) & 7;
	else if (text.ptr && !km_str_to_u64(text, &number))
		reading->line.kline.level = number & 7;
	for (unsigned char i = 0; text.ptr && i < 8; i++)
		if (km_str_eq(text, km_str_from(names[i])))
			reading->line.kline.level = i;
}

/* Microseconds, which the journal writes as text, in the kernel's form of seconds. */
static void take_micro(struct reading *reading, struct km_str text, uint64_t *ret)
{
	if (!text.ptr || km_str_to_u64(text, ret) || reading->line.kline.stamp.ptr)
		return;
	snprintf(reading->stamp, sizeof(reading->stamp), "%llu.%06llu", (unsigned long long)*ret / 1000000,
		 (unsigned long long)*ret % 1000000);
	reading->line.kline.stamp = km_str_from(reading->stamp);
}

static void find_time(struct reading *reading, const json_t *object)
{
	const json_t *time = json_object_get(object, "time");
	struct km_kline *line = &reading->line.kline;
	struct km_logstamp stamp;
	struct km_str text;

	if (json_is_number(time) && json_number_value(time) >= 0 && json_number_value(time) < SECONDS_MOST) {
		uint64_t usec = (uint64_t)(json_number_value(time) * 1e6 + 0.5);

		snprintf(reading->stamp, sizeof(reading->stamp), "%.6f", json_number_value(time));
		line->stamp = km_str_from(reading->stamp);
		if (json_number_value(time) < SECONDS_UP)
			reading->line.uptime = usec;
		else
			reading->line.wall = usec;
		return;
	}
	take_micro(reading, member(object, "_SOURCE_MONOTONIC_TIMESTAMP"), &reading->line.uptime);
	take_micro(reading, member(object, "__REALTIME_TIMESTAMP"), &reading->line.wall);
	if (line->stamp.ptr)
		return;
	text = string_of(time);
	if (!text.ptr)
		text = member(object, "@timestamp");
	if (!text.ptr)
		text = member(object, "timestamp");
	line->stamp = text;
	if (text.ptr && km_logtime_take(KM_LOGTIME_ISO, &text, &stamp))
		reading->line.wall = stamp.usec;
}

/* Where messages go, and the objects around the one that is read. */
struct target {
	km_unwrap_sink *sink;
	void *data;
	uint64_t number;
	const json_t *around[NESTED_MOST + 1];
};

static void read_object(const json_t *object, unsigned int depth, struct target *target);

/* The text of a row: one that has the kernel's time, or else the last that is neither a time nor a number. */
static struct km_str text_of_row(const json_t *row)
{
	struct km_str last = { 0 }, text;
	const json_t *item;
	uint64_t number;
	size_t i;

	json_array_foreach((json_t *)row, i, item) {
		text = string_of(item);
		if (text.len && km_recipe_anchor(text) >= 0)
			return text;
		if (text.len && km_str_to_u64(text, &number) && !km_logtime_guess(text))
			last = text;
	}
	return last;
}

/* The nanoseconds since 1970 that Loki has in front. */
static uint64_t time_of_row(const json_t *row)
{
	enum { NANO = 1000, DIGITS_LEAST = 18 };
	const struct km_str text = string_of(json_array_get(row, 0));
	uint64_t number;

	return text.len >= DIGITS_LEAST && !km_str_to_u64(text, &number) ? number / NANO : KM_UNKNOWN;
}

static void read_row(const json_t *row, struct target *target)
{
	struct reading reading = { .line = KM_LOGLINE_INIT };

	reading.line.kline.number = target->number;
	reading.line.kline.text = text_of_row(row);
	reading.line.wall = time_of_row(row);
	if (reading.line.wall != KM_UNKNOWN)
		reading.line.kline.stamp = string_of(json_array_get(row, 0));
	if (reading.line.kline.text.len)
		target->sink(target->data, &reading.line);
}

static void read_value(const json_t *value, unsigned int depth, struct target *target)
{
	const json_t *item;
	size_t i;

	if (json_is_object(value))
		read_object(value, depth, target);
	json_array_foreach((json_t *)value, i, item)
		if (json_is_object(item))
			read_object(item, depth, target);
		else if (json_is_array(item) && json_array_size(item) > 1)
			read_row(item, target);
}

/* Objects without a message may have it deeper: {"events":[{...}]}, {"jsonPayload":{...},"timestamp":"..."} */
static void read_members(const json_t *object, unsigned int depth, struct target *target)
{
	const char *key;
	const json_t *value;

	if (depth == NESTED_MOST)
		return;
	target->around[depth] = object;
	json_object_foreach((json_t *)object, key, value)
		if (json_is_object(value) || json_is_array(value))
			read_value(value, depth + 1, target);
}

static void read_object(const json_t *object, unsigned int depth, struct target *target)
{
	struct reading reading = { .line = KM_LOGLINE_INIT };
	struct km_str caller = member(object, "caller");

	reading.line.kline.number = target->number;
	if (!find_message(&reading, object) && !find_by_ending(&reading, object)) {
		read_members(object, depth, target);
		return;
	}
	find_owner(&reading, object);
	find_level(&reading, object);
	find_time(&reading, object);
	for (unsigned int i = depth; i && !reading.line.kline.stamp.ptr; i--)
		find_time(&reading, target->around[i - 1]);
	if (caller.ptr)
		reading.line.kline.context = caller;
	target->sink(target->data, &reading.line);
	km_scratch_deinit(&reading.message);
}

/* dmesg and containers write what they have, which need not be UTF-8: such bytes become "?". */
static json_t *load_bytes(struct km_str text)
{
	struct km_scratch copy = { 0 };
	json_t *root;

	km_scratch_append(&copy, text);
	for (size_t i = 0; i < copy.bytes.len; i++)
		if ((unsigned char)copy.bytes.items[i] >= 0x80)
			copy.bytes.items[i] = '?';
	root = json_loadb(copy.bytes.items, copy.bytes.len, JSON_ALLOW_NUL, NULL);
	km_scratch_deinit(&copy);
	return root;
}

void km_unwrap_lose(uint64_t number, km_unwrap_sink *sink, void *data)
{
	struct km_logline lost = KM_LOGLINE_INIT;

	lost.kline.number = number;
	sink(data, &lost);
}

bool km_unwrap_json(struct km_str text, uint64_t number, bool whole, km_unwrap_sink *sink, void *data)
{
	struct target target = { .sink = sink, .data = data, .number = number };
	json_error_t error;
	json_t *root = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &error);

	if (!root && json_error_code(&error) == json_error_invalid_utf8)
		root = load_bytes(text);
	if (!root && whole)
		km_unwrap_lose(number, sink, data);
	if (!root)
		return false;
	read_value(root, 0, &target);
	json_decref(root);
	return true;
}
