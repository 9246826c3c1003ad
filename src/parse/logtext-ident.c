// SPDX-License-Identifier: GPL-2.0-or-later
/* The host and the program that log daemons put in front of a message: "host kernel: ". */
#include "parse/logtext-prefix.h"

/* "host kern.warn kernel: " of OpenWrt, and one to spare */
enum { IDENT_WORDS = 4 };

static void skip_blanks(struct km_str *rest)
{
	while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\t'))
		*rest = km_str_skip(*rest, 1);
}

static bool is_kernel_word(struct km_str word)
{
	static const struct km_str names[] = {
		KM_STR_INIT("kernel"), KM_STR_INIT("klogd"), KM_STR_INIT("vmunix"),
	};

	/* metalog */
	if (km_str_eq(word, KM_STR("[kernel]")))
		return true;
	/* "klogd[77]:" */
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_starts(word, names[i]) && km_str_ends(word, KM_STR(":")) &&
		    (word.len == names[i].len + 1 || word.ptr[names[i].len] == '['))
			return true;
	return false;
}

/* "kernel - - - text", where RFC 5424 has process, message and data */
static bool take_protocol(struct km_str *rest)
{
	struct km_str after = *rest, word;

	if (!km_str_take_prefix(&after, KM_STR(" - ")) || !km_str_take_word(&after, &word) ||
	    !km_str_take_word(&after, &word))
		return false;
	if (*word.ptr == '[' && word.ptr[word.len - 1] != ']' && !km_str_take_until(&after, ']', &word))
		return false;
	*rest = after;
	return true;
}

/* The kernel's own message in "message repeated 2 times: [ text]" */
static void take_repeated(struct km_str *rest)
{
	struct km_str after = *rest;
	uint64_t times;

	if (km_str_take_prefix(&after, KM_STR("message repeated ")) && km_str_take_u64(&after, &times) &&
	    km_str_take_prefix(&after, KM_STR(" times: [")) && km_str_ends(after, KM_STR("]"))) {
		after.len--;
		*rest = after;
	}
}

/* If the host is known, a line that does not name it is a kernel line without a prefix. */
static bool is_of_host(const struct km_recipe *recipe, struct km_str rest)
{
	struct km_str word;

	return !recipe->host.len || !km_str_take_word(&rest, &word) || km_str_eq(word, recipe->host) ||
	       is_kernel_word(word);
}

static void take_ident(struct km_str *rest, struct km_logline *line)
{
	struct km_str after = *rest, word;

	for (size_t words = 0; words < IDENT_WORDS && km_str_take_word(&after, &word); words++) {
		bool ident = km_str_ends(word, KM_STR(":"));

		if (is_kernel_word(word) || (km_str_eq(word, KM_STR("kernel")) && take_protocol(&after))) {
			line->owner = KM_LOG_KERNEL;
		} else if (words && km_str_eq(word, KM_STR("-")) && take_protocol(&after)) {
			line->owner = KM_LOG_OTHER;
		} else if (*word.ptr == '[' && words) {
			/* "host [   12.345678] text": a message without a name */
			line->owner = KM_LOG_UNCERTAIN;
			after = (struct km_str){ word.ptr, (size_t)(rest->ptr + rest->len - word.ptr) };
			ident = true;
		} else if (ident) {
			line->owner = KM_LOG_OTHER;
		}
		if (!ident && line->owner == KM_LOG_UNCERTAIN)
			continue;
		skip_blanks(&after);
		*rest = after;
		if (line->owner == KM_LOG_KERNEL) {
			km_str_take_prefix(rest, KM_STR(": ")); /* F5 has "kernel: : text" */
			take_repeated(rest);
		}
		return;
	}
	/* "host last message repeated 3 times" */
	line->owner = KM_LOG_OTHER;
}

/* "kernel: " or "host kernel: ", which no message begins with */
static bool is_named(struct km_str rest)
{
	struct km_str word;

	return km_str_take_word(&rest, &word) &&
	       (is_kernel_word(word) || (km_str_take_word(&rest, &word) && is_kernel_word(word)));
}

static bool has_ident(const struct km_recipe *recipe, struct km_str rest)
{
	if (recipe->ident)
		return is_of_host(recipe, rest);
	return recipe->time >= KM_LOGTIME_ISO && recipe->time <= KM_LOGTIME_CLOCK && !recipe->stream && is_named(rest);
}

void km_recipe_ident(const struct km_recipe *recipe, struct km_str *rest, struct km_logline *line)
{
	if (has_ident(recipe, *rest))
		take_ident(rest, line);
}

/* "systemd[1]:" */
static bool is_process(struct km_str word)
{
	return word.len > 4 && km_str_ends(word, KM_STR("]:")) && km_is_digit(word.ptr[word.len - 3]) &&
	       memchr(word.ptr, '[', word.len);
}

void km_recipe_look(struct km_str rest, struct km_recipe_look *ret)
{
	struct km_str word;

	*ret = (struct km_recipe_look){ 0 };
	if (!km_str_take_word(&rest, &ret->host))
		return;
	ret->kernel = is_kernel_word(ret->host);
	if (ret->kernel)
		ret->host.len = 0;
	for (size_t words = 1; !ret->kernel && words < IDENT_WORDS && km_str_take_word(&rest, &word); words++) {
		ret->kernel = is_kernel_word(word) ||
			      (km_str_eq(word, KM_STR("kernel")) && km_str_starts(rest, KM_STR(" - ")));
		ret->process = ret->process || is_process(word);
		ret->named = ret->named || (words == 1 && km_str_ends(word, KM_STR(":")));
	}
}
