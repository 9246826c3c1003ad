// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/notes.h"
#include "report/placeholder.h"
#include "report/topics.h"

/* Only the first rows of a section are explained, which are the largest. So a page stays printable. */
enum { ROWS = 12 };

struct teller {
	struct km_document *document;
	const struct km_sheet *topics;
	struct km_topic_filler tell;
};

/* Whether a text file's topic is about objects or about callers. Other topics do not contain names of rows. */
static bool names_rows(const struct km_topic_row *row)
{
	return km_topic_is_text(row) &&
	       (km_str_eq(row->group, KM_STR("cache")) || km_str_eq(row->group, KM_STR("caller")));
}

static struct km_topic_row *find(const struct km_sheet *topics, struct km_str name)
{
	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		if (names_rows(row) && km_topic_name_likeness(row, name) == KM_LIKE_SAME)
			return (struct km_topic_row *)row;
	}
	return NULL;
}

static bool has_note(const struct km_document *document, struct km_str name)
{
	const struct km_note *note;

	km_array_each(note, &document->notes)
		if (km_str_eq(note->name, name))
			return true;
	return false;
}

static void add_note(struct teller *teller, struct km_str name)
{
	struct km_topic_row *row = name.len && !has_note(teller->document, name) ? find(teller->topics, name) : NULL;
	struct km_note *note;
	struct km_str *texts;

	if (!row)
		return;
	if (!row->sections.len)
		km_topic_fill(&teller->tell, row);
	texts = km_pool_alloc(teller->tell.pool, row->sections.len, sizeof(*texts));
	for (size_t i = 0; i < row->sections.len; i++)
		texts[i] = ((const struct km_topic_section *)row->sections.items)[i].text;
	note = km_array_push(&teller->document->notes);
	note->name = name;
	note->brief = row->brief;
	note->language = km_language_codes[teller->tell.language];
	note->texts = (struct km_texts){ texts, row->sections.len };
}

static void add_section(struct teller *teller, const struct km_section *section)
{
	const struct km_view *view = &section->view;

	for (size_t i = 0; i < view->rows_len && i < ROWS; i++) {
		const void *row = km_view_row(view, i);

		for (size_t at = 0; at < view->fields_len; at++)
			if (view->fields[at]->kind == KM_TEXT && (view->fields[at]->flags & KM_ID))
				add_note(teller, *(const struct km_str *)km_field_at(view->fields[at], row));
	}
}

void km_notes_add(struct km_machine *machine, enum km_language language, struct km_document *document)
{
	struct km_placeholders *figures = km_pool_alloc(&machine->pool, 1, sizeof(*figures));
	const struct km_sheet topics = km_topics_derive(&machine->pool, language, &machine->problems);
	const struct km_section *section;
	struct teller teller = { document, &topics, { &machine->pool, language, km_placeholder_text, figures, NULL } };

	figures->machine = machine;
	figures->language = language;
	km_array_each(section, &document->sections)
		if (!section->text.ptr)
			add_section(&teller, section);
}
