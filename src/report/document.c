// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/document.h"

void km_document_deinit(struct km_document *document)
{
	struct km_section *section;

	km_array_each(section, &document->sections) {
		km_view_deinit(&section->view);
		km_array_deinit(&section->paints);
	}
	km_array_deinit(&document->sections);
	km_array_deinit(&document->notes);
}

struct km_section *km_document_add(struct km_document *document, const char *key, enum km_shape shape,
				   struct km_sheet sheet, const struct km_view_options *view,
				   struct km_err *err)
{
	static const struct km_view_options usual = { .top = KM_UNKNOWN };
	struct km_section *section = km_array_push(&document->sections);
	struct km_sheet *kept = km_pool_alloc(document->pool, 1, sizeof(*kept));

	*kept = sheet;
	section->key = key;
	section->group = document->group;
	section->shape = shape;
	return km_view_init(&section->view, document->pool, kept, view ? view : &usual, err) ? NULL : section;
}

static struct km_section *last(struct km_document *document)
{
	return &document->sections.items[document->sections.len - 1];
}

int km_document_begin(struct km_document *document, const char *key, const struct km_sheet_type *type,
		      const struct km_view_options *view, struct km_err *err)
{
	struct km_section *section = km_array_push(&document->sections);
	struct km_sheet *sheet = km_pool_alloc(document->pool, 1, sizeof(*sheet));

	sheet->type = type;
	section->key = key;
	section->group = document->group;
	section->shape = KM_SHAPE_SHEET;
	return km_view_begin(&section->view, document->pool, sheet, view, err);
}

void km_document_end(struct km_document *document, const void *totals)
{
	struct km_view *view = &last(document)->view;
	struct km_sheet *sheet = km_pool_alloc(document->pool, 1, sizeof(*sheet));
	void *kept;

	*sheet = *view->sheet;
	if (totals) {
		kept = km_pool_alloc(document->pool, 1, sheet->type->row_size);
		sheet->totals = memcpy(kept, totals, sheet->type->row_size);
	}
	view->sheet = sheet;
	km_view_end(view);
}

void km_document_drop(struct km_document *document)
{
	km_view_deinit(&last(document)->view);
	document->sections.len--;
}

struct km_section *km_document_add_text(struct km_document *document, struct km_text *text,
					const char *title)
{
	struct km_section *section = km_array_push(&document->sections);

	section->title = title;
	section->text = km_text_keep(text, document->pool);
	return section;
}

void km_text_tone(struct km_text *text, struct km_paint *paint, const struct km_word *word)
{
	paint->start = text->len;
	km_text_add(text, km_word_str(word));
	paint->len = text->len - paint->start;
	paint->tone = word ? word->tone : KM_TONE_PLAIN;
}

void km_document_paint(struct km_section *section, struct km_paint paint)
{
	if (section && paint.len && paint.tone != KM_TONE_PLAIN)
		*km_array_push(&section->paints) = paint;
}
