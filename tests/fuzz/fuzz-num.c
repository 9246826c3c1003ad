// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers and words of a line, compared with the results of libc. */
#include <errno.h>
#include "base/units.h"
#include "fuzz.h"

static bool is_made_of(struct km_str word, const char *letters)
{
	for (size_t i = 0; i < word.len; i++)
		if (!word.ptr[i] || !strchr(letters, word.ptr[i]))
			return false;
	return word.len > 0;
}

/* The result of strtoull() for a word that has only digits. */
static int by_libc(struct fuzz *fuzz, struct km_str word, int base, uint64_t *ret)
{
	errno = 0;
	*ret = strtoull(km_pool_copy(&fuzz->pool, word).ptr, NULL, base);
	return -errno;
}

static void check_integer(struct fuzz *fuzz, struct km_str word, int base, const char *digits,
			  int (*parse)(struct km_str, uint64_t *))
{
	uint64_t value = 42, expected;
	int r = parse(word, &value);

	if (!is_made_of(word, digits)) {
		/* an overflow of the digits is reported before the text after them */
		fuzz_expect((r == -EINVAL || r == -ERANGE) && value == 42);
		return;
	}
	fuzz_expect(r == by_libc(fuzz, word, base, &expected));
	fuzz_expect(value == (r ? 42 : expected));
}

/* Half of the value of the last digit shown: "1.25 KiB" means 1.245 to 1.255 KiB. */
static double half_step(const char *shown)
{
	const char *point = strchr(shown, '.'), *unit = strchr(shown, ' ');
	char one[KM_UNITS_SIZE];
	uint64_t bytes;

	fuzz_expect(unit && snprintf(one, sizeof(one), "1%s", unit + 1) > 1);
	fuzz_expect(!km_units_parse(km_str_from(one), &bytes));
	return (double)bytes / 2 / (point ? pow(10, (double)(unit - point - 1)) : 1);
}

/*
 * Sizes as people write them, and as the program writes them: rounded to nearest; fractions of a byte are
 * dropped.
 */
static void check_bytes(struct km_str word)
{
	char shown[KM_UNITS_SIZE];
	uint64_t bytes = 42, again;
	int r = km_units_parse(word, &bytes);

	if (r) {
		fuzz_expect((r == -EINVAL || r == -ERANGE) && bytes == 42);
		return;
	}
	r = km_units_parse(km_str_from(km_units_bytes(shown, bytes)), &again);
	/* a size that is rounded up to 16 EiB is one byte too large */
	fuzz_expect(!r || (r == -ERANGE && bytes > UINT64_MAX / 256 * 255));
	if (!r)
		fuzz_expect(fabs((double)again - (double)bytes) <= half_step(shown) * (1 + 1e-9) + 1);
}

static void check_words(struct fuzz *fuzz, struct km_str line)
{
	struct km_str forward = line, backward = line, trimmed = km_str_trim(line), word;
	size_t words = 0, letters = 0;

	while (km_str_take_word(&forward, &word)) {
		fuzz_expect(word.len && fuzz_has(fuzz, word) && km_str_eq(km_str_trim(word), word));
		check_integer(fuzz, word, 10, "0123456789", km_str_to_u64);
		check_integer(fuzz, word, 16, "0123456789abcdefABCDEF", km_str_to_hex);
		check_bytes(word);
		words++;
		letters += word.len;
	}
	while (km_str_take_last_word(&backward, &word)) {
		fuzz_expect(word.len && fuzz_has(fuzz, word));
		words--;
		letters -= word.len;
	}
	fuzz_expect(!words && !letters && !km_str_trim(forward).len && !km_str_trim(backward).len);
	fuzz_expect(trimmed.len <= line.len && km_str_find(line, trimmed) >= (line.ptr ? 0 : -1));
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_str rest = fuzz->text, line;

	while (km_str_take_line(&rest, &line)) {
		fuzz_expect(fuzz_has(fuzz, line) && !(line.len && memchr(line.ptr, '\n', line.len)));
		check_words(fuzz, line);
	}
	fuzz_expect(!rest.len);
}
