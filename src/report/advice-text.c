// SPDX-License-Identifier: GPL-2.0-or-later
/* Recommends an allocation call on this machine. The texts of its reasons come from the topic "choosing". */
#include "base/prose.h"
#include "base/utf8.h"
#include "report/advice.h"
#include "report/placeholder.h"
#include "report/report.h"

#define TOPIC "choosing"

enum { INDENT = 4, WIDTH = 80 };

/* The row that the text is about. */
struct filler {
	struct km_placeholders *figures;
	const struct km_advice *row;
};

/* Placeholders of the reasons, in addition to those of any topic. */
static struct km_str fill_figure(void *data, const struct km_topic_text *text, struct km_str name)
{
	static const struct {
		const char *name, *key;
	} figures[] = {
		{ "granted", "granted_bytes" }, { "waste", "waste_bytes" }, { "order", "order" },
		{ "free", "free_blocks" }, { "limit", "limit_bytes" },
	};
	struct filler *filler = data;
	struct km_pool *pool = &filler->figures->machine->pool;

	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		if (km_str_eq(name, km_str_from(figures[i].name)))
			return km_cell_text(pool, km_field_find(&km_advice_type, km_str_from(figures[i].key)),
					    filler->row, false);
	return km_placeholder_text(filler->figures, text, name);
}

static const struct km_topic_text *find_text(const struct km_topic_texts *texts)
{
	for (size_t i = 0; i < texts->len; i++)
		if (km_str_eq(texts->items[i].key, KM_STR(TOPIC)))
			return &texts->items[i];
	return NULL;
}

/* A text of the topic, with the row's figures. */
static struct km_str say(struct km_placeholders *figures, const struct km_topic_text *text,
			 const struct km_advice *row, struct km_str id)
{
	struct km_pool *pool = &figures->machine->pool;
	struct filler data = { figures, row };
	const struct km_topic_filler filler = { pool, figures->language, fill_figure, &data, NULL };
	struct km_str told = KM_STR(""), field = km_pool_printf(pool, KM_SAY "%.*s", KM_STR_ARG(id));
	struct km_topic_sections sections = { 0 };
	const struct km_topic_part part = { .field = KM_SAY, .key = "why" };
	const struct km_topic_section *section;

	km_topic_text_fill(&filler, text, field.ptr, &part, &sections);
	km_array_each(section, &sections.list)
		told = section->text;
	if (!sections.list.len)
		km_problem_source(&figures->machine->problems, KM_STR("topic " TOPIC), NULL, "has no %s",
				  field.ptr);
	km_array_deinit(&sections.list);
	return told;
}

static struct km_str tell_why(struct km_placeholders *figures, const struct km_topic_text *text,
			      const struct km_advice *row)
{
	struct km_pool *pool = &figures->machine->pool;
	struct km_text why = { 0 };

	for (size_t i = 0; i < row->reasons.len; i++) {
		struct km_str reason = say(figures, text, row, row->reasons.items[i]);

		if (why.len && km_char_columns(km_str_last_char(km_text_str(&why))) == 1)
			km_text_puts(&why, " ");
		km_text_add(&why, reason);
	}
	return km_text_keep(&why, pool);
}

static int derive_advice(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_placeholders figures = { .machine = machine, .language = query->language };
	struct km_topic_texts texts = km_topic_texts_read(&machine->pool, &machine->problems);
	const struct km_topic_text *text = find_text(&texts);
	struct km_sheet buddy = km_report_derive(&km_report_buddy, machine, KM_OPTIONAL);
	struct km_advice *rows;

	(void)err;
	*ret = (struct km_sheet){ .type = &km_advice_type };
	if (!query->options)
		return 0;
	*ret = km_advice_derive(&machine->pool, query->options, &(struct km_advice_input){
		km_placeholder_limits(&figures), km_machine_slabinfo(machine, KM_OPTIONAL), &buddy
	});
	rows = (struct km_advice *)(uintptr_t)ret->rows;
	for (size_t i = 0; i < ret->len && text; i++)
		rows[i].why = tell_why(&figures, text, &rows[i]);
	return 0;
}

static int derive_request(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			  struct km_err *err)
{
	(void)machine;
	(void)err;
	*ret = (struct km_sheet){ &km_advice_request_type, query->options, query->options ? 1 : 0, NULL };
	return 0;
}

static struct km_str verdict_of(enum km_language language, const struct km_advice *row)
{
	static const enum km_phrase phrases[] = {
		[KM_ADVICE_CHOOSE] = KM_SAY_CHOOSE, [KM_ADVICE_WORKS] = KM_SAY_WORKS,
		[KM_ADVICE_AVOID] = KM_SAY_AVOID, [KM_ADVICE_UNFIT] = KM_SAY_UNFIT,
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
		if (row->verdict == &km_advice_verdicts[i])
			return km_phrase(language, phrases[i]);
	return km_word_str(row->verdict);
}

static struct km_paint write_row(struct km_text *text, enum km_language language, size_t width, const struct km_advice *row)
{
	struct km_str verdict = verdict_of(language, row);
	struct km_paint paint = { text->len, verdict.len, row->verdict ? row->verdict->tone : KM_TONE_PLAIN };
	KM_TEXT_SCOPE label = { 0 }, call = { 0 };

	km_text_printf(&label, "%.*s:", KM_STR_ARG(verdict));
	km_text_printf(&call, "%.*s; %.*s", KM_STR_ARG(row->call), KM_STR_ARG(row->free_with));
	km_prose_labelled(text, km_text_str(&label), km_text_str(&call), INDENT, width);
	km_prose_fold(text, row->why, INDENT, width);
	return paint;
}

static void write_advice(const struct km_prose_query *query, const struct km_sheet *advice)
{
	const struct km_advice *first = advice->len ? km_sheet_row(advice, 0) : NULL;
	const size_t width = km_style_fold(query->style, WIDTH);
	struct km_paint *paints = km_pool_alloc(&query->machine->pool, advice->len + 1, sizeof(*paints));
	struct km_section *section;
	struct km_text text = { 0 };

	if (!first)
		km_prose_fold(&text, km_phrase(query->language, KM_SAY_NO_PAGE_SIZE), 0, width);
	else if (first->verdict != &km_advice_verdicts[KM_ADVICE_CHOOSE])
		km_prose_fold(&text, km_phrase(query->language, KM_SAY_NO_CALL), 0, width);
	for (size_t i = 0; i < advice->len; i++)
		paints[i] = write_row(&text, query->language, width, km_sheet_row(advice, i));
	section = km_document_add_text(query->document, &text, NULL);
	for (size_t i = 0; i < advice->len; i++)
		km_document_paint(section, paints[i]);
}

const struct km_report km_report_request = {
	.key = "request",
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_advice_request_type,
	.derive = derive_request,
};

const struct km_report km_report_advice = {
	.key = "advice",
	.type = &km_advice_type,
	.derive = derive_advice,
	.write = write_advice,
};
