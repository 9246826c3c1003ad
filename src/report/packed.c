// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/packed.h"

enum { NUMBER_BYTES = 1 + sizeof(uint64_t) };

static inline uint64_t little(uint64_t value)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(value);
#else
	return value;
#endif
}

static void add_field(struct km_packed *packed, const struct km_field *field)
{
	for (size_t i = 0; i < packed->fields.len; i++)
		if (packed->fields.items[i] == field)
			return;
	*km_array_push(&packed->fields) = field;
}

bool km_packed_init(struct km_packed *packed, const struct km_sheet_type *type,
		    const struct km_field *first, const struct km_field *const *fields)
{
	*packed = (struct km_packed){ .type = type };
	if (first)
		add_field(packed, first);
	for (; *fields; fields++)
		add_field(packed, *fields);
	for (size_t i = 0; i < packed->fields.len; i++)
		if (packed->fields.items[i]->kind == KM_ROWS || packed->fields.items[i]->at_least)
			return false;
	packed->lists = km_realloc(NULL, packed->fields.len, sizeof(*packed->lists));
	for (size_t i = 0; i < packed->fields.len; i++)
		packed->lists[i] = NULL;
	packed->row = km_realloc(NULL, 1, type->row_size);
	km_row_init(type, packed->row);
	return true;
}

void km_packed_deinit(struct km_packed *packed)
{
	for (size_t i = 0; packed->lists && i < packed->fields.len; i++)
		free(packed->lists[i]);
	free(packed->lists);
	free(packed->row);
	km_array_deinit(&packed->fields);
	km_array_deinit(&packed->bytes);
}

static void make_room(struct km_packed *packed, size_t more)
{
	packed->bytes.room = 2 * (packed->bytes.len + more);
	packed->bytes.items = km_realloc(packed->bytes.items, packed->bytes.room, 1);
}

static inline char *reserve(struct km_packed *packed, size_t more)
{
	if (packed->bytes.room - packed->bytes.len < more)
		make_room(packed, more);
	return packed->bytes.items + packed->bytes.len;
}

/*
 * A number is stored plus one, so that unknown is 0. If it fits, it is one byte. Otherwise that byte tells
 * how many bytes follow, the lowest first. The code always copies all eight, so that no branch depends on the
 * length, which a CPU cannot predict.
 */
enum { IN_ONE = 0xf8, FEW_BYTES = IN_ONE - 1 };

static inline void put_number(struct km_packed *packed, uint64_t value)
{
	unsigned char *at = (unsigned char *)reserve(packed, NUMBER_BYTES);
	size_t bytes;

	value++;
	if (value < IN_ONE) {
		*at = (unsigned char)value;
		packed->bytes.len++;
		return;
	}
	bytes = (71 - (size_t)__builtin_clzll(value)) / 8;
	*at++ = (unsigned char)(FEW_BYTES + bytes);
	value = little(value);
	memcpy(at, &value, sizeof(value));
	packed->bytes.len += 1 + bytes;
}

static inline uint64_t take_number(const char **bytes)
{
	const unsigned char first = (unsigned char)*(*bytes)++;
	uint64_t value;

	if (first < IN_ONE)
		return (uint64_t)first - 1;
	memcpy(&value, *bytes, sizeof(value));
	*bytes += first - FEW_BYTES;
	return (little(value) & ~UINT64_C(0) >> (64 - 8 * (first - FEW_BYTES))) - 1;
}

static void put_raw(struct km_packed *packed, const void *from, size_t len)
{
	char *at = reserve(packed, len);

	if (len)
		memcpy(at, from, len);
	packed->bytes.len += len;
}

/* The length of an unknown text is unknown. */
static void put_text(struct km_packed *packed, struct km_str text)
{
	put_number(packed, text.ptr ? text.len : KM_UNKNOWN);
	put_raw(packed, text.ptr, text.ptr ? text.len : 0);
}

static struct km_str take_text(const char **bytes)
{
	uint64_t len = take_number(bytes);
	struct km_str text = { *bytes, (size_t)len };

	if (len == KM_UNKNOWN)
		return (struct km_str){ 0 };
	*bytes += text.len;
	return text;
}

static void put_texts(struct km_packed *packed, const struct km_texts *list)
{
	put_number(packed, list->len);
	for (size_t i = 0; i < list->len; i++)
		put_text(packed, list->items[i]);
}

static void put_numbers(struct km_packed *packed, const struct km_numbers *list)
{
	put_number(packed, list->len);
	for (size_t i = 0; i < list->len; i++)
		put_number(packed, list->items[i]);
}

static void put_pairs(struct km_packed *packed, const struct km_pairs *list)
{
	put_number(packed, list->len);
	for (size_t i = 0; i < list->len; i++) {
		put_text(packed, list->items[i].name);
		put_number(packed, list->items[i].value);
	}
}

static void put_value(struct km_packed *packed, const struct km_field *field, const void *at)
{
	switch (km_kind_store(field->kind)) {
	case KM_STORE_TEXT:
		put_text(packed, *(const struct km_str *)at);
		break;
	case KM_STORE_NUMBER:
		put_number(packed, *(const uint64_t *)at);
		break;
	case KM_STORE_WORD:
		put_raw(packed, at, sizeof(const struct km_word *));
		break;
	case KM_STORE_SIGNED:
	case KM_STORE_REAL:
		put_raw(packed, at, sizeof(uint64_t));
		break;
	case KM_STORE_TRI:
		put_number(packed, *(const enum km_tri *)at);
		break;
	case KM_STORE_TEXTS:
		put_texts(packed, at);
		break;
	case KM_STORE_NUMBERS:
		put_numbers(packed, at);
		break;
	case KM_STORE_PAIRS:
		put_pairs(packed, at);
		break;
	case KM_STORE_ROWS:
		break;
	}
}

struct km_str km_packed_pack(struct km_packed *packed, const void *row)
{
	packed->bytes.len = 0;
	for (size_t i = 0; i < packed->fields.len; i++)
		put_value(packed, packed->fields.items[i], km_field_at(packed->fields.items[i], row));
	return (struct km_str){ packed->bytes.items, packed->bytes.len };
}

/* Room for a list's items. It replaces that of the row before. */
static void *room_for(void **list, size_t len, size_t size)
{
	return *list = km_realloc(*list, len ? len : 1, size);
}

static void take_texts(const char **bytes, void **kept, struct km_texts *list)
{
	list->len = (size_t)take_number(bytes);
	list->items = room_for(kept, list->len, sizeof(*list->items));
	for (size_t i = 0; i < list->len; i++)
		list->items[i] = take_text(bytes);
}

static void take_numbers(const char **bytes, void **kept, struct km_numbers *list)
{
	list->len = (size_t)take_number(bytes);
	list->items = room_for(kept, list->len, sizeof(*list->items));
	for (size_t i = 0; i < list->len; i++)
		list->items[i] = take_number(bytes);
}

static void take_pairs(const char **bytes, void **kept, struct km_pairs *list)
{
	list->len = (size_t)take_number(bytes);
	list->items = room_for(kept, list->len, sizeof(*list->items));
	for (size_t i = 0; i < list->len; i++) {
		list->items[i].name = take_text(bytes);
		list->items[i].value = take_number(bytes);
	}
}

static void take_value(const char **bytes, const struct km_field *field, void **list, void *at)
{
	switch (km_kind_store(field->kind)) {
	case KM_STORE_TEXT:
		*(struct km_str *)at = take_text(bytes);
		break;
	case KM_STORE_NUMBER:
		*(uint64_t *)at = take_number(bytes);
		break;
	case KM_STORE_WORD:
		memcpy(at, *bytes, sizeof(const struct km_word *));
		*bytes += sizeof(const struct km_word *);
		break;
	case KM_STORE_SIGNED:
	case KM_STORE_REAL:
		memcpy(at, *bytes, sizeof(uint64_t));
		*bytes += sizeof(uint64_t);
		break;
	case KM_STORE_TRI:
		*(enum km_tri *)at = (enum km_tri)take_number(bytes);
		break;
	case KM_STORE_TEXTS:
		take_texts(bytes, list, at);
		break;
	case KM_STORE_NUMBERS:
		take_numbers(bytes, list, at);
		break;
	case KM_STORE_PAIRS:
		take_pairs(bytes, list, at);
		break;
	case KM_STORE_ROWS:
		break;
	}
}

const void *km_packed_unpack(struct km_packed *packed, const char *bytes, size_t fields)
{
	for (size_t i = 0; i < fields && i < packed->fields.len; i++)
		take_value(&bytes, packed->fields.items[i], &packed->lists[i],
			   (char *)packed->row + packed->fields.items[i]->offset);
	return packed->row;
}
