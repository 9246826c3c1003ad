// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/document.h"

void km_document_deinit(struct km_document *document)
{
	km_array_deinit(&document->sections);
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
	section->shape = shape;
	return km_view_init(&section->view, document->pool, kept, view ? view : &usual, err) ? NULL : section;
}

struct km_section *km_document_add_text(struct km_document *document, struct km_text *text,
					const char *title)
{
	struct km_section *section = km_array_push(&document->sections);

	section->title = title;
	section->text = km_text_keep(text, document->pool);
	return section;
}
