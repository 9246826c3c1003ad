// SPDX-License-Identifier: GPL-2.0-or-later
/* Tables through libsmartcols, fitted to the terminal, and the lines below them. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/prose.h"
#include "render/text.h"
#include "base/utf8.h"
#include "words/say.h"

/* Headings that are not printed must not widen the columns either. */
struct libscols_column *km_print_add_column(struct km_print *out, const char *head, int flags, enum km_fit_rank rank)
{
	*km_array_push(&out->ranks) = rank;
	return scols_table_new_column(out->table, out->style->no_headings ? "" : head, 0, flags);
}

struct libscols_table *km_print_table_new(struct km_print *out)
{
	const struct km_style *style = out->style;

	out->table = scols_new_table();
	if (!out->table)
		return NULL;
	scols_table_set_stream(out->table, out->file);
	scols_table_enable_noheadings(out->table, style->no_headings);
	scols_table_enable_colors(out->table, style->color);
	scols_table_set_termforce(out->table, style->terminal ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
	if (style->terminal)
		scols_table_set_termwidth(out->table, style->width);
	scols_table_enable_ascii(out->table, !style->utf8);
	return out->table;
}

void km_print_table_free(struct libscols_table **table)
{
	scols_unref_table(*table);
}

static size_t width_of(const struct km_style *style)
{
	return style->terminal ? style->width : SIZE_MAX;
}

/* The meaning of the colours or block characters of these columns. */
static void print_legend(const struct km_print *out, const struct km_spread *spread)
{
	const struct km_str name = KM_SENTENCE(spread->heat.name);
	size_t column = km_str_columns(name) + strlen(":");

	fprintf(out->file, "%.*s:", KM_STR_ARG(name));
	for (unsigned int level = 1; level < KM_HEAT_LEVELS; level++) {
		/* a blank, the name, and a blank on each side of it, or a block and two blanks in front */
		size_t wide = km_str_columns(km_str_from(km_heat_name(level))) + (out->style->color ? 3 : 4);

		if (column + wide > width_of(out->style)) {
			fputc('\n', out->file);
			column = 0;
		}
		column += wide;
		if (out->style->color)
			fprintf(out->file, " %s %s \033[0m", km_heat_color(level, spread->heat.palette),
				km_heat_name(level));
		else
			fprintf(out->file, "  %s %s", km_heat_block(level), km_heat_name(level));
	}
	fputc('\n', out->file);
}

void km_print_folded(struct km_print *out, struct km_str text)
{
	KM_TEXT_SCOPE folded = { 0 };

	km_prose_fold(&folded, text, 0, width_of(out->style));
	fwrite(folded.ptr, 1, folded.len, out->file);
}

/* Prints the fields that only the totals have, one per line: "large kmalloc   2.50 MiB". */
static void print_totals_only(struct km_print *out)
{
	const struct km_sheet *sheet = out->view->sheet;
	const struct km_field *field;
	enum { HEAD = 24, NUMBER = 12, OTHERS = HEAD + NUMBER + 3, PHRASE = 12 };
	const size_t width = width_of(out->style);
	const int head = width >= OTHERS ? HEAD : NUMBER + 1;
	KM_TEXT_SCOPE text = { 0 };

	km_field_each(field, sheet->type) {
		struct km_str label;

		if (!(field->flags & KM_TOTAL_ONLY) || field->flags & KM_DETAIL || km_field_is_unknown(field, sheet->totals))
			continue;
		label = km_pool_printf(&out->pool, "%-*s %*s", head, field->head, NUMBER, km_print_cell(out, field, sheet->totals));
		km_prose_labelled(&text, label, width < OTHERS + PHRASE ? KM_STR("") : KM_SENTENCE(field->brief), OTHERS, width);
	}
	if (text.len)
		fwrite(text.ptr, 1, text.len, out->file);
}

/* libsmartcols itself writes a table, unless its lines must be indented. */
static int write_table(struct km_print *out)
{
	KM_CLEANUP(km_cleanup_free) char *text = NULL;
	struct km_str rest, line;

	if (!out->indent)
		return scols_print_table(out->table);
	if (scols_print_table_to_string(out->table, &text))
		return -EIO;
	rest = km_str_from(text);
	while (km_str_take_line(&rest, &line))
		fprintf(out->file, "%*s%.*s\n", (int)out->indent, "", KM_STR_ARG(line));
	return 0;
}

/* Prints the lines below a table. */
void km_print_below(struct km_print *out)
{
	const struct km_spread *spread;

	if (out->style->no_headings)
		return;
	if (out->view->sheet->totals)
		print_totals_only(out);
	km_array_each(spread, &out->spreads.list)
		if (out->hot && spread->hot)
			print_legend(out, spread);
}

int km_print_table(struct km_print *out)
{
	KM_CLEANUP(km_print_table_free) struct libscols_table *table = km_print_table_new(out);
	const size_t width = out->style->width;
	struct km_str hidden = KM_STR("");
	struct km_fit fit;

	if (!table)
		return -ENOMEM;
	km_print_fill_table(out);
	fit = (struct km_fit){ width > out->indent ? width - out->indent : 1, out->ranks.items, out->style->utf8 };
	if (out->style->terminal)
		hidden = km_fit_table(&out->pool, table, &fit);
	do {
		if (write_table(out))
			return -EIO;
	} while (out->style->terminal && km_fit_next(table, &fit));
	if (hidden.len && out->view->rows_len && !out->style->no_headings)
		km_print_folded(out, km_say_printf(&out->pool, "(no room for %.*s; a wider terminal shows it)",
						 KM_STR_ARG(hidden)));
	km_print_below(out);
	return 0;
}

