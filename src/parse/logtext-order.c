// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-order.h"

/* So many steps at least, and so many back for each step forward: a log of several boots goes back a few times. */
enum { STEPS_LEAST = 6, BACK_EACH = 16 };

/* Lines that stand close together in a report, in this order. */
static const struct {
	struct km_str first, second;
} pairs[] = {
	{ KM_STR_INIT("invoked oom-killer:"), KM_STR_INIT("CPU: ") },
	{ KM_STR_INIT("page allocation failure"), KM_STR_INIT("CPU: ") },
	{ KM_STR_INIT("[ cut here ]"), KM_STR_INIT("WARNING: ") },
	{ KM_STR_INIT("CPU: "), KM_STR_INIT("Hardware name: ") },
	{ KM_STR_INIT("Call Trace:"), KM_STR_INIT("<TASK>") },
	{ KM_STR_INIT("Mem-Info:"), KM_STR_INIT("active_anon:") },
	{ KM_STR_INIT(" pages RAM"), KM_STR_INIT(" pages reserved") },
	{ KM_STR_INIT("oom-kill:constraint="), KM_STR_INIT("Killed process ") },
};

enum { PAIRS = sizeof(pairs) / sizeof(*pairs), LINES_BETWEEN = 4, PAIRS_LEAST = 2 };

struct steps {
	uint64_t last, forward, back;
	/* The number of the last line that began a pair, and of the last one that ended it; 0: none, or the pair is complete. */
	uint64_t first[PAIRS], second[PAIRS];
	uint64_t pairs_forward, pairs_back;
};

static bool is_near(uint64_t earlier, uint64_t now)
{
	return earlier && now - earlier <= LINES_BETWEEN;
}

/* Marks one half of a pair; whether the other half stands shortly above. */
static bool is_pair(uint64_t *mine, uint64_t *other, uint64_t now)
{
	const bool found = is_near(*other, now);

	*other = 0;
	*mine = found ? 0 : now;
	return found;
}

static void count_pairs(struct steps *steps, const struct km_kline *line)
{
	for (size_t i = 0; i < PAIRS; i++) {
		if (km_str_find(line->text, pairs[i].first) >= 0)
			steps->pairs_back += is_pair(&steps->first[i], &steps->second[i], line->sequence);
		else if (km_str_find(line->text, pairs[i].second) >= 0)
			steps->pairs_forward += is_pair(&steps->second[i], &steps->first[i], line->sequence);
	}
}

static void count(void *data, const struct km_kline *line)
{
	struct steps *steps = data;

	count_pairs(steps, line);
	if (line->usec == KM_UNKNOWN)
		return;
	if (steps->last != KM_UNKNOWN) {
		steps->forward += line->usec > steps->last;
		steps->back += line->usec < steps->last;
	}
	steps->last = line->usec;
}

enum km_log_order km_logtext_order(struct km_str bytes)
{
	struct steps steps = { .last = KM_UNKNOWN };
	struct km_logtext *logtext = km_logtext_begin(count, &steps);

	km_logtext_push(logtext, bytes);
	km_logtext_end(logtext, NULL);
	if (steps.forward + steps.back >= STEPS_LEAST)
		return steps.back / BACK_EACH >= steps.forward ? KM_ORDER_BACKWARD : KM_ORDER_FORWARD;
	/* the times do not tell: a report's own lines do */
	return steps.pairs_back >= PAIRS_LEAST && !steps.pairs_forward && steps.back >= steps.forward ? KM_ORDER_BACKWARD
												      : KM_ORDER_UNKNOWN;
}

/* A further line of a message, which journalctl -r leaves below the first. */
static bool is_further(const char *line, size_t len)
{
	enum { BLANKS = 8 };

	for (size_t i = 0; i < BLANKS; i++)
		if (i >= len || line[i] != ' ')
			return false;
	return true;
}

static size_t line_begin(struct km_str text, size_t end)
{
	while (end && text.ptr[end - 1] != '\n')
		end--;
	return end;
}

/* Where the last message of the text begins. */
static size_t last_begin(struct km_str text)
{
	size_t begin = line_begin(text, text.len);

	while (begin && is_further(text.ptr + begin, text.len - begin))
		begin = line_begin(text, begin - 1);
	return begin;
}

struct km_str km_logtext_reverse(struct km_str bytes, char *ret, size_t *ret_lines)
{
	struct km_str all = { ret, 0 };
	size_t end = bytes.len;

	*ret_lines = 0;
	if (end && bytes.ptr[end - 1] == '\n')
		end--;
	while (bytes.len) {
		const size_t begin = last_begin((struct km_str){ bytes.ptr, end });

		memcpy(ret + all.len, bytes.ptr + begin, end - begin);
		all.len += end - begin;
		ret[all.len++] = '\n';
		if (!begin)
			break;
		end = begin - 1;
	}
	for (size_t i = 0; i < all.len; i++)
		*ret_lines += all.ptr[i] == '\n';
	return all;
}
