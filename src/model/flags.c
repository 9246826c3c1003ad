// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/flags.h"

#define ORIGIN .origin = "/proc/kmeminfo/gfp; data/gfp"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_flags, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "FLAG",
	  .brief = "name of the flag or combination",
	  .explain = "`kmeminfo explain NAME` explains it.", ORIGIN },
	{ KM_FIELD(struct km_flags, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE",
	  .brief = "its bits in this kernel",
	  .explain = "0x0 is a flag that the kernel's configuration leaves out. The same bit has "
		     "meant different flags in different kernels: this value is valid for this "
		     "one. Unknown if the configuration decides and is not known.", ORIGIN },
	{ KM_FIELD(struct km_flags, possible, KM_TEXTS), .head = "POSSIBLE",
	  .brief = "values that the flag has in one configuration or another",
	  .explain = "Set if the value is unknown.", ORIGIN },
	{ KM_FIELD(struct km_flags, zone, KM_TEXT), .flags = KM_SHOWN, .head = "ZONE",
	  .brief = "highest zone that it allows",
	  .explain = "Lower zones may be used too. Unknown for modifiers that contradict each "
		     "other.", ORIGIN },
	{ KM_FIELD(struct km_flags, type, KM_TEXT), .flags = KM_SHOWN, .head = "TYPE",
	  .brief = "migrate type of its pages", .explain = "The pageblocks that it uses.",
	  ORIGIN },
	{ KM_FIELD(struct km_flags, block, KM_TRI), .flags = KM_SHOWN, .head = "SLEEP",
	  .brief = "whether the caller may sleep", .explain = "gfpflags_allow_blocking() of the flags.",
	  ORIGIN },
	{ KM_FIELD(struct km_flags, io, KM_TRI), .flags = KM_SHOWN, .head = "IO",
	  .brief = "whether reclaim may do I/O", .explain = "__GFP_IO is among the bits.", ORIGIN },
	{ KM_FIELD(struct km_flags, fs, KM_TRI), .flags = KM_SHOWN, .head = "FS",
	  .brief = "whether reclaim may call file systems", .explain = "__GFP_FS is among the bits.",
	  ORIGIN },
	{ KM_FIELD(struct km_flags, bits, KM_TEXT), .head = "BITS",
	  .brief = "the single flags in a combination", .explain = "Unknown for a single flag.", ORIGIN },
	{ 0 }
};

const struct km_sheet_type km_flags_type = {
	.name = "gfp",
	.brief = "GFP flags and ready-made combinations of a kernel",
	.explain = "Read from the helper module, which is exact. Without it, or with --kernel, "
		   "from built-in tables of the releases 2.6.32 to 7.3; from 6.10 on some values "
		   "depend on the kernel's configuration.",
	.fields = fields,
	.row_size = sizeof(struct km_flags),
};

static struct km_str known(struct km_str text)
{
	return km_str_eq(text, KM_STR("-")) ? (struct km_str){ 0 } : text;
}

/* gfp_t is an unsigned int (k5.10..7.2:include/linux/types.h): larger numbers are not flags. */
static uint64_t bits_of(uint64_t number)
{
	return number > UINT32_MAX ? KM_UNKNOWN : number;
}

static void derive_row(const struct km_module_file_line *line, struct km_flags *row)
{
	km_row_init(&km_flags_type, row);
	row->name = km_module_file_text(line, KM_STR("name"));
	row->value = km_module_file_text(line, KM_STR("value"));
	row->number = bits_of(km_module_file_number(line, KM_STR("value")));
	row->zone = known(km_module_file_text(line, KM_STR("zone")));
	row->type = known(km_module_file_text(line, KM_STR("type")));
	row->block = km_tri_of_number(km_module_file_number(line, KM_STR("block")));
	row->io = km_tri_of_number(km_module_file_number(line, KM_STR("io")));
	row->fs = km_tri_of_number(km_module_file_number(line, KM_STR("fs")));
	row->bits = known(km_module_file_text(line, KM_STR("bits")));
}

struct km_sheet km_flags_derive(struct km_pool *pool, const struct km_module_file *module_file)
{
	struct km_flags *rows = km_pool_alloc(pool, module_file->lines.len, sizeof(*rows));
	struct km_sheet sheet = { &km_flags_type, rows, 0, NULL };
	const struct km_module_file_line *line;

	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("bit")) || km_str_eq(line->key, KM_STR("combination")))
			derive_row(line, &rows[sheet.len++]);
	return sheet;
}

const struct km_flags *km_flags_find(const struct km_sheet *flags, struct km_str name)
{
	for (size_t i = 0; i < flags->len; i++) {
		const struct km_flags *row = km_sheet_row(flags, i);

		if (km_str_eq(row->name, name))
			return row;
	}
	return NULL;
}
