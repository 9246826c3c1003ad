// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"
#include "base/prose.h"
#include "report/topic-text.h"
#include "words/say.h"

enum { PROSE_INDENT = 4, PROSE_WIDTH = 80 };

struct note {
	struct km_str label, text;
};

/* The labelled texts of a topic, kept until the widest label is known. */
struct notes {
	struct km_pool *pool;
	enum km_language language;
	size_t columns; /* width of the widest label */
	size_t width;   /* width of the text */
	KM_ARRAY(struct note) list;
};

static void add_note(struct notes *notes, struct km_str label, struct km_str text)
{
	size_t columns = km_str_columns(label);

	if (!text.ptr)
		return;
	if (columns > notes->columns)
		notes->columns = columns;
	*km_array_push(&notes->list) = (struct note){ label, text };
}

static void add_names(struct notes *notes, enum km_phrase word, const struct km_texts *names)
{
	struct km_text text = { 0 };

	km_text_join(&text, names->items, names->len, ", ");
	add_note(notes, km_phrase(notes->language, word), km_text_keep_some(&text, notes->pool));
}

static struct km_str label_of(const struct km_topic_section *section, enum km_language language)
{
	const struct km_topic_part *part;

	for (part = km_topic_parts; part->field; part++)
		if (km_str_eq(section->key, km_str_from(part->key)))
			return km_str_from(part->labels[language]);
	return KM_STR("");
}

static bool is_heading(const struct km_topic_section *section)
{
	return km_str_eq(section->key, KM_STR(KM_HEADING));
}

/* Below a heading each paragraph is an item of a list, whose first line stands out. */
static void print_item(struct km_text *out, struct km_str text, size_t width)
{
	struct km_text item = { 0 };

	km_prose_fold(&item, text, (size_t)PROSE_INDENT * 2, width);
	km_text_add(out, km_str_skip(km_text_str(&item), PROSE_INDENT));
	km_text_deinit(&item);
}

static void print_heading(struct km_text *out, struct km_str heading, size_t width)
{
	km_text_puts(out, "\n");
	km_prose_fold(out, heading, PROSE_INDENT / 2, width);
}

/* Prints paragraphs without a label and keeps the others. */
static void take_sections(struct km_text *out, const struct km_topic_row *row, struct notes *notes)
{
	const struct km_topic_section *sections = row->sections.items;
	bool listed = false;

	for (size_t i = 0; i < row->sections.len; i++) {
		struct km_str label = label_of(&sections[i], notes->language);

		if (is_heading(&sections[i]))
			print_heading(out, sections[i].text, notes->width);
		else if (!label.len && listed)
			print_item(out, sections[i].text, notes->width);
		else if (!label.len)
			km_prose_fold(out, sections[i].text, PROSE_INDENT, notes->width);
		else if (i && km_str_eq(sections[i].key, sections[i - 1].key))
			add_note(notes, KM_STR(""), sections[i].text);
		else
			add_note(notes, label, sections[i].text);
		listed |= is_heading(&sections[i]);
	}
	if (listed)
		km_text_puts(out, "\n");
}

static void print_notes(struct km_text *out, const struct notes *notes)
{
	for (size_t i = 0; i < notes->list.len; i++) {
		struct km_str label = notes->list.items[i].label;

		label = km_pool_printf(notes->pool, "%*s%.*s%s", PROSE_INDENT, "", KM_STR_ARG(label),
				       label.len ? ":" : "");
		km_prose_labelled(out, label, notes->list.items[i].text,
				  PROSE_INDENT + notes->columns + sizeof(":"), notes->width);
	}
}

void km_topic_print(struct km_text *out, struct km_pool *pool, enum km_language language,
		   const struct km_style *style, const struct km_topic_row *row)
{
	const size_t width = km_style_fold(style, PROSE_WIDTH);
	struct notes notes = { .pool = pool, .language = language, .width = width };
	struct km_text head = { 0 };

	km_text_printf(&head, "%.*s.%.*s", KM_STR_ARG(row->group), KM_STR_ARG(row->key));
	if (row->unit.ptr)
		km_text_printf(&head, " (%.*s)", KM_STR_ARG(row->unit));
	km_text_printf(&head, ": %.*s", KM_STR_ARG(row->brief));
	km_prose_labelled(out, KM_STR(""), km_text_keep(&head, pool), 0, km_style_fold(style, SIZE_MAX));
	km_prose_fold(out, row->explain, PROSE_INDENT, width);
	if (row->on_demand == KM_TRI_YES)
		km_prose_fold(out, km_say_in(language, km_str_from(km_field_on_demand)), PROSE_INDENT, width);
	take_sections(out, row, &notes);
	add_note(&notes, km_phrase(notes.language, KM_SAY_FROM), row->origin);
	add_note(&notes, km_phrase(notes.language, KM_SAY_KERNELS), row->kernels);
	add_names(&notes, KM_SAY_ALSO, &row->also);
	add_names(&notes, KM_SAY_SEE, &row->see);
	print_notes(out, &notes);
	km_array_deinit(&notes.list);
}
