// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/finding-more.h"

#define CALLERS "kmeminfo vmalloc --by caller --top 10"
#define KINDS "kmeminfo vmalloc --by kind"
#define CACHES "kmeminfo slab --top 10"
#define ZONES "kmeminfo zones"
#define TREE "kmeminfo summary"

static const struct {
	const char *id, *command;
} commands[] = {
	{ "slab-unreclaimable-large", CACHES },
	{ "large-kmalloc-large", CACHES },
	{ "vmalloc-large", CALLERS },
	{ "vmalloc-space-low", KINDS },
	{ "page-tables-large", TREE },
	{ "percpu-large", KINDS },
	{ "kernel-stacks-large", KINDS },
	{ "slab-debugging", "kmeminfo slab -o name,object_bytes,payload_bytes,padding_bytes --top 10" },
	{ "slab-idle", "kmeminfo slab --sort idle_bytes --top 10" },
	{ "lazily-freed-large", "kmeminfo vmalloc --by kind --sort lazy_bytes -o +lazy_bytes" },
	{ "available-low", TREE },
	{ "swap-nearly-full", TREE },
	{ "mlocked-large", TREE },
	{ "shared-large", TREE },
	{ "hugetlb-unused", TREE },
	{ "unaccounted-large", "kmeminfo summary --pages" },
	{ "per-cpu-lists-large", "kmeminfo zones -o node,zone,free_bytes,pcp_bytes" },
	{ "free-in-cma", "kmeminfo buddy --types" },
	{ "direct-reclaim", ZONES },
	{ "zone-below-min", ZONES },
	{ "kernel-zones-short", ZONES },
	{ "zone-below-low", ZONES },
	{ "node-short", ZONES },
	{ "low-order-scarce", "kmeminfo buddy" },
	{ "high-order-scarce", "kmeminfo buddy" },
};

const char *km_finding_command(const struct km_word *id)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(commands[i].id, id->key))
			return commands[i].command;
	return NULL;
}

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+:,-")];
}

/* A word as the shell takes it: in quotes where it needs them. */
static void add_quoted(struct km_text *text, const char *word)
{
	if (is_plain(word)) {
		km_text_puts(text, word);
		return;
	}
	km_text_puts(text, "'");
	for (; *word; word++)
		if (*word == '\'')
			km_text_puts(text, "'\\''");
		else
			km_text_printf(text, "%c", *word);
	km_text_puts(text, "'");
}

void km_text_command(struct km_text *text, const struct km_style *style, const char *command)
{
	km_text_printf(text, "`%s", command);
	if (style->from) {
		km_text_puts(text, " --from ");
		add_quoted(text, style->from);
	}
	km_text_puts(text, "`");
}
