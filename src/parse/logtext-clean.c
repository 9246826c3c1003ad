// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-clean.h"

enum { ESCAPE = 033, BELL = 07, TAG_MOST = 256 };

void km_scratch_deinit(struct km_scratch *scratch)
{
	km_array_deinit(&scratch->bytes);
}

/* Room for so many bytes, at the beginning. */
static char *room(struct km_scratch *scratch, size_t bytes)
{
	if (scratch->bytes.room < bytes) {
		scratch->bytes.items = km_realloc(scratch->bytes.items, bytes, 1);
		scratch->bytes.room = bytes;
	}
	return scratch->bytes.items;
}

void km_scratch_append(struct km_scratch *scratch, struct km_str bytes)
{
	size_t wanted = scratch->bytes.len + bytes.len;

	if (wanted > scratch->bytes.room)
		room(scratch, wanted * 2);
	if (bytes.len)
		memcpy(scratch->bytes.items + scratch->bytes.len, bytes.ptr, bytes.len);
	scratch->bytes.len = wanted;
}

struct km_str km_clean_ends(struct km_str line)
{
	while (line.len && (line.ptr[line.len - 1] == '\r' || !line.ptr[line.len - 1]))
		line.len--;
	while (line.len && (*line.ptr == '\r' || !*line.ptr))
		line = km_str_skip(line, 1);
	return line;
}

static bool has(struct km_str text, char c)
{
	return text.len && memchr(text.ptr, c, text.len);
}

/* "[1;33m" behind the escape character; 0: something else */
static size_t colour_length(struct km_str rest)
{
	size_t len = 1;

	if (!rest.len || *rest.ptr != '[')
		return 0;
	while (len < rest.len && (km_is_digit(rest.ptr[len]) || rest.ptr[len] == ';' || rest.ptr[len] == '?'))
		len++;
	return len < rest.len && rest.ptr[len] >= '@' && rest.ptr[len] <= '~' ? len + 1 : 0;
}

/* A sequence behind the escape character: colours, "]0;title" up to a bell, "(B", or one letter. */
static size_t sequence_length(struct km_str rest)
{
	size_t len = colour_length(rest);
	const char *bell;

	if (len || !rest.len)
		return len;
	if (*rest.ptr == ']') {
		bell = memchr(rest.ptr, BELL, rest.len);
		return bell ? (size_t)(bell - rest.ptr) + 1 : 1;
	}
	return (*rest.ptr == '(' || *rest.ptr == ')') && rest.len > 1 ? 2 : 1;
}

static bool is_bare(struct km_str rest)
{
	size_t len = colour_length(rest);

	return len > 2 && rest.ptr[len - 1] == 'm' && km_is_digit(rest.ptr[1]);
}

/* The escape character as a program spells it, in front of a colour. */
static bool take_spelled(struct km_str *rest)
{
	static const struct km_str spelled[] = { KM_STR_INIT("^["), KM_STR_INIT("\\e"), KM_STR_INIT("\\u001b"), KM_STR_INIT("\\u001B") };

	for (size_t i = 0; i < sizeof(spelled) / sizeof(*spelled); i++)
		if (km_str_starts(*rest, spelled[i]) && is_bare(km_str_skip(*rest, spelled[i].len))) {
			*rest = km_str_skip(*rest, spelled[i].len);
			return true;
		}
	return false;
}

bool km_clean_is_bare_colour(struct km_str line)
{
	return km_str_find(line, KM_STR("[0m")) >= 0 && !has(line, ESCAPE) &&
	       km_str_find(line, KM_STR("x1b[")) < 0 && km_str_find(line, KM_STR("033[")) < 0;
}

struct km_str km_clean_colour(struct km_scratch *scratch, struct km_str line, bool bare)
{
	char *to, *out;

	if (!has(line, ESCAPE) && !(bare && has(line, '[')))
		return line;
	out = to = room(scratch, line.len);
	while (line.len) {
		if (*line.ptr == ESCAPE) {
			line = km_str_skip(line, 1);
			line = km_str_skip(line, sequence_length(line));
		} else if (bare && (is_bare(line) || take_spelled(&line))) {
			line = km_str_skip(line, colour_length(line));
		} else {
			*to++ = *line.ptr;
			line = km_str_skip(line, 1);
		}
	}
	return (struct km_str){ out, (size_t)(to - out) };
}

static const struct entity {
	struct km_str name;
	char becomes;
} entities[] = {
	{ KM_STR_INIT("&lt;"), '<' }, { KM_STR_INIT("&gt;"), '>' }, { KM_STR_INIT("&amp;"), '&' },
	{ KM_STR_INIT("&quot;"), '"' }, { KM_STR_INIT("&apos;"), '\'' }, { KM_STR_INIT("&nbsp;"), ' ' },
};

/* "&#45;", "&#x2d;" */
static bool take_numbered(struct km_str *rest, char *ret)
{
	enum { NO_BREAK_SPACE = 0xa0, ASCII = 0x80 };
	struct km_str after = *rest, digits;
	uint64_t number;

	if (!km_str_take_prefix(&after, KM_STR("&#")))
		return false;
	if (!km_str_take_until(&after, ';', &digits) || digits.len > 8)
		return false;
	if (km_str_starts(digits, KM_STR("x")) ? km_str_to_hex(km_str_skip(digits, 1), &number) : km_str_to_u64(digits, &number))
		return false;
	if (!number)
		return false;
	*ret = number < ASCII ? (char)number : number == NO_BREAK_SPACE ? ' ' : '?';
	*rest = after;
	return true;
}

static bool take_entity(struct km_str *rest, char *ret)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (km_str_take_prefix(rest, entities[i].name)) {
			*ret = entities[i].becomes;
			return true;
		}
	return take_numbered(rest, ret);
}

/* Of HTML; the kernel has "<TASK>", "<IRQ>", "<4>" and "<ffffffff81138d22>". */
static const struct tag {
	struct km_str name;
	bool ends_line;
} tags_known[] = {
	{ KM_STR_INIT("br"), true }, { KM_STR_INIT("p"), true }, { KM_STR_INIT("div"), true },
	{ KM_STR_INIT("li"), true }, { KM_STR_INIT("tr"), true }, { KM_STR_INIT("pre"), false },
	{ KM_STR_INIT("code"), false }, { KM_STR_INIT("span"), false }, { KM_STR_INIT("font"), false },
	{ KM_STR_INIT("td"), false }, { KM_STR_INIT("tt"), false }, { KM_STR_INIT("strong"), false },
	{ KM_STR_INIT("a"), false }, { KM_STR_INIT("b"), false }, { KM_STR_INIT("i"), false },
	{ KM_STR_INIT("em"), false }, { KM_STR_INIT("ul"), false }, { KM_STR_INIT("body"), false },
	{ KM_STR_INIT("html"), false }, { KM_STR_INIT("table"), false },
};

/* "<br>", "</span>", "<span class=x>" */
static bool take_tag(struct km_str *rest, bool *ret_ends_line)
{
	struct km_str after = *rest, inside;
	bool closing;
	size_t len = 0;

	if (!km_str_take_prefix(&after, KM_STR("<")) || !km_str_take_until(&after, '>', &inside) ||
	    inside.len > TAG_MOST)
		return false;
	closing = km_str_take_prefix(&inside, KM_STR("/"));
	while (len < inside.len && inside.ptr[len] >= 'a' && inside.ptr[len] <= 'z')
		len++;
	if (len < inside.len && inside.ptr[len] != ' ' && inside.ptr[len] != '/')
		return false;
	for (size_t i = 0; i < sizeof(tags_known) / sizeof(*tags_known); i++) {
		if (!km_str_eq(tags_known[i].name, (struct km_str){ inside.ptr, len }))
			continue;
		*ret_ends_line = tags_known[i].ends_line && (closing || !i);
		*rest = after;
		return true;
	}
	return false;
}

bool km_clean_is_html(struct km_str line)
{
	const char *at;
	bool ends;

	while (line.len && (at = memchr(line.ptr, '<', line.len))) {
		line = km_str_skip(line, (size_t)(at - line.ptr));
		if (take_tag(&line, &ends))
			return true;
		line = km_str_skip(line, 1);
	}
	return false;
}

struct km_str km_clean_html(struct km_scratch *scratch, struct km_str line, bool tags)
{
	char *to, *out;
	bool ends;

	if (!has(line, '&') && !(tags && has(line, '<')))
		return line;
	out = to = room(scratch, line.len);
	while (line.len) {
		if (*line.ptr == '&' && take_entity(&line, to)) {
			to++;
			continue;
		}
		if (tags && *line.ptr == '<' && take_tag(&line, &ends)) {
			if (ends)
				*to++ = '\n';
			continue;
		}
		*to++ = *line.ptr;
		line = km_str_skip(line, 1);
	}
	return (struct km_str){ out, (size_t)(to - out) };
}

static int hex_value(char c)
{
	return km_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "012", three octal digits of a control character */
static bool take_octal(struct km_str *rest, unsigned char *ret)
{
	const char *at = rest->ptr;

	if (rest->len < 3 || at[0] != '0' || at[1] < '0' || at[1] > '3' || at[2] < '0' || at[2] > '7')
		return false;
	*ret = (unsigned char)((at[1] - '0') * 8 + at[2] - '0');
	*rest = km_str_skip(*rest, 3);
	return true;
}

/* "x0a" */
static bool take_hex(struct km_str *rest, bool all, unsigned char *ret)
{
	int high, low;

	if (rest->len < 3 || *rest->ptr != 'x')
		return false;
	high = hex_value(rest->ptr[1]);
	low = hex_value(rest->ptr[2]);
	if (high < 0 || low < 0 || (!all && high > 1))
		return false;
	*ret = (unsigned char)(high << 4 | low);
	*rest = km_str_skip(*rest, 3);
	return true;
}

/* What stands behind a backslash, or behind a second one where a string was escaped twice. */
static bool take_backslash(struct km_str *rest, bool all, unsigned char *ret)
{
	struct km_str after = *rest;

	if (!all)
		km_str_take_prefix(&after, KM_STR("\\"));
	if (take_hex(&after, all, ret) || take_octal(&after, ret)) {
		*rest = after;
		return true;
	}
	if (all || !after.len || (*after.ptr != 'n' && *after.ptr != 't' && *after.ptr != 'r'))
		return false;
	*ret = *after.ptr == 'n' ? '\n' : *after.ptr == 't' ? '\t' : '\r';
	*rest = km_str_skip(after, 1);
	return true;
}

/* "#0", which an escape of rsyslog begins with; "#1 SMP" is in many a line */
static bool has_number_sign(struct km_str text)
{
	const char *at;

	for (; text.len > 1 && (at = memchr(text.ptr, '#', text.len - 1)); text = km_str_skip(text, 1)) {
		text = km_str_skip(text, (size_t)(at - text.ptr));
		if (at[1] == '0')
			return true;
	}
	return false;
}

struct km_str km_clean_escapes(struct km_scratch *scratch, struct km_str text, bool all)
{
	unsigned char value;
	char *to, *out;

	if (!has(text, '\\') && !has_number_sign(text))
		return text;
	out = to = room(scratch, text.len);
	while (text.len) {
		struct km_str after = km_str_skip(text, 1);

		if ((*text.ptr == '#' && take_octal(&after, &value)) ||
		    (*text.ptr == '\\' && take_backslash(&after, all, &value)))
			*to++ = (char)value;
		else
			*to++ = *text.ptr;
		text = after;
	}
	return (struct km_str){ out, (size_t)(to - out) };
}

struct km_str km_clean_tag(struct km_scratch *scratch, struct km_str text)
{
	const char *colon = text.len ? memchr(text.ptr, ':', text.len) : NULL;
	size_t name, behind;
	char *out;

	if (!colon || colon == text.ptr || colon[-1] != ' ')
		return text;
	name = (size_t)(colon - text.ptr);
	behind = text.len - name;
	while (name && text.ptr[name - 1] == ' ')
		name--;
	out = room(scratch, text.len);
	memcpy(out, text.ptr, name);
	memcpy(out + name, colon, behind);
	return (struct km_str){ out, name + behind };
}
