// SPDX-License-Identifier: GPL-2.0-or-later
/* In which language the program speaks: that of the locale, of --language, or English where a program reads it. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include "cli/session.h"
#include "words/say.h"

static const char *environment(const char *name)
{
	return getenv(name);
}

enum km_language km_session_language(void)
{
	return km_say_language_now();
}

/* Japanese is printed as UTF-8 whether or not the system has the locale. */
static void use(enum km_language language)
{
	km_say_language(language);
	if (language != KM_ENGLISH && strcmp(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* The value of --language in a word or in the two words that begin here; .ptr NULL: this is another option. */
static struct km_str language_option(char **argv)
{
	struct km_str word = km_str_from(argv[0]), name;
	const struct km_str option = KM_STR("--language");
	const bool joined = km_str_take_until(&word, '=', &name);

	if (!joined)
		name = word;
	/* getopt accepts an option cut short, down to "--la" */
	return name.len < strlen("--la") || !km_str_starts(option, name) ? (struct km_str){ 0 } :
		joined ? word : km_str_from(argv[1]);
}

void km_session_begin_language(int argc, char **argv)
{
	use(km_language_of(environment));
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		for (unsigned int l = 0; l < KM_LANGUAGES; l++)
			if (km_str_eq(language_option(&argv[i]), km_str_from(km_language_codes[l])))
				use((enum km_language)l);
}

void km_session_choose_language(const struct km_options *options, bool english)
{
	if (options->language != KM_LANGUAGES)
		use(options->language);
	else if (english || km_format_is_for_programs(options->format))
		km_say_language(KM_ENGLISH);
}
