// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/finding-more.h"

/* Other programs, and commands that read the kernel's log buffer, cannot read a capture. */
static bool takes_capture(struct km_str command)
{
	return km_str_starts(command, KM_STR("kmeminfo ")) && km_str_find(command, KM_STR(" --dmesg")) < 0;
}

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+:,-")];
}

void km_text_quote(struct km_text *text, const char *word)
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

bool km_text_command(struct km_text *text, const struct km_style *style, struct km_str command)
{
	const bool recorded = km_str_starts(command, KM_STR("kmeminfo trend "));

	if (!command.len || (style->from && !recorded && !takes_capture(command)))
		return false;
	km_text_printf(text, "`%.*s", KM_STR_ARG(command));
	if (style->from && !recorded) {
		km_text_puts(text, " --from ");
		km_text_quote(text, style->from);
	}
	km_text_puts(text, "`");
	return true;
}

bool km_text_more(struct km_text *text, const struct km_style *style, struct km_str command)
{
	return !km_str_eq(command, KM_STR("kmeminfo summary")) && km_text_command(text, style, command);
}
