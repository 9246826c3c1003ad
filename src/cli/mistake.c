// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/mistake.h"
#include "model/mask.h"
#include "words/say.h"

static bool has_option(const struct km_command *command, const char *name)
{
	const struct argp_option *option;

	for (option = command->options; option && (option->name || option->key || option->doc); option++)
		if (option->name && !strcmp(option->name, name))
			return true;
	return false;
}

/* The field that names a row and could have this value: a number, or a text. */
static const struct km_field *field_for(const struct km_sheet_type *type, const char *value)
{
	const struct km_field *field;
	uint64_t number;
	const bool is_number = !km_str_to_u64(km_str_from(value), &number);

	km_field_each(field, type)
		if (field->flags & KM_ID && (field->kind == KM_COUNT) == is_number)
			return field;
	return NULL;
}

static const char *where(const struct km_field *field, const char *value, char buf[static KM_MISTAKE_SIZE])
{
	snprintf(buf, KM_MISTAKE_SIZE, KM_SAID("--where '%s = %s' selects rows"), field->key, value);
	return buf;
}

static bool has_where(const struct km_command *command, const struct km_report *report)
{
	return report && !(km_command_declines(command) & KM_OPTION_WHERE);
}

const char *km_mistake_operand(const struct km_command *command, const struct km_report *report, const char *operand,
			       char buf[static KM_MISTAKE_SIZE])
{
	const struct km_field *field;

	if (has_option(command, "gfp")) {
		if (!strstr(operand, "GFP_") && !km_mask_is_like(km_str_from(operand)))
			return NULL;
		snprintf(buf, KM_MISTAKE_SIZE, KM_SAID("a mask is written as --gfp '%s'"), operand);
		return buf;
	}
	field = has_where(command, report) ? field_for(report->type, operand) : NULL;
	return field ? where(field, operand, buf) : NULL;
}

const char *km_mistake_option(const struct km_command *command, const struct km_report *report, const char *option,
			      const char *value, char buf[static KM_MISTAKE_SIZE])
{
	struct km_str rest = km_str_from(option), name;
	const struct km_field *field;
	struct km_err err;

	if (!has_where(command, report) || !km_str_take_prefix(&rest, KM_STR("--")))
		return NULL;
	if (km_str_take_until(&rest, '=', &name))
		value = rest.ptr;
	else
		name = rest;
	field = name.len ? km_view_find(report->type, name, &err) : NULL;
	return field && value && *value ? where(field, value, buf) : NULL;
}
