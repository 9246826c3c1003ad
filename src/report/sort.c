// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "report/sort.h"
#include "report/view.h"
#include "words/lookup.h"

int km_sort_compare(const struct km_sort *sort, const void *row_a, const void *row_b)
{
	int order = 0;

	for (; sort && !order; sort = sort->then) {
		order = km_field_is_unknown(sort->field, row_a) - km_field_is_unknown(sort->field, row_b);
		if (order)
			return order;
		order = km_field_compare(sort->field, row_a, row_b);
		order = sort->descending ? -order : order;
	}
	return order;
}

/* Whether the default order is descending: for numbers, not for texts. */
static bool falls(const struct km_field *field)
{
	return field->kind != KM_TEXT && field->kind != KM_WORD;
}

static int parse_one(const struct km_sheet_type *type, struct km_str by, struct km_sort *ret, struct km_err *err)
{
	struct km_str direction = by, key;
	bool directed = km_str_take_until(&direction, ':', &key);

	/* as ps writes it: -size is largest first */
	if (!directed && by.len > 1 && (*by.ptr == '-' || *by.ptr == '+')) {
		key = km_str_skip(by, 1);
		direction = *by.ptr == '-' ? KM_STR("desc") : KM_STR("asc");
		directed = true;
	}
	*ret = (struct km_sort){ .field = km_view_find(type, directed ? key : by, err) };
	if (!ret->field)
		return -EINVAL;
	ret->descending = directed ? km_lookup_compare(direction, KM_STR("desc")) >= KM_LIKE_FOLDED : falls(ret->field);
	if (directed && !ret->descending && km_lookup_compare(direction, KM_STR("asc")) < KM_LIKE_FOLDED)
		return km_err_set(err, -EINVAL, "use asc or desc", "no such direction '%.*s'",
				  KM_STR_ARG(direction));
	return 0;
}

int km_sort_parse(struct km_pool *pool, const struct km_sheet_type *type, const char *by, struct km_sort *ret,
		  struct km_err *err)
{
	struct km_str rest = km_str_from(by), one;
	struct km_sort *last = ret;
	int r;

	*ret = (struct km_sort){ 0 };
	if (!by)
		return 0;
	do {
		if (!km_str_take_until(&rest, ',', &one)) {
			one = rest;
			rest.len = 0;
		}
		if (ret->field)
			last = last->then = km_pool_alloc(pool, 1, sizeof(*last));
		r = parse_one(type, one, last, err);
	} while (!r && rest.len);
	return r;
}

bool km_sort_number(const struct km_sort *sort, const void *row, uint64_t *ret)
{
	const void *at = km_field_at(sort->field, row);
	double real; /* its bits sort like an integer after the sign is undone */

	if (sort->then)
		return false;
	switch (km_kind_store(sort->field->kind)) {
	case KM_STORE_NUMBER:
		*ret = *(const uint64_t *)at;
		break;
	case KM_STORE_SIGNED:
		*ret = (uint64_t)*(const int64_t *)at ^ 1ULL << 63;
		break;
	case KM_STORE_REAL:
		real = *(const double *)at + 0.0; /* -0 is 0 */
		memcpy(ret, &real, sizeof(*ret));
		*ret ^= *ret >> 63 ? UINT64_MAX : 1ULL << 63;
		break;
	default:
		return false;
	}
	if (*ret == UINT64_MAX)
		(*ret)--;
	if (sort->descending)
		*ret = UINT64_MAX - 1 - *ret;
	if (km_field_is_unknown(sort->field, row))
		*ret = UINT64_MAX;
	return true;
}

/* Sorts by one byte; equal keys keep their order. */
static void sort_by_byte(const struct km_sort_key *from, struct km_sort_key *to, size_t len, unsigned int shift)
{
	size_t starts[256] = { 0 }, next = 0;

	for (size_t i = 0; i < len; i++)
		starts[from[i].key >> shift & 0xff]++;
	for (size_t byte = 0; byte < 256; byte++) {
		size_t count = starts[byte];

		starts[byte] = next;
		next += count;
	}
	for (size_t i = 0; i < len; i++)
		to[starts[from[i].key >> shift & 0xff]++] = from[i];
}

struct km_sort_key *km_sort_keys(struct km_sort_key *keys, size_t len)
{
	struct km_sort_key *from = keys, *to = keys + len, *other;
	uint64_t differ = 0;

	for (size_t i = 0; i < len; i++)
		differ |= from[i].key ^ from[0].key;
	for (unsigned int shift = 0; shift < 64; shift += 8) {
		if (!(differ >> shift & 0xff))
			continue;
		sort_by_byte(from, to, len, shift);
		other = from;
		from = to;
		to = other;
	}
	return from;
}
