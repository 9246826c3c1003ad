// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What programs, mails and web pages do to a file of /proc before a user pastes it:
 *
 *   > MemTotal:       24684096 kB              quoted, or indented
 *        1	MemTotal:       24684096 kB          cat -n, grep -n
 *   /proc/meminfo:MemTotal:       24684096 kB  grep of several files
 *   MemTotal: 24684096 kB MemFree: 123 kB      line feeds lost
 *   ==> /proc/meminfo <==                      head and tail of several files; "$ cat /proc/meminfo"
 */
#include <string.h>
#include "base/text.h"
#include "source/files.h"
#include "source/pasted.h"
#include "source/text.h"

static struct km_str without_blanks(struct km_str line)
{
	while (line.len && strchr(" \t>|", *line.ptr))
		line = km_str_skip(line, 1);
	return line;
}

/* "1	" or "1:" in front of a line; false: there is no number. */
static bool take_line_number(struct km_str *line)
{
	struct km_str rest = without_blanks(*line);
	uint64_t number;

	if (!km_str_take_u64(&rest, &number) || !(km_str_take_prefix(&rest, KM_STR("\t")) || km_str_take_prefix(&rest, KM_STR(":"))))
		return false;
	*line = rest;
	return true;
}

/* "/proc/meminfo:" */
static bool take_file_name(struct km_str *line)
{
	struct km_str rest = without_blanks(*line), name;

	if (!km_str_starts(rest, KM_STR("/proc/")) || !km_str_take_until(&rest, ':', &name) || km_str_find(name, KM_STR(" ")) >= 0)
		return false;
	*line = rest;
	return true;
}

struct km_str km_text_without_prefix(struct km_str line)
{
	(void)take_line_number(&line);
	(void)take_file_name(&line);
	return without_blanks(line);
}

static bool is_known(struct km_str line)
{
	return km_text_recognise(line) || km_pasted_recognise(line);
}

/* The first line that shows what the text is; .ptr NULL without one. */
static struct km_str known_line(struct km_str text)
{
	struct km_str line;

	for (size_t lines = 0; lines < KM_TEXT_LINES && km_str_take_line(&text, &line); lines++)
		if (line.len && is_known(line))
			return line;
	return (struct km_str){ 0 };
}

static struct km_str without_break(struct km_str line)
{
	static const struct km_str breaks[] = { KM_STR_INIT("<br>"), KM_STR_INIT("<br/>"), KM_STR_INIT("<br />") };

	for (size_t i = 0; i < sizeof(breaks) / sizeof(*breaks); i++)
		if (km_str_ends(line, breaks[i]))
			line.len -= breaks[i].len;
	return line;
}

struct km_str km_text_unquote(struct km_pool *pool, struct km_str text)
{
	const struct km_str known = known_line(text);
	struct km_str numbered = known, quote, blank, line;
	const bool has_number = take_line_number(&numbered);
	KM_TEXT_SCOPE out = { 0 };

	quote = (struct km_str){ known.ptr, (size_t)(km_text_without_prefix(known).ptr - known.ptr) };
	blank = km_str_trim(quote);
	if (!quote.len && without_break(known).len == known.len)
		return text;
	while (km_str_take_line(&text, &line)) {
		/* programs leave out the blank behind ">" of an empty line */
		(void)(has_number ? take_line_number(&line) :
				    km_str_take_prefix(&line, quote) || (blank.len && km_str_take_prefix(&line, blank)));
		if (has_number)
			(void)take_file_name(&line);
		km_text_add(&out, without_break(line));
		if (text.len || (text.ptr && text.ptr[-1] == '\n'))
			km_text_puts(&out, "\n");
	}
	return km_text_keep(&out, pool);
}

/* Whether the word that begins here is a key, "MemFree:". */
static bool is_key(struct km_str text)
{
	struct km_str word;

	return km_str_take_word(&text, &word) && km_str_ends(word, KM_STR(":")) && *word.ptr >= 'A' && *word.ptr <= 'Z';
}

struct km_str km_text_break_lines(struct km_pool *pool, struct km_str text)
{
	const struct km_str known = known_line(text);
	struct km_str rest = known, word;
	KM_TEXT_SCOPE out = { 0 };
	bool several = false;

	/* "MemTotal:", its number, its unit */
	for (size_t i = 0; i < 3 && km_str_take_word(&rest, &word); i++)
		;
	several = is_key(rest);
	if (!several)
		return text;
	while (km_str_take_word(&text, &word)) {
		km_text_puts(&out, is_key(word) ? "\n" : " ");
		km_text_add(&out, word);
	}
	km_text_puts(&out, "\n");
	return km_text_keep(&out, pool);
}

/* The file whose content stands below this line, as a command or a heading names it; NULL: none. */
static const char *named_file(struct km_str line)
{
	struct km_str rest = line, word, before = { 0 };
	const char *found = NULL;

	while (km_str_take_word(&rest, &word)) {
		if (km_str_eq(before, KM_STR("cat")) || km_str_eq(before, KM_STR("==>")))
			for (size_t i = 0; i < KM_FILES; i++)
				if (!km_files[i].directory && *word.ptr == '/' &&
				    km_str_eq(km_str_skip(word, 1), km_str_from(km_files[i].path)))
					found = km_files[i].path;
		before = word;
	}
	/* "cat /proc/meminfo | grep Mem" shows a part */
	return found && (km_str_ends(line, km_str_from(found)) || km_str_ends(line, KM_STR("<=="))) ? found : NULL;
}

static bool has_entry(const struct km_tree *tree, const char *path)
{
	const struct km_tree_entry *entry;

	km_array_each(entry, &tree->entries)
		if (km_str_eq(entry->path, km_str_from(path)))
			return true;
	return false;
}

/* "user@host:~$" or "[root@host ~]#". */
static bool is_prompt(struct km_str line)
{
	if (!km_str_ends(line, KM_STR("$")) && !km_str_ends(line, KM_STR("#")))
		return false;
	return km_str_find(line, KM_STR(" ")) < 0 ||
	       (km_str_starts(line, KM_STR("[")) && (km_str_ends(line, KM_STR("]$")) || km_str_ends(line, KM_STR("]#"))));
}

/* "$ uptime", "user@host:~$ free -m", "[root@host ~]# ls": what follows is of no file. */
static bool is_command(struct km_str line)
{
	struct km_str rest = line, word;

	if (!km_str_take_word(&rest, &word) || !km_str_trim(rest).len)
		return false;
	if (km_str_eq(word, KM_STR("$")))
		return true;
	if (km_str_find(word, KM_STR("@")) < 0)
		return false;
	return km_str_ends(word, KM_STR("$")) || km_str_ends(word, KM_STR("#")) ||
	       (*line.ptr == '[' && (km_str_find(line, KM_STR("]$ ")) > 0 || km_str_find(line, KM_STR("]# ")) > 0));
}

/* The text up to a prompt behind the last line. */
static struct km_str without_prompt(struct km_str text)
{
	struct km_str whole = km_str_trim(text), rest = whole, line = whole;

	while (km_str_take_line(&rest, &line))
		;
	line = km_str_trim(line);
	if (!is_prompt(line))
		return text;
	return (struct km_str){ text.ptr, (size_t)(line.ptr - text.ptr) };
}

void km_text_divide(struct km_tree *tree, struct km_str text, const char *path)
{
	struct km_tree_entry *entry = NULL;
	struct km_str rest, line;
	bool divided = false;

	rest = text = without_prompt(text);
	while (km_str_take_line(&rest, &line)) {
		const char *named = named_file(km_str_trim(line));

		if (named) {
			divided = true;
			/* of two copies the first is of the same moment as the files around it */
			entry = has_entry(tree, named) ? NULL : km_tree_add(tree, km_str_from(named));
			if (entry)
				entry->bytes = (struct km_str){ rest.ptr, 0 };
		} else if (is_command(km_str_trim(line))) {
			entry = NULL;
		} else if (entry) {
			entry->bytes.len = (size_t)(rest.ptr - entry->bytes.ptr);
		}
	}
	if (!divided)
		km_tree_add(tree, km_str_from(path))->bytes = text;
}
