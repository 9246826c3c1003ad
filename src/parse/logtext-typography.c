// SPDX-License-Identifier: GPL-2.0-or-later
/* Characters that web pages and word processors put in place of ASCII: blanks that do not break, "0×cc0", quotes. */
#include "parse/logtext-clean.h"

static const struct {
	struct km_str from, to;
} marks[] = {
	{ KM_STR_INIT("\xc2\xa0"), KM_STR_INIT(" ") },     /* no-break space */
	{ KM_STR_INIT("\xe2\x80\xaf"), KM_STR_INIT(" ") }, /* narrow no-break space */
	{ KM_STR_INIT("\xe2\x80\x87"), KM_STR_INIT(" ") }, /* figure space */
	{ KM_STR_INIT("\xe2\x80\x89"), KM_STR_INIT(" ") }, /* thin space */
	{ KM_STR_INIT("\xe2\x80\x8b"), KM_STR_INIT("") },  /* zero width space */
	{ KM_STR_INIT("\xe2\x80\x93"), KM_STR_INIT("-") }, /* en dash */
	{ KM_STR_INIT("\xe2\x80\x98"), KM_STR_INIT("'") },
	{ KM_STR_INIT("\xe2\x80\x99"), KM_STR_INIT("'") },
	{ KM_STR_INIT("\xe2\x80\x9c"), KM_STR_INIT("\"") },
	{ KM_STR_INIT("\xe2\x80\x9d"), KM_STR_INIT("\"") },
	{ KM_STR_INIT("\xe2\x80\xb3"), KM_STR_INIT("\"") }, /* double prime */
	{ KM_STR_INIT("\xe2\x80\xa6"), KM_STR_INIT("...") },
	{ KM_STR_INIT("\xe2\x80\x91"), KM_STR_INIT("-") },   /* hyphen that does not break */
	{ KM_STR_INIT("\xe2\x80\x94"), KM_STR_INIT("--") },  /* em dash */
	{ KM_STR_INIT("\xe2\x88\x92"), KM_STR_INIT("-") },   /* minus */
	{ KM_STR_INIT("\xe2\x90\x9b"), KM_STR_INIT("\033") }, /* picture of the escape character */
	{ KM_STR_INIT("\xef\xbf\xbd["), KM_STR_INIT("\033[") }, /* what replaces it where it is refused */
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The mark at the front of rest; .ptr NULL: none. before: the character in front of it. */
static struct km_str take_mark(struct km_str *rest, char before)
{
	const struct km_str times = KM_STR("\xc3\x97");

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (km_str_take_prefix(rest, marks[i].from))
			return marks[i].to;
	if (before == '0' && km_str_starts(*rest, times) && rest->len > times.len && is_hex(rest->ptr[times.len])) {
		*rest = km_str_skip(*rest, times.len);
		return KM_STR("x");
	}
	return (struct km_str){ 0 };
}

bool km_clean_has_typography(struct km_str text)
{
	return text.len && (memchr(text.ptr, 0xc2, text.len) || memchr(text.ptr, 0xc3, text.len) ||
			    memchr(text.ptr, 0xe2, text.len) || memchr(text.ptr, 0xef, text.len));
}

struct km_str km_clean_typography(struct km_scratch *scratch, struct km_str line)
{
	struct km_str rest = line, mark;
	char before = 0;

	if (!km_clean_has_typography(line))
		return line;
	scratch->bytes.len = 0;
	while (rest.len) {
		mark = take_mark(&rest, before);
		if (!mark.ptr) {
			mark = (struct km_str){ rest.ptr, 1 };
			rest = km_str_skip(rest, 1);
		}
		before = mark.len ? mark.ptr[mark.len - 1] : before;
		km_scratch_append(scratch, mark);
	}
	return (struct km_str){ scratch->bytes.items, scratch->bytes.len };
}
