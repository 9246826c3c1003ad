// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "source/ahead.h"
#include "unit.h"

/* A source of pieces of all lengths, each of one byte that counts them. */
struct pieces {
	unsigned int made, most, seed;
	bool fails;
};

static ssize_t make_piece(void *data, char *room, size_t len, struct km_err *err)
{
	struct pieces *pieces = data;

	if (pieces->made == pieces->most)
		return pieces->fails ? km_err_set(err, -EIO, NULL, "damaged") : 0;
	pieces->seed = pieces->seed * 1103515245u + 12345u;
	if (pieces->seed % 3)
		len = 1 + pieces->seed % 100;
	memset(room, (int)(pieces->made++ & 0xff), len);
	return (ssize_t)len;
}

/* Takes at most so many pieces, and closes. */
static void take(struct pieces *pieces, unsigned int most)
{
	struct km_ahead *ahead = km_ahead_open(make_piece, pieces);
	unsigned int taken = 0;
	struct km_str piece;
	struct km_err err;
	int r = 0;

	if (!ahead)
		skip();
	while (taken < most && !(r = km_ahead_next(ahead, &piece, &err)) && piece.len) {
		assert_int_equal((unsigned char)piece.ptr[0], taken & 0xff);
		assert_int_equal(piece.ptr[piece.len - 1], piece.ptr[0]);
		taken++;
	}
	if (most > pieces->most) {
		assert_int_equal(taken, pieces->most);
		assert_int_equal(r, pieces->fails ? -EIO : 0);
		/* and so ever after */
		assert_int_equal(km_ahead_next(ahead, &piece, &err), r);
		assert_int_equal(piece.len, 0);
	}
	km_ahead_close(ahead);
}

static void passes_on_all_pieces(void **state)
{
	(void)state;
	for (unsigned int most = 0; most < 60; most++)
		take(&(struct pieces){ .most = most, .seed = most, .fails = most % 2 }, UINT32_MAX);
}

static void stops_early(void **state)
{
	(void)state;
	for (unsigned int most = 0; most < 20; most++)
		take(&(struct pieces){ .most = 1000, .seed = most }, most);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(passes_on_all_pieces), cmocka_unit_test(stops_early) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
