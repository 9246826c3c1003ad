// SPDX-License-Identifier: GPL-2.0-or-later
/* A GFP expression a line, as the command line takes it, on a kernel that has five flags. */
#include <errno.h>
#include "fuzz.h"
#include "model/flags.h"

#define GFP                                                                                        \
	"kmeminfo-gfp 1\n"                                                                         \
	"bit name=__GFP_IO value=0x40\n"                                                           \
	"bit name=__GFP_FS value=0x80\n"                                                           \
	"bit name=__GFP_ZERO value=0x100\n"                                                        \
	"bit name=__GFP_NOLOCKDEP value=0x0\n"                                                     \
	"combination name=GFP_KERNEL value=0xcc0\n"

enum { ALL_BITS = 0xdc0 };

/* One name alone, or none: what an expression is made of. */
static uint32_t bits_of(const struct km_sheet *flags, struct km_str name)
{
	const struct km_flags *row = km_flags_find(flags, km_str_trim(name));

	fuzz_expect(row);
	return (uint32_t)row->number;
}

/* The same by another way: each part of its own, in order. */
static uint32_t expected(const struct km_sheet *flags, struct km_str text)
{
	uint32_t bits = 0;

	while (text.len) {
		size_t len = 0;
		struct km_str name;

		while (len < text.len && text.ptr[len] != '|' && text.ptr[len] != '+' && text.ptr[len] != ',')
			len++;
		name = km_str_trim((struct km_str){ text.ptr, len });
		text = km_str_skip(text, len + 1);
		if (km_str_take_prefix(&name, KM_STR("~")))
			bits &= ~bits_of(flags, name);
		else
			bits |= bits_of(flags, name);
	}
	return bits;
}

static void check_line(const struct km_sheet *flags, struct km_str line)
{
	uint32_t bits = 1;
	struct km_err err = { 0 };
	int r = km_flags_parse(flags, line, &bits, &err);

	if (!r) {
		fuzz_expect(!(bits & ~(uint32_t)ALL_BITS) && bits == expected(flags, line));
		return;
	}
	fuzz_expect(r == -EINVAL && bits == 1 && *err.what);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_module_file module_file = { 0 };
	struct km_str rest = fuzz->text, line;
	struct km_sheet flags;

	km_parse_module_file(&fuzz->parse, KM_STR(GFP), &module_file);
	fuzz_expect(!fuzz->problems.list.len);
	flags = km_flags_derive(&fuzz->pool, &module_file);
	while (km_str_take_line(&rest, &line))
		check_line(&flags, line);
	km_module_file_deinit(&module_file);
}
