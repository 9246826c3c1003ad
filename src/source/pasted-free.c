// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * free of procps 3.2 to 4.0.
 *
 *                  total        used        free      shared  buff/cache   available
 *   Mem:        24684096     1248004    20098272        8788     3663732    23436092
 *   Swap:              0           0           0
 *
 * Heads and labels are translated, so both are known by their place. A label may have a blank in it
 * ("Partition d'échange:"), a fullwidth colon, and a decimal comma in its row.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include "base/num.h"
#include "base/text.h"
#include "source/pasted-free.h"

/* The first heads, as the catalogues of procps have them. */
static const char *const heads[][3] = {
	{ "total", "used", "free" },	    { "gesamt", "benutzt", "frei" },	 { "total", "usado", "libre" },
	{ "total", "utilisé", "libre" },    { "total", "usada", "livre" },	 { "total", "usado", "livre" },
	{ "razem", "użyte", "wolne" },	    { "total", "utilizată", "liberă" }, { "totalt", "använt", "fritt" },
	{ "всего", "занято", "свободно" }, { "загалом", "використ.", "вільна" }, { "总计", "已用", "空闲" },
	{ "총계", "사용", "여분" },	    { "სულl", "გამოყენებული", "თავისუფალი" }, { "სულl", "გამოყ", "თავის" },
};

bool km_free_is_heading(struct km_str line)
{
	struct km_str words[3];

	for (size_t i = 0; i < 3; i++)
		if (!km_str_take_word(&line, &words[i]))
			return false;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (km_str_eq(words[0], km_str_from(heads[i][0])) && km_str_eq(words[1], km_str_from(heads[i][1])) &&
		    km_str_eq(words[2], km_str_from(heads[i][2])))
			return true;
	return false;
}

/* The unit option ('k' and so on) in the command line above free's output; 0 without that line. */
static char option_of(struct km_str line)
{
	struct km_str word;
	bool found = false;

	while (km_str_take_word(&line, &word)) {
		if (found && word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-')
			for (size_t i = 1; i < word.len; i++)
				if (strchr("bkmgh", word.ptr[i]))
					return word.ptr[i];
		found = found || km_str_eq(word, KM_STR("free")) || km_str_ends(word, KM_STR("/free"));
	}
	return found ? 'k' : 0;
}

/* The columns of the first four figures. What follows depends on the version. */
enum { TOTAL, USED, FREE, SHARED, FIFTH, SIXTH, SEVENTH, COLUMNS = 8 };

/* Rows: memory, its low and high part (-l), swap, their sum (-t), what was promised (-v). */
enum { ROWS = 6 };

struct usage {
	struct km_str head;
	char option;
	bool old; /* "-/+ buffers/cache" has a row of its own: procps up to 3.3.9 */
	struct km_str rows[ROWS][COLUMNS];
	size_t len;
};

/* A row begins with a label, which ends with a colon of any width. */
static bool take_label(struct km_str *line)
{
	const struct km_str wide = KM_STR("：");
	struct km_str rest = *line, label;
	const ptrdiff_t at = km_str_find(*line, wide);

	if (at > 0) {
		*line = km_str_skip(*line, (size_t)at + wide.len);
		return true;
	}
	if (!km_str_take_until(&rest, ':', &label) || !label.len)
		return false;
	*line = rest;
	return true;
}

/* Takes a row; false: the line is none. */
static bool read_row(struct usage *usage, struct km_str line)
{
	struct km_str *cells = usage->rows[usage->len];
	size_t len = 0;

	line = km_str_trim(line);
	if (km_str_starts(line, KM_STR("-/+"))) {
		usage->old = true;
		return true;
	}
	if (usage->len == ROWS || !take_label(&line))
		return false;
	while (len < COLUMNS && km_str_take_word(&line, &cells[len]) && *cells[len].ptr >= '0' && *cells[len].ptr <= '9')
		len++;
	for (size_t i = len; i < COLUMNS; i++)
		cells[i] = (struct km_str){ 0 };
	usage->len += len > FREE;
	return len > FREE;
}

static void read_usage(struct km_str text, struct usage *usage)
{
	struct km_str line;

	*usage = (struct usage){ 0 };
	while (km_str_take_line(&text, &line)) {
		if (usage->head.ptr && !read_row(usage, line) && usage->len)
			break;
		if (usage->head.ptr)
			continue;
		if (km_free_is_heading(line))
			usage->head = line;
		else
			usage->option = option_of(line) ? option_of(line) : usage->option;
	}
}

/*
 * Converts "23Gi", "8.6Mi", "8,6Mi", "0B" of free -h, and "2.0G" of older versions. The text is rounded, so
 * the result is too, to KiB.
 */
static uint64_t scaled(struct km_str text, uint64_t unit)
{
	static const char suffixes[] = "BKMGT";
	uint64_t whole, tenths = 0;
	const char *suffix;

	if (!km_str_take_u64(&text, &whole))
		return KM_UNKNOWN;
	if ((km_str_take_prefix(&text, KM_STR(".")) || km_str_take_prefix(&text, KM_STR(","))) &&
	    !km_str_take_u64(&text, &tenths))
		return KM_UNKNOWN;
	if (!text.len)
		return tenths ? KM_UNKNOWN : km_num_mul(whole, unit);
	suffix = strchr(suffixes, *text.ptr);
	if (!suffix || tenths > 9)
		return KM_UNKNOWN;
	unit = 1ULL << 10 * (suffix - suffixes);
	return km_num_add(km_num_mul(whole, unit), tenths * unit / 10);
}

/* The row of swap: behind those of low and high memory, whose sum is all memory. NULL: none. */
static const struct km_str *swap_of(const struct usage *usage)
{
	uint64_t totals[ROWS] = { 0 };

	if (usage->len < 2)
		return NULL;
	for (size_t i = 0; i < usage->len; i++)
		totals[i] = scaled(usage->rows[i][TOTAL], 1);
	if (usage->len > 3 && totals[0] != KM_UNKNOWN && totals[1] && km_num_add(totals[1], totals[2]) == totals[0])
		return usage->rows[3];
	return usage->rows[1];
}

/* The command line above it says the unit. The kernel counts pages, so numbers in bytes are multiples of 4096, ... */
static bool are_multiples(const struct usage *usage, uint64_t of)
{
	const struct km_str *swap = swap_of(usage);

	for (size_t i = TOTAL; i <= SHARED; i++) {
		uint64_t value;

		if (i == USED)
			continue;
		if (usage->rows[0][i].ptr && (km_str_to_u64(usage->rows[0][i], &value) || value % of))
			return false;
		if (swap && swap[i].ptr && (km_str_to_u64(swap[i], &value) || value % of))
			return false;
	}
	return true;
}

/* ... and numbers in KiB are multiples of 4. Numbers in MiB are so only by chance. */
static uint64_t unit_of(const struct usage *usage)
{
	enum { UNIT_BYTES = 4096 };
	static const char options[] = "bkmg";
	const char *option = usage->option ? strchr(options, usage->option) : NULL;

	if (option)
		return 1ULL << 10 * (option - options);
	if (are_multiples(usage, UNIT_BYTES))
		return 1;
	return are_multiples(usage, UNIT_BYTES / 1024) ? 1024 : KM_UNKNOWN;
}

static void add_line(struct km_text *out, const char *key, struct km_str text, uint64_t unit)
{
	uint64_t bytes = text.ptr ? scaled(text, unit) : KM_UNKNOWN;

	if (bytes != KM_UNKNOWN)
		km_text_printf(out, "%s: %" PRIu64 " kB\n", key, bytes / 1024);
}

/* Whether the fifth column is buffers alone, and the sixth Cached: "buffers cached", not "buff/cache available". */
static bool is_old(const struct usage *usage)
{
	struct km_str head = usage->head, word = { 0 };

	for (size_t i = 0; i <= FIFTH; i++)
		if (!km_str_take_word(&head, &word))
			return false;
	return !usage->rows[0][SEVENTH].ptr && (usage->old || km_str_find(word, KM_STR("/")) < 0);
}

/*
 * Up to procps 3.3.9 Buffers and Cached have columns of their own. Later "cache"
 * and "buff/cache" include reclaimable slab memory, so the two lines of meminfo are unknown. Since
 * then "shared" is Shmem; before, it was 0.
 */
int km_free_convert(struct km_pool *pool, struct km_str text, struct km_pasted_text *ret, struct km_err *err)
{
	KM_TEXT_SCOPE out = { 0 };
	const struct km_str *mem, *swap;
	struct usage usage;
	uint64_t unit;
	bool old;

	read_usage(text, &usage);
	mem = usage.rows[0];
	unit = unit_of(&usage);
	if (!usage.len || scaled(mem[TOTAL], unit) == KM_UNKNOWN)
		return km_err_set(err, -EINVAL, "write the command line above it, such as free -m, or give /proc/meminfo",
				  "the output of free is in an unknown unit");
	old = is_old(&usage);
	add_line(&out, "MemTotal", mem[TOTAL], unit);
	add_line(&out, "MemFree", mem[FREE], unit);
	add_line(&out, "MemAvailable", mem[SEVENTH].ptr ? mem[SEVENTH] : old ? (struct km_str){ 0 } : mem[SIXTH], unit);
	add_line(&out, "Buffers", mem[SEVENTH].ptr || old ? mem[FIFTH] : (struct km_str){ 0 }, unit);
	add_line(&out, "Cached", old ? mem[SIXTH] : (struct km_str){ 0 }, unit);
	if (!old)
		add_line(&out, "Shmem", mem[SHARED], unit);
	swap = swap_of(&usage);
	if (swap) {
		add_line(&out, "SwapTotal", swap[TOTAL], unit);
		add_line(&out, "SwapFree", swap[FREE], unit);
	}
	*ret = (struct km_pasted_text){ km_text_keep(&out, pool), KM_UNKNOWN };
	return 0;
}
