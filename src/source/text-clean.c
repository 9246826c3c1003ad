// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What programs, mails and web pages do to a file of /proc before a user pastes it:
 *
 *   > MemTotal:       24684096 kB              quoted, or indented
 *        1	MemTotal:       24684096 kB          cat -n, grep -n
 *   /proc/meminfo:MemTotal:       24684096 kB  grep of several files; "/proc/meminfo:1:MemTotal:" with -n
 *   cat: /proc/slabinfo: Permission denied     a file that could not be read
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

/* The file of this name, "/proc/meminfo" or "meminfo"; NULL: none. */
static const char *path_of(struct km_str name)
{
	static const struct km_str proc = KM_STR_INIT("proc/");

	(void)km_str_take_prefix(&name, KM_STR("/"));
	for (size_t i = 0; i < KM_FILES; i++) {
		const struct km_str path = km_str_from(km_files[i].path);

		if (!km_files[i].directory &&
		    (km_str_eq(name, path) || (km_str_starts(path, proc) && km_str_eq(name, km_str_skip(path, proc.len)))))
			return km_files[i].path;
	}
	return NULL;
}

/* "/proc/meminfo:", and with grep -n "/proc/meminfo:1:". NULL: there is none, or of no file that is read. */
static const char *take_file_name(struct km_str *line)
{
	struct km_str rest = without_blanks(*line), name;
	const char *path = NULL;
	uint64_t number;

	if (km_str_take_until(&rest, ':', &name))
		path = path_of(name);
	if (!path)
		return NULL;
	*line = rest;
	if (km_str_take_u64(&rest, &number) && km_str_take_prefix(&rest, KM_STR(":")))
		*line = rest;
	return path;
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

static bool has_entry(const struct km_tree *tree, const char *path)
{
	const struct km_tree_entry *entry;

	km_array_each(entry, &tree->entries)
		if (km_str_eq(entry->path, km_str_from(path)))
			return true;
	return false;
}

void km_text_divide(struct km_tree *tree, struct km_str text, const char *path)
{
	struct km_tree_entry *entry = NULL;
	const char *waits = NULL;
	struct km_str rest, line;
	bool divided = false;

	rest = text = without_prompt(text);
	while (km_str_take_line(&rest, &line)) {
		const char *named = named_file(km_str_trim(line));

		if (named || is_command(km_str_trim(line))) {
			entry = NULL;
			/* of two copies the first is of the same moment as the files around it */
			waits = named && !has_entry(tree, named) ? named : NULL;
			divided = divided || named;
		} else if (waits) {
			entry = km_tree_add(tree, km_str_from(waits));
			entry->bytes = (struct km_str){ line.ptr, (size_t)(rest.ptr - line.ptr) };
			waits = NULL;
		} else if (entry) {
			entry->bytes.len = (size_t)(rest.ptr - entry->bytes.ptr);
		}
	}
	if (!divided)
		km_tree_add(tree, km_str_from(path))->bytes = text;
}

/* The lines that grep found in one file; empty: none. */
static struct km_str lines_of(struct km_pool *pool, struct km_str text, const char *path)
{
	KM_TEXT_SCOPE out = { 0 };
	struct km_str line;

	while (km_str_take_line(&text, &line)) {
		if (take_file_name(&line) != path)
			continue;
		km_text_add(&out, line);
		km_text_puts(&out, "\n");
	}
	return km_text_keep(&out, pool);
}

bool km_text_gather(struct km_tree *tree, struct km_pool *pool, struct km_str text)
{
	struct km_str known = known_line(text);

	if (!known.ptr || !take_file_name(&known))
		return false;
	for (size_t i = 0; i < KM_FILES; i++) {
		const struct km_str lines = km_files[i].directory ? (struct km_str){ 0 } : lines_of(pool, text, km_files[i].path);

		if (lines.len)
			km_tree_add(tree, km_str_from(km_files[i].path))->bytes = lines;
	}
	return true;
}

/* "cat: /proc/slabinfo: Permission denied", in any language. */
static bool is_refusal(struct km_str line)
{
	static const struct km_str programs[] = {
		KM_STR_INIT("cat: "), KM_STR_INIT("grep: "), KM_STR_INIT("head: "), KM_STR_INIT("tail: "), KM_STR_INIT("less: "),
		KM_STR_INIT("bash: "), KM_STR_INIT("-bash: "), KM_STR_INIT("sh: "), KM_STR_INIT("zsh: "),
	};

	line = without_blanks(line);
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (km_str_take_prefix(&line, programs[i]))
			return km_str_find(line, KM_STR("/proc/")) >= 0 || km_str_find(line, KM_STR("/sys/")) >= 0 ||
			       km_str_starts(line, KM_STR("/"));
	return false;
}

struct km_str km_text_without_refusals(struct km_pool *pool, struct km_str text)
{
	struct km_str rest = text, line;
	KM_TEXT_SCOPE out = { 0 };
	const char *from = text.ptr;
	bool found = false;

	while (km_str_take_line(&rest, &line)) {
		if (is_refusal(line)) {
			found = true;
			km_text_add(&out, (struct km_str){ from, (size_t)(line.ptr - from) });
			from = rest.ptr;
		}
	}
	if (!found)
		return text;
	km_text_add(&out, (struct km_str){ from, (size_t)(text.ptr + text.len - from) });
	return km_text_keep(&out, pool);
}
