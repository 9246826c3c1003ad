// SPDX-License-Identifier: GPL-2.0-or-later
#include "words/language.h"

const char *const km_language_codes[KM_LANGUAGES + 1] = { "en", "ja", NULL };

/* Finds "ja" in "ja_JP.UTF-8"; KM_LANGUAGES if kmeminfo lacks the language. */
static enum km_language language_named(struct km_str name)
{
	size_t len = 0;

	while (len < name.len && name.ptr[len] != '_' && name.ptr[len] != '.' && name.ptr[len] != '@')
		len++;
	name.len = len;
	for (unsigned int i = 0; i < KM_LANGUAGES; i++)
		if (km_str_eq(name, km_str_from(km_language_codes[i])))
			return (enum km_language)i;
	return KM_LANGUAGES;
}

/* Whether a locale's character set is UTF-8 or unnamed. */
static bool is_utf8(struct km_str locale)
{
	static const char *const names[] = { "UTF-8", "UTF8", "utf-8", "utf8" };
	struct km_str language, set;

	if (!km_str_take_until(&locale, '.', &language))
		return true;
	if (!km_str_take_until(&locale, '@', &set))
		set = locale;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(set, km_str_from(names[i])))
			return true;
	return false;
}

static struct km_str locale_of(const char *(*get)(const char *name))
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = get(variables[i]);

		if (value && *value)
			return km_str_from(value);
	}
	return KM_STR("C");
}

enum km_language km_language_of(const char *(*get)(const char *name))
{
	struct km_str locale = locale_of(get), list = km_str_from(get("LANGUAGE")), name;
	enum km_language language;

	if (km_str_eq(locale, KM_STR("C")) || km_str_eq(locale, KM_STR("POSIX")) || !is_utf8(locale))
		return KM_ENGLISH;
	while (list.len) {
		if (!km_str_take_until(&list, ':', &name)) {
			name = list;
			list.len = 0;
		}
		language = language_named(name);
		if (language != KM_LANGUAGES)
			return language;
	}
	language = language_named(locale);
	return language == KM_LANGUAGES ? KM_ENGLISH : language;
}

struct km_str km_phrase(enum km_language language, enum km_phrase word)
{
	static const char *const words[KM_PHRASES][KM_LANGUAGES] = {
		[KM_SAY_FROM] = { "From", "出典" },
		[KM_SAY_KERNELS] = { "Kernels", "対応版" },
		[KM_SAY_SEE] = { "See", "関連" },
		[KM_SAY_ALSO] = { "Also", "別名" },
		[KM_SAY_UNKNOWN] = { "unknown here", "ここでは不明" },
		[KM_SAY_NEEDS_ROOT] = { "unknown here: needs root", "ここでは不明（root 権限が必要）" },
		[KM_SAY_LEFT_UNKNOWN] = { "sentences about figures that this machine does not report",
					  "このマシンが報告しない数値についての文" },
		[KM_SAY_LEFT_NEEDS_ROOT] = { "sentences about figures that only root can read",
					     "root だけが読める数値についての文" },
		[KM_SAY_NONE] = { "none on this machine", "このマシンには無し" },
		[KM_SAY_MERGED] = { "merged into {}", "{} に併合" },
		[KM_SAY_COMPUTED] = { "{} (computed)", "{}（計算値）" },
		[KM_SAY_CHOOSE] = { "choose", "最適" },
		[KM_SAY_WORKS] = { "works", "可" },
		[KM_SAY_AVOID] = { "avoid", "非推奨" },
		[KM_SAY_UNFIT] = { "unfit", "不適" },
		[KM_SAY_NO_CALL] = {
			"No call can satisfy this request as it is. Allocate earlier, where "
			"sleeping is allowed, or in smaller pieces. A large contiguous range must "
			"be reserved at boot or come from CMA.",
			"この要求をそのまま満たす関数は無い。スリープできる段階で先に割り当てるか、小さく分ける。"
			"大きな連続領域はブート時に確保するか、CMA から得る。",
		},
		[KM_SAY_NO_PAGE_SIZE] = {
			"The machine's page size is unknown, so every limit is too. Give it with "
			"--page-size.",
			"ページサイズが不明なため、上限も分からない。--page-size で指定する。",
		},
		[KM_SAY_AT_MOST] = { "at most {}", "最大でも {}" },
		[KM_SAY_CHOOSE_ONE] = { "More of that name (`kmeminfo explain GROUP.KEY` explains one):",
					"同じ名前のもの（`kmeminfo explain GROUP.KEY` で一つを説明する）：" },
		[KM_SAY_CHOOSE_ANY] = { "Several have that name (`kmeminfo explain GROUP.KEY` explains one):",
					"この名前のもの（`kmeminfo explain GROUP.KEY` で一つを説明する）：" },
	};

	return km_str_from(words[word][language]);
}
