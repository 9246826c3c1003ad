/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GFP flags of a kernel: the values compiled into the helper module, or those of the built-in tables. */
#ifndef KM_MODEL_FLAGS_H
#define KM_MODEL_FLAGS_H

#include "base/field.h"
#include "parse/module-file.h"

struct km_flags {
	struct km_str name;
	struct km_str value;
	struct km_str zone;
	struct km_str type;
	enum km_tri block;
	enum km_tri io;
	enum km_tri fs;
	struct km_str bits;
	struct km_texts possible;
	uint64_t number;
};

extern const struct km_sheet_type km_flags_type;

/*
 * One row per bit or combination, in the file's order. module_file is /proc/kmeminfo/gfp. The pool owns the
 * rows.
 */
struct km_sheet km_flags_derive(struct km_pool *pool, const struct km_module_file *module_file);

/* The row with this name, or NULL. */
const struct km_flags *km_flags_find(const struct km_sheet *flags, struct km_str name);

#endif
