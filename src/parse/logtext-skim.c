// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines that the receiver does not need: most of a log. Where a line looks like the one before it, they pass all stages in
 * one step, which must change the same state as the stages would.
 */
#include <limits.h>
#include "parse/logtext-skim.h"

/* What a stage would look at in a line: escapes, colours, carriage returns, NUL, the "=" of a mail. */
static const char specials[] = { '\\', '#', '\033', '\r', '\0' };

enum { LINE_MOST = 1000 }; /* a longer line may be several (logtext.c) */

static unsigned char is_unusual(unsigned char c)
{
	return (unsigned char)(c >= 0x80) | (unsigned char)(c == '\\') | (unsigned char)(c == '#') | (unsigned char)(c == '\033') |
	       (unsigned char)(c == '\r') | (unsigned char)(c == '\0');
}

/* A loop of known length, which the compiler turns into one over vectors. */
bool km_logskim_is_usual(struct km_str bytes)
{
	enum { TOGETHER = 64 };
	unsigned char found = 0;

	for (; bytes.len >= TOGETHER && !found; bytes = (struct km_str){ bytes.ptr + TOGETHER, bytes.len - TOGETHER })
		for (size_t i = 0; i < TOGETHER; i++)
			found |= is_unusual((unsigned char)bytes.ptr[i]);
	for (size_t i = 0; i < bytes.len && !found; i++)
		found |= is_unusual((unsigned char)bytes.ptr[i]);
	return !found;
}

void km_logskim_look(struct km_logskim *skim, const struct km_logstage *stage, struct km_str bytes, bool usual)
{
	skim->wordless = !skim->receiver->may_matter(stage->data, bytes);
	skim->len = 0;
	if (usual)
		return;
	for (size_t i = 0; i < sizeof(specials); i++)
		if (bytes.len && memchr(bytes.ptr, specials[i], bytes.len))
			skim->found[skim->len++] = specials[i];
}

static bool has_special(const struct km_logskim *skim, struct km_str line)
{
	for (size_t i = 0; i < skim->len; i++)
		if (memchr(line.ptr, skim->found[i], line.len))
			return true;
	return false;
}

/* Whether a stage has something to do with this text, as its characters show: blanks, brackets, the end of a mail's line. */
static bool is_odd(const struct km_logskim *skim, struct km_str line, struct km_str text)
{
	const char last = line.ptr[line.len - 1];

	return line.len >= LINE_MOST || *text.ptr == ' ' || *text.ptr == '\t' || *text.ptr == '[' || *text.ptr == '<' || last == '=' ||
	       last == '>' || last == ' ' || last == '\t' || has_special(skim, line);
}

static uint64_t load(const char *text)
{
	uint64_t value;

	memcpy(&value, text, sizeof(value));
	return value;
}

/* Eight bytes of ASCII at a time: the highest bit of each that is neither a digit nor a blank. */
static uint64_t no_digits(uint64_t bytes)
{
	const uint64_t each = UINT64_MAX / UCHAR_MAX, high = each * 0x80;

	return ((bytes ^ each * '0') + each * (0x80 - 10)) & ((bytes ^ each * ' ') + each * 0x7f) & high;
}

static bool is_like(uint64_t bytes, uint64_t form)
{
	const uint64_t each = UINT64_MAX / UCHAR_MAX, high = each * 0x80;

	if (bytes == form)
		return true;
	return !((bytes | form) & high) && !(((bytes ^ form) + each * 0x7f) & (no_digits(bytes) | no_digits(form)) & high);
}

/* The form's bytes, where digits and blanks may be others, but make no earlier time. */
static bool has_form(const struct km_logstage *stage, struct km_str line)
{
	const char *form = stage->form.bytes;
	const size_t len = stage->form.len, last = len - sizeof(uint64_t);

	if (line.len <= len)
		return false;
	for (size_t at = 0; at < last; at += sizeof(uint64_t))
		if (!is_like(load(line.ptr + at), load(form + at)))
			return false;
	return is_like(load(line.ptr + last), load(form + last)) && memcmp(line.ptr, form, len) >= 0;
}

bool km_logskim_take(struct km_logskim *skim, struct km_logstage *stage, struct km_str line)
{
	const struct km_str text = { line.ptr + stage->form.len, line.len - stage->form.len };
	struct km_logtext_counts *facts = &stage->share->facts;

	if (!has_form(stage, line) || is_odd(skim, line, text) ||
	    !skim->receiver->is_dull(stage->data, text, facts->passed + 1, stage->form.usec, skim->wordless))
		return false;
	memcpy(stage->form.bytes, line.ptr, stage->form.len);
	skim->late = true;
	facts->kernel_lines++;
	facts->passed++;
	return true;
}

void km_logskim_settle(struct km_logskim *skim, struct km_logstage *stage)
{
	struct km_logline line = KM_LOGLINE_INIT;

	if (!skim->late)
		return;
	skim->late = false;
	/* the form with a text, which some recipes need */
	stage->form.bytes[stage->form.len] = '-';
	line.kline.text = (struct km_str){ stage->form.bytes, stage->form.len + 1 };
	if (!km_recipe_fits(stage->form.recipe, &line))
		return;
	km_logstage_remember(stage, &line, stage->form.len);
	stage->form.usec = km_logshare_time(stage->share, &line);
	skim->receiver->is_dull(stage->data, (struct km_str){ 0 }, stage->share->facts.passed, stage->form.usec, true);
}
