// SPDX-License-Identifier: GPL-2.0-or-later
/* A document as a page: its sections, the data that was unavailable, the explanations. */
#include <errno.h>
#include "render/html.h"
#include "words/message.h"

static bool is_lead(const struct km_section *section)
{
	return section->look && section->look->kind == KM_LOOK_LEAD;
}

/* Puts the path of a section in JSON, which is unique. */
static void put_id(struct km_html *html, const struct km_section *section)
{
	if (section->group) {
		km_html_slug(html, km_str_from(section->group));
		km_html_put(html, "-");
	}
	km_html_slug(html, km_str_from(section->key));
}

/* "memory_blocks" -> "Memory blocks" */
static void put_name(struct km_html *html, const char *key)
{
	char *name = (char *)km_pool_copy(&html->pool, km_str_from(key)).ptr;

	for (char *at = name; *at; at++)
		if (*at == '_')
			*at = ' ';
	km_html_capital(html, name);
}

/* The key and its group, because several groups have the same keys: current figures, and changes. */
static const char *path_of(struct km_html *html, const struct km_section *section)
{
	if (!section->group)
		return section->key;
	return km_pool_printf(&html->pool, "%s %s", section->group, section->key).ptr;
}

static void put_navigation(struct km_html *html)
{
	const struct km_section *section;

	km_html_printf(html, "<nav aria-label=\"%s\"><ul>\n", km_say("Sections"));
	km_array_each(section, &html->document->sections) {
		if (!section->key || is_lead(section))
			continue;
		km_html_put(html, "<li><a href=\"#");
		put_id(html, section);
		km_html_put(html, "\">");
		put_name(html, path_of(html, section));
		km_html_put(html, "</a></li>\n");
	}
	km_html_printf(html, "<li><a href=\"#explanations\">%s</a></li>\n</ul></nav>\n", km_say("Explanations"));
	km_pool_deinit(&html->pool);
}

static void put_text_section(struct km_html *html, const struct km_section *section)
{
	struct km_str rest = section->text, line;
	bool several;

	if (section->title) {
		km_html_printf(html, "<h2 id=\"h-%zu\">", html->number);
		km_html_capital(html, km_say(section->title));
		km_html_put(html, "</h2>\n");
	}
	km_str_take_line(&rest, &line);
	several = rest.len;
	km_html_put(html, several ? "<pre tabindex=\"0\">" : "<p class=\"about\">");
	for (rest = section->text; km_str_take_line(&rest, &line);) {
		km_html_text(html, line);
		km_html_put(html, several ? "\n" : "");
	}
	km_html_put(html, several ? "</pre>\n" : "</p>\n");
	km_pool_deinit(&html->pool);
}

/* Whether the look replaces the table; otherwise it precedes the table. */
static bool replaces_table(const struct km_look *look)
{
	return look->kind == KM_LOOK_LEAD || look->kind == KM_LOOK_CARDS;
}

static void put_section(struct km_html *html, const struct km_section *section)
{
	const struct km_sheet_type *type;

	html->section = section;
	if (section->text.ptr) {
		put_text_section(html, section);
		return;
	}
	type = section->view.sheet->type;
	km_html_put(html, is_lead(section) ? "<section class=\"lead\" id=\"" : "<section id=\"");
	if (section->key)
		put_id(html, section);
	else
		km_html_printf(html, "s-%zu", html->number);
	km_html_printf(html, "\" aria-labelledby=\"h-%zu\" data-group=\"%s\" data-key=\"%s\">\n<h2 id=\"h-%zu\">",
		       html->number, section->group ? section->group : "", section->key ? section->key : "",
		       html->number);
	km_html_capital(html, km_say(section->title ? section->title : type->brief));
	km_html_put(html, "</h2>\n");
	if (!is_lead(section)) {
		km_html_put(html, "<p class=\"intro\">");
		km_html_prose(html, KM_SENTENCE(type->explain));
		km_html_put(html, "</p>\n");
	}
	if (section->look)
		km_html_picture(html);
	if (!section->look || !replaces_table(section->look))
		km_html_table(html);
	km_html_put(html, "</section>\n");
}

static void put_problem(struct km_html *html, const struct km_problem *problem)
{
	km_html_put(html, "<li><b>");
	km_html_text(html, problem->source);
	if (problem->line != KM_UNKNOWN)
		km_html_printf(html, ":%llu", (unsigned long long)problem->line);
	km_html_put(html, "</b> ");
	km_html_text(html, km_say_message(&html->pool, problem->reason));
	if (problem->more)
		km_html_text(html, km_say_printf(&html->pool, " (and %llu more such lines)", (unsigned long long)problem->more));
	if (problem->hint.ptr) {
		km_html_put(html, "<br>");
		km_html_text(html, km_say_message(&html->pool, problem->hint));
	}
	km_html_put(html, "</li>\n");
}

/* Lists unavailable data near the top of the page. */
static void put_problems(struct km_html *html)
{
	const struct km_problem *problem;
	const size_t len = html->document->problems->list.len;

	if (!len)
		return;
	km_html_put(html, "<details class=\"unavailable\" id=\"unavailable\">\n<summary>");
	km_html_text(html, len == 1 ? KM_SENTENCE("1 source could not be read completely") :
				      km_say_printf(&html->pool, "%zu sources could not be read completely", len));
	km_html_put(html, "</summary>\n<ul>\n");
	km_array_each(problem, &html->document->problems->list)
		put_problem(html, problem);
	km_html_put(html, "</ul>\n</details>\n");
	km_pool_deinit(&html->pool);
}

/* Whether the section belongs to the header: the sentences about the machine, and the verdict. */
static bool is_of_header(const struct km_section *section)
{
	return is_lead(section) || (section->text.ptr && !section->title);
}

static void put_sections(struct km_html *html, bool header)
{
	const struct km_section *section;

	html->number = 0;
	km_array_each(section, &html->document->sections) {
		html->number++;
		if (is_of_header(section) == header)
			put_section(html, section);
	}
}

static void put_host(struct km_html *html)
{
	const struct km_field *field;

	km_html_put(html, "<section id=\"host\" aria-labelledby=\"h-host\"><h2 id=\"h-host\">");
	km_html_capital(html, km_say(km_host_type.brief));
	km_html_put(html, "</h2>\n<dl class=\"fields\">\n");
	km_field_each(field, &km_host_type) {
		km_html_put(html, "<div><dt>");
		km_html_field_link(html, &km_host_type, field);
		km_html_printf(html, "</dt><dd data-key=\"%s\">", field->key);
		km_html_cell(html, field, html->document->host);
		km_html_put(html, "</dd></div>\n");
	}
	km_html_put(html, "</dl></section>\n");
}

/* What the script says, by the name that it has there. {} is a number. */
static const struct {
	const char *name, *english;
} said[] = {
	{ "areas", KM_SAID("Areas as large as the sizes in the table. Arrow keys move, Enter goes to the row.") },
	{ "rings", KM_SAID("Rings of the parts in the table. Arrow keys move, Enter shows a part alone.") },
	{ "curves", KM_SAID("Curves of the first rows of the table. Arrow keys move, Enter goes to the row.") },
	{ "of-all", KM_SAID("{} of all") },
	{ "back", KM_SAID("Enter goes back to all") },
	{ "change", KM_SAID("{} to {}") },
	{ "first-rows", KM_SAID("Show the first {} rows") },
	{ "all-rows", KM_SAID("Show all {} rows") },
	{ "unknown", KM_SAID("unknown") },
};

static void put_main(struct km_html *html)
{
	km_html_put(html, "<main id=\"main\"");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		km_html_printf(html, " data-%s=\"", said[i].name);
		km_html_text(html, KM_SENTENCE(said[i].english));
		km_html_put(html, "\"");
	}
	km_html_put(html, ">\n");
}

int km_render_html(FILE *file, const struct km_document *document, const struct km_style *style)
{
	struct km_html html = { .file = file, .document = document, .style = style };

	km_html_head(&html);
	put_sections(&html, true);
	put_problems(&html);
	km_html_put(&html, "</header>\n");
	put_navigation(&html);
	put_main(&html);
	put_sections(&html, false);
	put_host(&html);
	km_html_notes(&html);
	km_html_put(&html, "</main>\n");
	km_html_foot(&html);
	km_array_deinit(&html.notes);
	km_pool_deinit(&html.pool);
	return ferror(file) ? -EIO : 0;
}
