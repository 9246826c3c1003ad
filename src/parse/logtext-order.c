// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-order.h"

/* So many steps at least, and so many back for each step forward: a log of several boots goes back a few times. */
enum { STEPS_LEAST = 6, BACK_EACH = 16 };

struct steps {
	uint64_t last, forward, back;
};

static void count(void *data, const struct km_kline *line)
{
	struct steps *steps = data;

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
	if (steps.forward + steps.back < STEPS_LEAST)
		return KM_ORDER_UNKNOWN;
	return steps.back / BACK_EACH >= steps.forward ? KM_ORDER_BACKWARD : KM_ORDER_FORWARD;
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
