// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice-text.h"
#include "base/units.h"
#include "base/utf8.h"
#include "model/buddy.h"
#include "report/document.h"
#include "base/prose.h"

#define TOPIC "choosing"

enum { INDENT = 4, WIDTH = 80 };

/* A row being told about. */
struct teller {
	struct km_placeholders *figures;
	const struct km_advice *row;
};

/* What braces in the reasons stand for, beside what they do in any topic. */
static struct km_str tell_figure(void *data, const struct km_topic_text *text, struct km_str name)
{
	static const struct {
		const char *name, *key;
	} figures[] = {
		{ "granted", "granted_bytes" }, { "waste", "waste_bytes" }, { "order", "order" },
		{ "free", "free_blocks" }, { "limit", "limit_bytes" },
	};
	struct teller *teller = data;
	struct km_pool *pool = &teller->figures->machine->pool;

	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		if (km_str_eq(name, km_str_from(figures[i].name)))
			return km_cell_text(pool, km_field_find(&km_advice_type, km_str_from(figures[i].key)),
					    teller->row, false);
	return km_placeholder_tell(teller->figures, text, name);
}

static const struct km_topic_text *find_text(const struct km_topic_texts *texts)
{
	for (size_t i = 0; i < texts->len; i++)
		if (km_str_eq(texts->items[i].key, KM_STR(TOPIC)))
			return &texts->items[i];
	return NULL;
}

/* A text of the topic with the row's figures in it. */
static struct km_str say(struct km_placeholders *figures, const struct km_topic_text *text,
			 const struct km_advice *row, struct km_str id)
{
	struct km_pool *pool = &figures->machine->pool;
	struct teller data = { figures, row };
	const struct km_topic_teller teller = { pool, figures->language, tell_figure, &data };
	struct km_str told = KM_STR(""), field = km_pool_printf(pool, KM_SAY "%.*s", KM_STR_ARG(id));
	struct km_topic_sections sections = { 0 };
	const struct km_topic_part part = { .field = KM_SAY, .key = "why" };
	const struct km_topic_section *section;

	km_topic_text_tell(&teller, text, field.ptr, &part, &sections);
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
	struct km_str why = KM_STR("");

	for (size_t i = 0; i < row->reasons.len; i++) {
		struct km_str reason = say(figures, text, row, row->reasons.items[i]);

		why = km_pool_printf(pool, "%s%s%s", why.ptr,
				     why.len && km_char_columns(km_str_last_char(why)) == 1 ? " " : "", reason.ptr);
	}
	return why;
}

struct km_sheet km_advise(struct km_placeholders *figures, const struct km_advice_request *request)
{
	struct km_machine *machine = figures->machine;
	const struct km_limits *limits = km_placeholder_limits(figures);
	struct km_topic_texts texts = km_topic_texts_read(&machine->pool, &machine->problems);
	const struct km_topic_text *text = find_text(&texts);
	const struct km_buddyinfo *buddyinfo;
	struct km_sheet buddy = { .type = &km_buddy_type }, advice;
	struct km_advice *rows;

	machine->peeking = true;
	buddyinfo = km_machine_buddyinfo(machine);
	if (buddyinfo)
		buddy = km_buddy_derive(&machine->pool, buddyinfo, machine->host.page_bytes);
	advice = km_advice_derive(&machine->pool, request, &(struct km_advice_input){
		limits, km_machine_slabinfo(machine), &buddy
	});
	machine->peeking = false;
	rows = (struct km_advice *)(uintptr_t)advice.rows;
	for (size_t i = 0; i < advice.len && text; i++)
		rows[i].why = tell_why(figures, text, &rows[i]);
	return advice;
}

static void print_row(FILE *out, struct km_placeholders *figures, const struct km_advice *row)
{
	struct km_str verdict = km_word_of(figures->language, row->verdict);

	fprintf(out, "%.*s: %.*s; %.*s\n", KM_STR_ARG(verdict), KM_STR_ARG(row->call),
		KM_STR_ARG(row->free_with));
	km_prose_fold(out, row->why, INDENT, WIDTH);
}

void km_advise_print(FILE *out, struct km_placeholders *figures, const struct km_sheet *advice)
{
	const struct km_advice *first = advice->len ? km_sheet_row(advice, 0) : NULL;

	if (!first)
		km_prose_fold(out, km_word(figures->language, KM_SAY_NO_PAGE_SIZE), 0, WIDTH);
	else if (!km_str_eq(first->verdict, km_str_from(km_advice_verdicts[0].key)))
		km_prose_fold(out, km_word(figures->language, KM_SAY_NO_CALL), 0, WIDTH);
	for (size_t i = 0; i < advice->len; i++)
		print_row(out, figures, km_sheet_row(advice, i));
}
