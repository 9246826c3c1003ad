// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/stream.h"
#include "report/packed.h"

enum {
	PIECE_BYTES = 1024 * 1024,
	BEST_MAX = 64 * 1024, /* up to this many rows are sorted on arrival, more rows at the end */
};

/* One of the best rows so far. A better row replaces its bytes. */
struct best {
	uint64_t key, number;
	char *bytes;
	size_t room;
};

struct km_stream {
	const struct km_sheet_type *type;
	struct km_sort sort;
	size_t top;
	bool numeric;  /* the sort column contains numbers, or there is none */
	bool selects;  /* only the best rows are kept; the worst of them is on top of a heap */
	struct km_packed packed;
	struct km_pool pool; /* owns the bytes of all rows, in pieces */
	char *piece;
	size_t left;         /* of the piece */
	KM_ARRAY(const char *) rows;
	KM_ARRAY(struct km_sort_key) keys; /* of the rows; finally in the requested order */
	KM_ARRAY(struct best) best;
	uint64_t seen;
};

struct km_stream *km_stream_new(const struct km_sheet_type *type, const struct km_field *const *fields,
				const struct km_sort *sort, uint64_t top)
{
	struct km_stream *stream = km_realloc(NULL, 1, sizeof(*stream));
	uint64_t key;

	*stream = (struct km_stream){ .type = type, .sort = *sort };
	stream->top = top < SIZE_MAX ? (size_t)top : SIZE_MAX;
	if (!km_packed_init(&stream->packed, type, sort->field, fields)) {
		km_stream_free(stream);
		return NULL;
	}
	stream->numeric = !sort->field || km_sort_number(sort, stream->packed.row, &key);
	stream->selects = stream->numeric && stream->top <= BEST_MAX;
	return stream;
}

void km_stream_free(struct km_stream *stream)
{
	if (!stream)
		return;
	for (size_t i = 0; i < stream->best.len; i++)
		free(stream->best.items[i].bytes);
	km_array_deinit(&stream->best);
	km_array_deinit(&stream->rows);
	km_array_deinit(&stream->keys);
	km_packed_deinit(&stream->packed);
	km_pool_deinit(&stream->pool);
	free(stream);
}

/* Whether one entry comes before another: the smaller key, and for equal keys the earlier row. */
static bool is_before(const struct best *a, const struct best *b)
{
	return a->key != b->key ? a->key < b->key : a->number < b->number;
}

static void swap(struct best *a, struct best *b)
{
	struct best kept = *a;

	*a = *b;
	*b = kept;
}

static void sift_down(struct best *heap, size_t len)
{
	for (size_t at = 0, below; (below = 2 * at + 1) < len; at = below) {
		if (below + 1 < len && is_before(&heap[below], &heap[below + 1]))
			below++;
		if (is_before(&heap[below], &heap[at]))
			return;
		swap(&heap[below], &heap[at]);
	}
}

static void sift_up(struct best *heap, size_t at)
{
	for (; at && is_before(&heap[(at - 1) / 2], &heap[at]); at = (at - 1) / 2)
		swap(&heap[(at - 1) / 2], &heap[at]);
}

static void keep_bytes(struct km_stream *stream, struct best *best, const void *row)
{
	const struct km_str bytes = km_packed_pack(&stream->packed, row);

	if (!best->bytes || best->room < bytes.len) {
		best->room = bytes.len;
		best->bytes = km_realloc(best->bytes, best->room + KM_PACKED_BEHIND, 1);
	}
	memcpy(best->bytes, bytes.ptr, bytes.len);
}

static void select_row(struct km_stream *stream, const void *row, uint64_t key)
{
	struct best found = { .key = key, .number = stream->seen++ }, *best = stream->best.items;

	if (stream->best.len < stream->top) {
		best = km_array_push(&stream->best);
		*best = found;
		keep_bytes(stream, best, row);
		sift_up(stream->best.items, stream->best.len - 1);
	} else if (stream->top && is_before(&found, best)) {
		best->key = found.key;
		best->number = found.number;
		keep_bytes(stream, best, row);
		sift_down(best, stream->best.len);
	}
}

static const char *keep_row(struct km_stream *stream, const void *row)
{
	const struct km_str bytes = km_packed_pack(&stream->packed, row);
	char *kept;

	if (stream->left < bytes.len) {
		stream->left = bytes.len > PIECE_BYTES ? bytes.len : PIECE_BYTES;
		stream->piece = km_realloc(NULL, stream->left + KM_PACKED_BEHIND, 1);
		km_pool_adopt(&stream->pool, stream->piece);
	}
	kept = memcpy(stream->piece, bytes.ptr, bytes.len);
	stream->piece += bytes.len;
	stream->left -= bytes.len;
	return kept;
}

void km_stream_take(struct km_stream *stream, const void *row)
{
	uint64_t key = 0;

	if (stream->numeric && stream->sort.field)
		km_sort_number(&stream->sort, row, &key);
	if (stream->selects) {
		select_row(stream, row, key);
		return;
	}
	*km_array_push(&stream->keys) = (struct km_sort_key){ key, stream->rows.len };
	*km_array_push(&stream->rows) = keep_row(stream, row);
}

static int compare_best(const void *a, const void *b)
{
	return is_before(a, b) ? -1 : is_before(b, a);
}

/* Compares two rows by the sort column, whose bytes come first. */
struct texts {
	struct km_stream *stream;
	void *other;
};

static int compare_texts(const void *a, const void *b, void *arg)
{
	const struct texts *texts = arg;
	struct km_stream *stream = texts->stream;
	const struct km_sort_key *x = a, *y = b;
	int order;

	memcpy(texts->other, km_packed_unpack(&stream->packed, stream->rows.items[x->row], 1),
	       stream->type->row_size);
	order = km_sort_compare(&stream->sort, texts->other,
				km_packed_unpack(&stream->packed, stream->rows.items[y->row], 1));
	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort_texts(struct km_stream *stream)
{
	struct texts texts = { stream, km_realloc(NULL, 1, stream->type->row_size) };

	qsort_r(stream->keys.items, stream->keys.len, sizeof(*stream->keys.items), compare_texts, &texts);
	free(texts.other);
}

static void sort_numbers(struct km_stream *stream)
{
	const size_t len = stream->keys.len;
	struct km_sort_key *sorted;

	stream->keys.items = km_realloc(stream->keys.items, 2 * len, sizeof(*stream->keys.items));
	sorted = km_sort_keys(stream->keys.items, len);
	if (sorted != stream->keys.items)
		memcpy(stream->keys.items, sorted, len * sizeof(*sorted));
}

size_t km_stream_end(struct km_stream *stream)
{
	const size_t len = stream->selects ? stream->best.len : stream->keys.len;

	if (!len)
		return 0;
	if (stream->selects)
		qsort(stream->best.items, len, sizeof(*stream->best.items), compare_best);
	else if (!stream->numeric)
		sort_texts(stream);
	else if (stream->sort.field)
		sort_numbers(stream);
	return len < stream->top ? len : stream->top;
}

/* Lets the processor fetch a row that is needed soon, and before that its address. */
static void fetch_ahead(const struct km_stream *stream, size_t i)
{
	static const size_t ahead = 4, line_bytes = 64;
	const char *bytes;

	if (i + 2 * ahead < stream->keys.len)
		__builtin_prefetch(&stream->rows.items[stream->keys.items[i + 2 * ahead].row]);
	if (i + ahead >= stream->keys.len)
		return;
	bytes = stream->rows.items[stream->keys.items[i + ahead].row];
	__builtin_prefetch(bytes);
	__builtin_prefetch(bytes + line_bytes);
}

const void *km_stream_row(struct km_stream *stream, size_t i)
{
	const char *bytes;

	if (stream->selects) {
		bytes = stream->best.items[i].bytes;
	} else {
		fetch_ahead(stream, i);
		bytes = stream->rows.items[stream->keys.items[i].row];
	}
	return km_packed_unpack(&stream->packed, bytes, SIZE_MAX);
}

const void *km_stream_any_row(struct km_stream *stream, size_t i, size_t len)
{
	if (stream->selects || len < stream->rows.len)
		return km_stream_row(stream, i);
	return km_packed_unpack(&stream->packed, stream->rows.items[i], SIZE_MAX);
}
