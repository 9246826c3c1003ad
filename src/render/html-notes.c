// SPDX-License-Identifier: GPL-2.0-or-later
/* Explanations: links from fields and words, and the texts at the end of the page. */
#include "render/html.h"
#include "words/say.h"

static void note(struct km_html *html, struct km_html_note wanted)
{
	const struct km_html_note *known;

	km_array_each(known, &html->notes)
		if (known->field == wanted.field && known->word == wanted.word)
			return;
	*km_array_push(&html->notes) = wanted;
}

static void put_id(struct km_html *html, char kind, const char *group, const char *key)
{
	km_html_printf(html, "%c-", kind);
	km_html_slug(html, km_str_from(group));
	km_html_put(html, "-");
	km_html_slug(html, km_str_from(key));
}

void km_html_field_link(struct km_html *html, const struct km_sheet_type *type, const struct km_field *field)
{
	note(html, (struct km_html_note){ .type = type, .field = field });
	km_html_put(html, "<a class=\"note\" href=\"#");
	put_id(html, 'f', type->name, field->key);
	km_html_put(html, "\">");
	km_html_text(html, km_str_from(field->head));
	km_html_put(html, "</a>");
}

/* A kernel's own word that the vocabulary lacks has no explanation. */
static bool is_explained(const struct km_vocabulary *vocabulary, const struct km_word *word)
{
	return word->brief && km_word_find(vocabulary, km_str_from(word->key)) == word;
}

static const char *const tones[KM_TONES] = {
	[KM_TONE_PLAIN] = "plain", [KM_TONE_GOOD] = "good", [KM_TONE_NOTE] = "remark",
	[KM_TONE_WARN] = "warn",   [KM_TONE_BAD] = "bad",   [KM_TONE_FAINT] = "faint",
};

void km_html_word(struct km_html *html, const struct km_vocabulary *vocabulary, const struct km_word *word)
{
	const bool explained = is_explained(vocabulary, word);

	km_html_printf(html, explained ? "<a class=\"note word %s" : "<span class=\"word %s", tones[word->tone]);
	if (explained) {
		note(html, (struct km_html_note){ .vocabulary = vocabulary, .word = word });
		km_html_put(html, "\" href=\"#");
		put_id(html, 'w', vocabulary->name, word->key);
	}
	km_html_put(html, "\">");
	km_html_text(html, km_str_from(word->key));
	km_html_put(html, explained ? "</a>" : "</span>");
}

static void put_text(struct km_html *html, const char *brief, const char *explain)
{
	km_html_put(html, "<dd><p>");
	km_html_capital(html, km_say_printf(&html->pool, "%s.", km_say(brief)).ptr);
	if (explain) {
		km_html_put(html, km_say_gap());
		km_html_prose(html, KM_SENTENCE(explain));
	}
	km_html_put(html, "</p>");
}

static void put_source(struct km_html *html, const char *origin, const char *kernels)
{
	struct km_str text = { 0 };

	if (origin && kernels)
		text = km_say_printf(&html->pool, "From %s; kernels %s", km_say(origin), km_say(kernels));
	else if (origin)
		text = km_say_printf(&html->pool, "From %s", km_say(origin));
	else if (kernels)
		text = km_say_printf(&html->pool, "Kernels %s", km_say(kernels));
	if (text.ptr) {
		km_html_put(html, "<p class=\"source\">");
		km_html_text(html, text);
		km_html_put(html, "</p>");
	}
	km_html_put(html, "</dd>\n");
}

static void put_field(struct km_html *html, const struct km_html_note *item)
{
	const struct km_field *field = item->field;

	km_html_put(html, "<dt id=\"");
	put_id(html, 'f', item->type->name, field->key);
	km_html_put(html, "\">");
	km_html_text(html, km_str_from(field->head));
	km_html_put(html, " <code>");
	km_html_text(html, km_str_from(field->key));
	km_html_put(html, "</code></dt>\n");
	put_text(html, field->brief, field->explain);
	put_source(html, field->origin, field->kernels);
}

static void put_word(struct km_html *html, const struct km_html_note *item)
{
	km_html_put(html, "<dt id=\"");
	put_id(html, 'w', item->vocabulary->name, item->word->key);
	km_html_put(html, "\">");
	km_html_text(html, km_str_from(item->word->key));
	km_html_put(html, "</dt>\n");
	put_text(html, item->word->brief, item->word->explain);
	put_source(html, item->word->origin, item->word->kernels);
}

static bool same_group(const struct km_html_note *a, const struct km_html_note *b)
{
	if (!a->type || !b->type)
		return a->type == b->type && !strcmp(a->vocabulary->name, b->vocabulary->name);
	return a->type == b->type;
}

static bool is_first_of_group(const struct km_html *html, const struct km_html_note *item)
{
	const struct km_html_note *earlier = html->notes.items;

	for (; earlier < item; earlier++)
		if (same_group(earlier, item))
			return false;
	return true;
}

static void put_group(struct km_html *html, const struct km_html_note *first)
{
	const struct km_html_note *item;

	km_html_put(html, "<h3>");
	km_html_capital(html, km_say(first->type ? first->type->brief : first->vocabulary->brief));
	km_html_put(html, "</h3>\n<dl class=\"notes\">\n");
	for (item = first; item < html->notes.items + html->notes.len; item++) {
		if (!same_group(first, item))
			continue;
		if (item->type)
			put_field(html, item);
		else
			put_word(html, item);
	}
	km_html_put(html, "</dl>\n");
}

bool km_html_note_link(struct km_html *html, struct km_str name)
{
	const struct km_note *item;

	km_array_each(item, &html->document->notes) {
		if (!km_str_eq(item->name, name))
			continue;
		km_html_printf(html, "<a class=\"note name\" href=\"#n-%td\">", item - html->document->notes.items);
		km_html_text(html, name);
		km_html_put(html, "</a>");
		return true;
	}
	return false;
}

static void put_name(struct km_html *html, const struct km_note *item)
{
	km_html_printf(html, "<dt id=\"n-%td\">", item - html->document->notes.items);
	km_html_text(html, item->name);
	km_html_printf(html, "</dt>\n<dd lang=\"%s\"><p>", item->language);
	km_html_text(html, item->brief);
	km_html_put(html, "</p>");
	for (size_t i = 0; i < item->texts.len; i++) {
		km_html_put(html, "<p>");
		km_html_prose(html, item->texts.items[i]);
		km_html_put(html, "</p>");
	}
	km_html_put(html, "</dd>\n");
}

static void put_names(struct km_html *html)
{
	const struct km_note *item;

	if (!html->document->notes.len)
		return;
	km_html_printf(html, "<h3>%s</h3>\n<dl class=\"notes\">\n", km_say("Names in the tables"));
	km_array_each(item, &html->document->notes)
		put_name(html, item);
	km_html_put(html, "</dl>\n");
}

void km_html_notes(struct km_html *html)
{
	const struct km_html_note *item;

	if (!html->notes.len)
		return;
	km_html_printf(html, "<section id=\"explanations\" class=\"explanations\">\n<h2>%s</h2>\n", km_say("Explanations"));
	km_array_each(item, &html->notes)
		if (is_first_of_group(html, item))
			put_group(html, item);
	put_names(html);
	km_html_put(html, "</section>\n");
	km_pool_deinit(&html->pool);
}
