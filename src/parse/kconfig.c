// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/kconfig.h"

/*
 *   # CONFIG_KASAN is not set
 *   CONFIG_SLAB_OBJ_EXT=y
 *
 * A symbol whose dependencies are not met is not mentioned (k6.12:scripts/kconfig/confdata.c).
 */
struct km_str km_parse_kconfig(struct km_str text, struct km_str symbol)
{
	struct km_str value = { 0 }, line, name;

	while (km_str_take_line(&text, &line)) {
		if (!value.ptr && (km_str_starts(line, KM_STR("CONFIG_")) ||
				   km_str_starts(line, KM_STR("# CONFIG_"))))
			value = KM_STR("n");
		if (km_str_take_until(&line, '=', &name) && km_str_eq(name, symbol))
			value = line;
	}
	return value;
}
