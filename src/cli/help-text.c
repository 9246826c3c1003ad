// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include "base/prose.h"
#include "cli/command.h"
#include "cli/help-text.h"
#include "cli/version.h"

/* argp's columns. */
enum { WIDTH = 78, OPTION_COLUMN = 29, OPTION_WIDTH = WIDTH - OPTION_COLUMN };

/*
 * In the texts of options these stand for a line end and a blank until they are printed. argp would break
 * lines there, counting bytes instead of columns, and loses its margin at line ends (glibc argp-fmtstream.c,
 * when its buffer is full).
 */
enum { LINE_END = '\x1e', BLANK = '\x1f' };

static bool is_english(void)
{
	return km_say_language_now() == KM_ENGLISH;
}

void km_help_begin(void)
{
	if (!is_english())
		setenv("ARGP_HELP_FMT", "rmargin=5000", 1);
}

/* The sentence in lines of this many columns. */
static char *folded(const char *english, size_t width)
{
	struct km_text text = { 0 };

	km_prose_fold(&text, KM_SENTENCE(english), 0, width);
	while (text.len && text.ptr[text.len - 1] == '\n')
		text.len--;
	km_text_printf(&text, "%c", '\0');
	return text.ptr;
}

static char *sealed(char *text)
{
	for (char *at = text; *at; at++)
		*at = *at == '\n' ? LINE_END : *at == ' ' ? BLANK : *at;
	return text;
}

char *km_help_filter(int key, const char *text, void *input)
{
	(void)input;
	if (!text || is_english() || key == ARGP_KEY_HELP_PRE_DOC || key == ARGP_KEY_HELP_POST_DOC ||
	    key == ARGP_KEY_HELP_ARGS_DOC)
		return (char *)(uintptr_t)text;
	if (key == ARGP_KEY_HELP_DUP_ARGS_NOTE)
		return folded(KM_SAID("Mandatory or optional arguments to long options are also mandatory or optional for "
				      "any corresponding short options."), WIDTH);
	return sealed(folded(text, OPTION_WIDTH));
}

/* The words of argp itself at a line's begin, which it has in the languages of the C library only. */
static size_t write_usage(struct km_str rest)
{
	static const char *const words[] = { KM_SAID("Usage:"), KM_SAID("  or: ") };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (km_str_starts(rest, km_str_from(words[i]))) {
			fputs(km_say(words[i]), stdout);
			return strlen(words[i]);
		}
	return 0;
}

static ssize_t write_help(void *data, const char *bytes, size_t len)
{
	bool *in_usage = data;

	for (size_t i = 0; i < len; i++) {
		if (*in_usage && (!i || bytes[i - 1] == '\n')) {
			const size_t known = write_usage((struct km_str){ bytes + i, len - i });

			*in_usage = known;
			i += known;
			if (i == len)
				break;
		}
		if (bytes[i] == LINE_END)
			printf("\n%*s", OPTION_COLUMN, "");
		else
			putchar(bytes[i] == BLANK ? ' ' : bytes[i]);
	}
	return (ssize_t)len;
}

/* What argp prints, with its seals broken, and its own words in our language. */
static void print_help(const struct argp_state *state, unsigned int flags)
{
	static const cookie_io_functions_t functions = { .write = write_help };
	bool in_usage = true;
	FILE *stream = is_english() ? NULL : fopencookie(&in_usage, "w", functions);

	argp_state_help(state, stream ? stream : stdout, flags & ~(unsigned int)ARGP_HELP_EXIT_OK);
	if (stream)
		fclose(stream);
	exit(KM_EXIT_COMPLETE);
}

void km_help_add(struct km_text *doc, const char *english)
{
	KM_CLEANUP(km_cleanup_free) char *text = is_english() ? NULL : folded(english, WIDTH);

	km_text_puts(doc, text ? text : english);
}

enum { OPT_USAGE = 1024 };

static error_t parse(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	switch (key) {
	case 'h':
	case '?':
		print_help(state, ARGP_HELP_STD_HELP);
		return 0;
	case OPT_USAGE:
		print_help(state, ARGP_HELP_USAGE);
		return 0;
	case 'V':
		km_version_print(stdout, state);
		exit(KM_EXIT_COMPLETE);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_option options[] = {
	{ "help", '?', NULL, 0, "Give this help list", -1 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, -1 },
	{ "usage", OPT_USAGE, NULL, 0, "Give a short usage message", -1 },
	{ "version", 'V', NULL, 0, "Print program version", -1 },
	{ 0 }
};

const struct argp km_help_argp = { .options = options, .parser = parse, .help_filter = km_help_filter };
