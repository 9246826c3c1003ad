// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "base/nearest.h"
#include "cli/spelling.h"

enum { OPTIONS_MAX = 64 };

struct options {
	const struct argp_option *items[OPTIONS_MAX];
	size_t len;
};

static void add_table(struct options *options, const struct argp_option *option)
{
	for (; option && (option->name || option->key || option->doc); option++)
		if (option->name && options->len < OPTIONS_MAX)
			options->items[options->len++] = option;
}

static struct options options_of(const struct argp *argp)
{
	const struct argp_child *child;
	struct options options = { .len = 0 };

	add_table(&options, argp->options);
	for (child = argp->children; child && child->argp; child++)
		add_table(&options, child->argp->options);
	return options;
}

/* name: a long one, which getopt accepts abbreviated, or a letter. NULL: unknown. */
static const struct argp_option *find(const struct options *options, struct km_str name, int letter)
{
	for (size_t i = 0; i < options->len; i++) {
		const struct argp_option *option = options->items[i];

		if (letter ? option->key == letter : km_str_starts(km_str_from(option->name), name))
			return option;
	}
	return NULL;
}

/* Names that other programs have for an option. */
static const struct {
	const char *name, *option;
} synonyms[] = {
	{ "limit", "top" },     { "head", "top" },      { "lines", "top" },    { "filter", "where" },
	{ "grep", "where" },    { "select", "where" },  { "fields", "columns" }, { "reverse", "sort" },
	  { "interval", "watch" }, { "delay", "watch" },  { "csv", "format" },
	{ "raw", "format" },    { "text", "format" },   { "html", "format" },  { "prometheus", "format" },
	{ "file", "from" },     { "input", "from" },    { "root", "from" },    { "lang", "language" },
};

static const char *synonym_of(const struct options *options, struct km_str name)
{
	for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++)
		if (km_str_eq(name, km_str_from(synonyms[i].name)) && find(options, km_str_from(synonyms[i].option), 0))
			return synonyms[i].option;
	return NULL;
}

static const char *nearest_of(const struct options *options, struct km_str name)
{
	struct km_nearest nearest = { .word = name };
	const char *synonym = synonym_of(options, name);

	if (synonym)
		return synonym;
	for (size_t i = 0; i < options->len; i++)
		km_nearest_offer(&nearest, options->items[i]->name);
	return nearest.best;
}

const char *km_spelling_check(const struct argp *argp, int argc, char **argv, bool in_order, int *ret_unknown)
{
	const struct options options = options_of(argp);

	*ret_unknown = 0;
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		struct km_str rest = km_str_from(argv[i]), name = { 0 };
		bool is_long = km_str_take_prefix(&rest, KM_STR("--"));
		const struct argp_option *option;

		if (*argv[i] != '-') {
			if (in_order)
				return NULL;
			continue;
		}
		if (is_long && km_str_take_until(&rest, '=', &name))
			rest.ptr = NULL;
		else
			name = rest;
		option = find(&options, name, is_long ? 0 : argv[i][strlen(argv[i]) - 1]);
		if (is_long && !option) {
			*ret_unknown = i;
			return nearest_of(&options, name);
		}
		/* its value is the next word, whatever that looks like */
		if (option && option->arg && rest.ptr)
			i++;
	}
	return NULL;
}
