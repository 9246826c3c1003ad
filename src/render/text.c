// SPDX-License-Identifier: GPL-2.0-or-later
/* Documents as text: titles, sentences, and tables. */
#include <errno.h>
#include "base/clean.h"
#include "render/long.h"
#include "render/sink.h"
#include "render/text.h"
#include "render/tone.h"

/* Cells are cleaned one by one, so every colour in this stream is our own. */
static int print_view(struct km_print *out, const struct km_section *section)
{
	const struct km_style *style = out->style;
	int r = 0;

	km_sink_pass_colors(out->file, style->sink, style->color);
	if (section->shape == KM_SHAPE_ROW && !km_tree_field(section->view.sheet->type))
		r = km_print_fields(out);
	else if (!section->indent && km_long_print(out->file, &section->view, style))
		km_print_below(out);
	else
		r = km_print_table(out);
	km_sink_pass_colors(out->file, style->sink, false);
	return r;
}

/* The text around it is clean; the colour is our own. */
static void print_color(struct km_print *out, const char *color)
{
	km_sink_pass_colors(out->file, out->style->sink, true);
	fputs(color, out->file);
	km_sink_pass_colors(out->file, out->style->sink, false);
}

/* Lines that were not folded still have the bytes of the machine; paints count these. */
static void print_part(struct km_print *out, struct km_str part)
{
	part = km_text_clean_lines(&out->pool, part);
	fwrite(part.ptr, 1, part.len, out->file);
}

static void print_text(struct km_print *out, const struct km_section *section)
{
	const struct km_str text = section->text;
	size_t done = 0;

	for (size_t i = 0; out->style->color && i < section->paints.len; i++) {
		const struct km_paint *paint = &section->paints.items[i];

		if (paint->start < done || paint->start + paint->len > text.len)
			continue;
		print_part(out, (struct km_str){ text.ptr + done, paint->start - done });
		print_color(out, km_tone_color(paint->tone));
		print_part(out, (struct km_str){ text.ptr + paint->start, paint->len });
		print_color(out, KM_TONE_END);
		done = paint->start + paint->len;
	}
	print_part(out, km_str_skip(text, done));
}

static int print_section(FILE *file, const struct km_section *section, const struct km_style *style)
{
	struct km_print out = { .file = file, .style = style, .view = &section->view,
				.indent = section->indent };
	int r = 0;

	if (section->title && !style->no_headings)
		km_print_folded(&out, km_str_from(section->title));
	if (section->text.ptr)
		print_text(&out, section);
	else
		r = print_view(&out, section);
	km_spreads_deinit(&out.spreads);
	km_array_deinit(&out.ranks);
	km_pool_deinit(&out.pool);
	return r;
}

int km_render_text(FILE *file, const struct km_document *document, const struct km_style *style)
{
	int r = 0;

	for (size_t i = 0; i < document->sections.len && !r; i++) {
		if (i && !style->no_headings && !document->sections.items[i].attached)
			fputc('\n', file);
		r = print_section(file, &document->sections.items[i], style);
	}
	return r ? r : ferror(file) ? -EIO : 0;
}
