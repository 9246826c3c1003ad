// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The frame of a page: its policy, style and script, which are built in (data/local.mk). The policy allows
 * these two by their hashes, and no address at all: a page loads nothing, and sends nothing.
 */
#include "data/builtin.h"
#include "render/html.h"
#include "words/say.h"

/* A file of data/, without the bytes that the build adds at its end; NULL: it is not built in. */
static struct km_str builtin(const char *name)
{
	const struct km_builtin *item;

	for (item = km_builtin_page; item->name; item++)
		if (!strcmp(item->name, name))
			return km_str_from(item->text);
	return (struct km_str){ 0 };
}

static void put_hash(struct km_html *html, const char *directive, const char *name)
{
	struct km_str text = builtin(name), hash;

	if (km_str_take_line(&text, &hash))
		km_html_printf(html, "%s 'sha256-%.*s'", directive, KM_STR_ARG(hash));
}

static void put_policy(struct km_html *html)
{
	km_html_put(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
	put_hash(html, "style-src", "style.sha256");
	put_hash(html, "; script-src", "script.sha256");
	km_html_put(html, "; img-src data:; base-uri 'none'; form-action 'none'\">\n");
}

/* Puts a file with the exact bytes that were hashed. */
static void put_builtin(struct km_html *html, const char *tag, const char *name)
{
	struct km_str text = builtin(name);

	km_html_printf(html, "<%s>", tag);
	fwrite(text.ptr, 1, text.len, html->file);
	km_html_printf(html, "</%s>\n", tag);
}

static void put_title(struct km_html *html)
{
	const struct km_host *host = html->document->host;

	km_html_put(html, km_say("Kernel memory"));
	if (host->release.ptr) {
		km_html_put(html, ": Linux ");
		km_html_text(html, host->release);
	}
}

void km_html_head(struct km_html *html)
{
	km_html_printf(html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		       km_language_codes[km_say_language_now()]);
	put_policy(html);
	km_html_put(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			  "<meta name=\"color-scheme\" content=\"light dark\">\n"
			  "<meta name=\"referrer\" content=\"no-referrer\">\n"
			  "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
			  "viewBox='0 0 8 8'%3E%3Cpath fill='%230072b2' d='M0 0h8v8H0z'/%3E%3Cpath fill='%23e69f00' "
			  "d='M0 4h5v4H0z'/%3E%3C/svg%3E\">\n<title>");
	put_title(html);
	km_html_put(html, "</title>\n");
	put_builtin(html, "style", "style");
	km_html_printf(html, "</head>\n<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n<header>\n<h1>",
		       km_say("Skip to the report"));
	put_title(html);
	km_html_put(html, "</h1>\n");
	km_pool_deinit(&html->pool);
}

void km_html_foot(struct km_html *html)
{
	km_html_put(html, "<footer><p>");
	km_html_prose(html, km_say_printf(&html->pool, "Made by kmeminfo %s. Sizes are in powers of 1024; the exact number of "
					  "bytes is in each figure's `value`.", html->style->version));
	km_html_put(html, "</p></footer>\n");
	put_builtin(html, "script", "script");
	km_html_put(html, "</body>\n</html>\n");
	km_pool_deinit(&html->pool);
}
