// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes inputs as the files of a machine change: numbers become others, lines and whole files are repeated, lost,
 * exchanged; logs come as programs keep them. What libFuzzer does by itself to bytes it goes on doing.
 */
#include <string.h>
#include "base/str.h"
#include "dress.h"
#include "mutate.h"

/* From libFuzzer. Without it, inputs are not changed. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max) __attribute__((weak));

struct text {
	char *ptr;
	size_t len, max;
	uint64_t random;
};

static size_t pick(struct text *text, size_t choices)
{
	text->random ^= text->random << 13;
	text->random ^= text->random >> 7;
	text->random ^= text->random << 17;
	return choices ? (size_t)(text->random % choices) : 0;
}

/* Replaces bytes; does nothing if there is no room. The new bytes must not lie in the text. */
static void replace(struct text *text, size_t at, size_t old_len, struct km_str with)
{
	if (text->len - old_len + with.len > text->max)
		return;
	memmove(text->ptr + at + with.len, text->ptr + at + old_len, text->len - at - old_len);
	if (with.len)
		memcpy(text->ptr + at, with.ptr, with.len);
	text->len = text->len - old_len + with.len;
}

/* The line at this place of the text, including its end. */
static struct km_str line_at(const struct text *text, size_t at)
{
	size_t begin = at, end = at;

	while (begin && text->ptr[begin - 1] != '\n')
		begin--;
	while (end < text->len && text->ptr[end] != '\n')
		end++;
	return (struct km_str){ text->ptr + begin, (end < text->len ? end + 1 : end) - begin };
}

/* From the heading of a file ("> PATH") to the next one; a text without any is one file. */
static struct km_str file_at(const struct text *text, size_t at)
{
	size_t begin = at, end = at;

	while (begin && !(text->ptr[begin] == '>' && text->ptr[begin - 1] == '\n'))
		begin--;
	for (end = begin + 1; end < text->len && !(text->ptr[end] == '>' && text->ptr[end - 1] == '\n'); end++)
		;
	return (struct km_str){ text->ptr + begin, (end < text->len ? end : text->len) - begin };
}

static struct km_str pick_part(struct text *text, struct km_str (*part_at)(const struct text *text, size_t at))
{
	return part_at(text, pick(text, text->len));
}

static void repeat_or_lose(struct text *text, struct km_str part)
{
	char copy[4096];
	const size_t at = (size_t)(part.ptr - text->ptr);

	if (pick(text, 2)) {
		replace(text, at, part.len, (struct km_str){ 0 });
	} else if (part.len <= sizeof(copy)) {
		memcpy(copy, part.ptr, part.len);
		replace(text, at, 0, (struct km_str){ copy, part.len });
	}
}

/* Moves a part to the beginning of another part. */
static void move(struct text *text, struct km_str (*part_at)(const struct text *text, size_t at))
{
	const struct km_str part = pick_part(text, part_at);
	char copy[4096];

	if (part.len > sizeof(copy))
		return;
	memcpy(copy, part.ptr, part.len);
	replace(text, (size_t)(part.ptr - text->ptr), part.len, (struct km_str){ 0 });
	replace(text, text->len ? (size_t)(pick_part(text, part_at).ptr - text->ptr) : 0, 0, (struct km_str){ copy, part.len });
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Replaces a number by one at a limit of its range, or by another number of the text. */
static void change_number(struct text *text)
{
	static const char *const numbers[] = {
		"0", "1", "2", "10", "11", "63", "64", "255", "4095", "4096", "65536", "2147483647", "2147483648", "4294967295",
		"4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616",
		"-1", "-9223372036854775808", "", "99999999999999999999999999",
	};
	size_t at = pick(text, text->len), len = 0;

	while (at < text->len && !is_digit(text->ptr[at]))
		at++;
	while (at && is_digit(text->ptr[at - 1]))
		at--;
	while (at + len < text->len && is_digit(text->ptr[at + len]))
		len++;
	if (len)
		replace(text, at, len, km_str_from(numbers[pick(text, sizeof(numbers) / sizeof(*numbers))]));
}

/* Puts characters into a name that end, escape or reverse it in one of the formats. */
static void change_name(struct text *text)
{
	static const char *const bytes[] = {
		"\"", "\\", "<", ">", "&", "'", ",", "{", "}", "\x1b[31m", "\xc2\x9b", "\xe2\x80\xae", "\xef\xbb\xbf", "\xff", "\xe2\x82",
		"\r", "\t", "%s", "=", ";", " ", "</script>", "]]>", "../", "\xf0\x9f\x98\x80",
	};

	replace(text, pick(text, text->len + 1), 0, km_str_from(bytes[pick(text, sizeof(bytes) / sizeof(*bytes))]));
}

static void change(struct text *text)
{
	switch (pick(text, 9)) {
	case 0:
	case 1:
		change_number(text);
		break;
	case 2:
		change_name(text);
		break;
	case 3:
		repeat_or_lose(text, pick_part(text, line_at));
		break;
	case 4:
		move(text, line_at);
		break;
	case 5:
		repeat_or_lose(text, pick_part(text, file_at));
		break;
	case 6:
		move(text, file_at);
		break;
	case 7:
		text->len = fuzz_dress(text->ptr, text->len, text->max, pick(text, 1u << 20));
		break;
	default:
		text->len = LLVMFuzzerMutate((uint8_t *)text->ptr, text->len, text->max);
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned int seed)
{
	struct text text = { (char *)data, len, max, seed | 1ull << 40 };
	size_t times = 1 + pick(&text, 4);

	if (!LLVMFuzzerMutate)
		return len;
	/* bytes that are not a text have no lines and numbers */
	if (!len || (memchr(data, 0, len) && pick(&text, 8)))
		return LLVMFuzzerMutate(data, len, max);
	while (times--)
		if (text.len)
			change(&text);
	return text.len ? text.len : LLVMFuzzerMutate(data, 0, max);
}
