// SPDX-License-Identifier: GPL-2.0-or-later
/* The samples of a field, by its kind. */
#include "render/metric-family.h"

static void put_word(struct km_metric_family *family, const struct km_metric_level *level, const struct km_field *field,
		     const struct km_metric_row *row)
{
	const struct km_str word = km_word_str(km_field_word(field, row->row));

	if (word.ptr)
		km_metric_put(family, row->labels, km_metric_label(level, field, field->key, word), KM_STR("1"));
}

static void put_numbers(struct km_metric_family *family, const struct km_metric_level *level, const struct km_field *field,
			const struct km_metric_row *row)
{
	const struct km_numbers *list = km_field_at(field, row->row);
	char buf[KM_CELL_SIZE], number[KM_CELL_SIZE];

	for (size_t i = 0; i < list->len; i++) {
		const struct km_str value = km_plain_count(buf, list->items[i]);

		if (value.ptr)
			km_metric_put(family, row->labels,
				   km_metric_label(level, field, "index", km_plain_count(number, i)), value);
	}
}

/* If a name repeats, the last value counts, as in JSON. */
static bool is_replaced(const struct km_pairs *list, size_t i)
{
	for (size_t j = i + 1; j < list->len; j++)
		if (km_str_eq(list->items[i].name, list->items[j].name))
			return true;
	return false;
}

/* Puts the pairs of the family's type, because a list of the kernel's names mixes levels and counters. */
static void put_pairs(struct km_metric_family *family, const struct km_metric_level *level, const struct km_field *field,
		      const struct km_metric_row *row)
{
	const struct km_pairs *list = km_field_at(field, row->row);
	char buf[KM_CELL_SIZE];

	for (size_t i = 0; i < list->len; i++) {
		const struct km_str value = km_plain_count(buf, list->items[i].value);

		if (value.ptr && km_metric_of_name(field, list->items[i].name) == family->type &&
		    !is_replaced(list, i))
			km_metric_put(family, row->labels, km_metric_label(level, field, "name", list->items[i].name),
				   value);
	}
}

/* Units of time, because Prometheus only uses seconds. digits: after the point. NULL: not a unit of time. */
static const struct time_unit {
	struct km_str suffix;
	int digits;
	uint64_t divisor;
} time_units[] = {
	{ KM_STR_INIT("_us"), 6, 1000000 },
	{ KM_STR_INIT("_ms"), 3, 1000 },
};

static const struct time_unit *time_unit_of(const struct km_field *field)
{
	for (size_t i = 0; i < sizeof(time_units) / sizeof(*time_units); i++)
		if (field->kind == KM_COUNT && km_str_ends(km_str_from(field->key), time_units[i].suffix))
			return &time_units[i];
	return NULL;
}

const char *km_metric_key(struct km_metrics *metrics, const struct km_field *field)
{
	const struct time_unit *unit = time_unit_of(field);

	if (!unit)
		return field->key;
	return km_pool_printf(&metrics->pool, "%.*s_seconds", (int)(strlen(field->key) - unit->suffix.len),
			      field->key).ptr;
}

/* All digits of the number. A time gets a decimal point. */
struct km_str km_metric_number(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row)
{
	const struct time_unit *unit = time_unit_of(field);
	uint64_t value;

	if (!unit || km_field_number(field, row) == KM_UNKNOWN)
		return km_plain_number(buf, field, row);
	value = km_field_number(field, row);
	return (struct km_str){ buf, (size_t)snprintf(buf, KM_CELL_SIZE, "%llu.%0*llu",
						      (unsigned long long)(value / unit->divisor), unit->digits,
						      (unsigned long long)(value % unit->divisor)) };
}

/* The name beside a KM_BY_NAME number: the last text that names the row. */
static struct km_str name_beside(const struct km_sheet_type *type, const void *row)
{
	struct km_str name = KM_STR("");
	const struct km_field *field;

	km_field_each(field, type)
		if (field->kind == KM_TEXT && field->flags & KM_ID)
			name = *(const struct km_str *)km_field_at(field, row);
	return name;
}

static void put_number(struct km_metric_family *family, const struct km_metric_level *level, const struct km_field *field,
		       const struct km_metric_row *row)
{
	char buf[KM_CELL_SIZE];
	const struct km_str value = km_metric_number(buf, field, row->row);

	if (field->flags & KM_BY_NAME && km_metric_of_name(field, name_beside(level->type, row->row)) != family->type)
		return;
	if (value.ptr)
		km_metric_put(family, row->labels, KM_STR(""), value);
}

void km_metric_put_field(struct km_metric_family *family, const struct km_metric_level *level, const struct km_field *field)
{
	const struct km_metric_row *row;

	km_array_each(row, &level->rows) {
		if (row->cut && family->type != KM_METRIC_COUNTER)
			continue;
		if (field->kind == KM_WORD)
			put_word(family, level, field, row);
		else if (field->kind == KM_BYTES_LIST)
			put_numbers(family, level, field, row);
		else if (field->kind == KM_PAIRS)
			put_pairs(family, level, field, row);
		else
			put_number(family, level, field, row);
	}
}
