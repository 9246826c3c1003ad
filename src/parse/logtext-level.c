// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-level.h"

static const struct word {
	struct km_str name;
	unsigned char level;
} levels[] = {
	{ KM_STR_INIT("emerg"), 0 }, { KM_STR_INIT("alert"), 1 }, { KM_STR_INIT("crit"), 2 },
	{ KM_STR_INIT("err"), 3 }, { KM_STR_INIT("error"), 3 }, { KM_STR_INIT("warn"), 4 },
	{ KM_STR_INIT("warning"), 4 }, { KM_STR_INIT("notice"), 5 }, { KM_STR_INIT("info"), 6 },
	{ KM_STR_INIT("debug"), 7 },
};

bool km_loglevel_is_facility(struct km_str word)
{
	static const struct km_str names[] = {
		KM_STR_INIT("kern"), KM_STR_INIT("user"), KM_STR_INIT("mail"), KM_STR_INIT("daemon"),
		KM_STR_INIT("auth"), KM_STR_INIT("syslog"), KM_STR_INIT("lpr"), KM_STR_INIT("news"),
		KM_STR_INIT("uucp"), KM_STR_INIT("cron"), KM_STR_INIT("authpriv"), KM_STR_INIT("ftp"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(word, names[i]))
			return true;
	return km_str_starts(word, KM_STR("local")) && word.len == 6;
}

bool km_loglevel_of_word(struct km_str word, unsigned char *ret)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (km_str_eq(word, levels[i].name)) {
			*ret = levels[i].level;
			return true;
		}
	return false;
}

bool km_loglevel_of_letter(char letter, unsigned char *ret)
{
	static const char letters[] = "VDIWEF";
	static const unsigned char numbers[] = { 7, 7, 6, 4, 3, 2 };
	const char *at = letter ? strchr(letters, letter) : NULL;

	if (at)
		*ret = numbers[at - letters];
	return at;
}
