// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "report/claim-paint.h"

/* The words of a verdict in the topic "notes". They follow the quoted claim. */
static const struct {
	const char *word;
	enum km_tone tone;
} verdicts[] = {
	{ "Holds", KM_TONE_GOOD }, { "Wrong", KM_TONE_BAD }, { "Depends", KM_TONE_WARN },
	{ "正", KM_TONE_GOOD },    { "誤", KM_TONE_BAD },    { "条件付き", KM_TONE_WARN },
};

/* Takes the text including the next quoted claim; false if there is none. */
static bool skip_claim(struct km_str *rest)
{
	const ptrdiff_t english = km_str_find(*rest, KM_STR("\"")), japanese = km_str_find(*rest, KM_STR("」"));

	if (english < 0 && japanese < 0)
		return false;
	if (english >= 0 && (japanese < 0 || english < japanese))
		*rest = km_str_skip(*rest, (size_t)english + strlen("\""));
	else
		*rest = km_str_skip(*rest, (size_t)japanese + strlen("」"));
	while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\n'))
		*rest = km_str_skip(*rest, 1);
	return true;
}

/* Whether the text begins with the word, which a line end may divide: Japanese has no blanks. *ret is what follows. */
static bool take_folded(struct km_str text, struct km_str word, struct km_str *ret)
{
	for (; word.len; word = km_str_skip(word, 1), text = km_str_skip(text, 1)) {
		while (text.len && (*text.ptr == '\n' || *text.ptr == ' '))
			text = km_str_skip(text, 1);
		if (!text.len || *text.ptr != *word.ptr)
			return false;
	}
	*ret = text;
	return true;
}

/* Paints the bytes from..to of the text, but not the margin of a line. */
static void paint_folded(struct km_section *section, size_t from, size_t to, enum km_tone tone)
{
	for (size_t at = from; at < to; at = from) {
		while (at < to && section->text.ptr[at] != '\n')
			at++;
		km_document_paint(section, (struct km_paint){ from, at - from, tone });
		for (from = at; from < to && (section->text.ptr[from] == '\n' || section->text.ptr[from] == ' '); from++)
			;
	}
}

void km_claim_paint(struct km_section *section, struct km_str text)
{
	const char *start = section->text.ptr;
	struct km_str after;

	while (skip_claim(&text))
		for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++)
			if (take_folded(text, km_str_from(verdicts[i].word), &after)) {
				paint_folded(section, (size_t)(text.ptr - start), (size_t)(after.ptr - start), verdicts[i].tone);
				break;
			}
}
