// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/index.h"
#include "cli/command.h"
#include "cli/help-text.h"
#include "cli/messages.h"
#include "model/account.h"
#include "report/topics.h"
#include "screen/screen.h"

struct catalogue {
	FILE *out;
	struct km_pool pool;
	struct km_index known;
};

/* Prints an entry once; empty texts are left out. */
static void put(struct catalogue *catalogue, struct km_str text)
{
	const size_t known = catalogue->known.keys.len;

	if (!text.len || km_index_keep(&catalogue->known, &catalogue->pool, 0, text) < known)
		return;
	fputs("msgid \"", catalogue->out);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			fputs("\\n", catalogue->out);
		else
			fprintf(catalogue->out, strchr("\"\\", text.ptr[i]) ? "\\%c" : "%c", text.ptr[i]);
	}
	fputs("\"\nmsgstr \"\"\n\n", catalogue->out);
}

static void put_text(struct catalogue *catalogue, const char *text)
{
	put(catalogue, km_str_from(text));
}

/* The origin of a figure and its kernels. Most are only names, which are the same in every language. */
static void put_reference(struct catalogue *catalogue, const char *text)
{
	static const char *const prose[] = { "computed", "fixed", "the ", "; ", "through ", "units", "measured", "with",
					     "after ", "up to ", "not in" };
	const struct km_str str = km_str_from(text);

	for (size_t i = 0; i < sizeof(prose) / sizeof(*prose); i++) {
		if (km_str_find(str, km_str_from(prose[i])) < 0)
			continue;
		put(catalogue, str);
		return;
	}
}

static void put_options(struct catalogue *catalogue, const struct argp_option *option)
{
	for (; option && (option->name || option->key || option->doc); option++)
		put_text(catalogue, option->doc);
}

static void put_key(void *data, const char *keys, const char *brief)
{
	(void)keys;
	put_text(data, brief);
}

static void put_commands(struct catalogue *catalogue)
{
	struct argp_option shared[KM_OPTIONS_MAX];
	const struct km_command *const *command;
	const struct km_example *example;

	put_options(catalogue, km_options_argp(shared, 0).options);
	put_options(catalogue, km_help_argp.options);
	for (command = km_commands; *command; command++) {
		put_text(catalogue, (*command)->brief);
		put_text(catalogue, (*command)->doc);
		put_options(catalogue, (*command)->options);
		for (example = (*command)->examples; example->line; example++)
			put_text(catalogue, example->shows);
	}
	km_screen_keys(put_key, catalogue);
}

static void put_types(struct catalogue *catalogue)
{
	const struct km_sheet_type *const *type;
	const struct km_field *field;

	for (type = km_report_row_types(&catalogue->pool); *type; type++) {
		put_text(catalogue, (*type)->brief);
		put_text(catalogue, (*type)->explain);
		put_text(catalogue, (*type)->spread_heat_brief);
		km_field_each(field, *type) {
			put_text(catalogue, field->brief);
			put_text(catalogue, field->explain);
			put_reference(catalogue, field->origin);
			put_reference(catalogue, field->kernels);
		}
	}
}

/* What the C library says on the command line and about files. */
static void put_libc(struct catalogue *catalogue)
{
	static const int errors[] = { EPERM,   ENOENT, EIO,	EBADF,	 ENOMEM,  EACCES, EBUSY,   EEXIST,	 ENODEV,
				      ENOTDIR, EISDIR, EINVAL,	EMFILE,	 ENOTTY,  EFBIG,  ENOSPC,  ESPIPE,	 EROFS,
				      EPIPE,   EDQUOT, ENOSYS,	ELOOP,	 ENODATA, ENOLCK, ESTALE,  ENAMETOOLONG, ENOTEMPTY,
				      EILSEQ,  ENXIO,  ENOTSUP, EBADMSG, ENETDOWN, EAGAIN, ETIMEDOUT };
	static const char *const texts[] = {
		"option '%s' is ambiguous; possibilities:%s",
		"option '%s' requires an argument",
		"option '%s' doesn't allow an argument",
		"option requires an argument -- '%c'",
		"invalid option -- '%c'",
		"Too many arguments",
		"Try `%s --help' or `%s --usage' for more information.",
	};

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		put_text(catalogue, strerror(errors[i]));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		put_text(catalogue, texts[i]);
}

static void put_files(struct catalogue *catalogue)
{
	for (size_t i = 0; i < KM_FILES; i++)
		put_text(catalogue, km_files[i].hint);
}

static void put_labels(struct catalogue *catalogue)
{
	for (size_t i = 0; i < KM_ACCOUNT_PARTS; i++)
		put_text(catalogue, km_account_parts[i].label);
}

static void put_words(struct catalogue *catalogue)
{
	const struct km_vocabulary *const *vocabulary;
	const struct km_word *word;

	for (vocabulary = km_report_vocabularies(&catalogue->pool); *vocabulary; vocabulary++) {
		put_text(catalogue, (*vocabulary)->brief);
		km_word_each(word, *vocabulary) {
			put_text(catalogue, word->brief);
			put_text(catalogue, word->explain);
			put_reference(catalogue, word->origin);
			put_reference(catalogue, word->kernels);
		}
	}
}

int km_messages_print(FILE *out)
{
	struct catalogue catalogue = { .out = out };

	fputs("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n", out);
	put_types(&catalogue);
	put_words(&catalogue);
	put_labels(&catalogue);
	put_libc(&catalogue);
	put_files(&catalogue);
	put_commands(&catalogue);
	km_index_deinit(&catalogue.known);
	km_pool_deinit(&catalogue.pool);
	return ferror(out) ? -EIO : 0;
}
