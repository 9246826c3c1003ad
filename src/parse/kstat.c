// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/kstat.h"

uint64_t km_kstat_value(struct km_str text, struct km_str name)
{
	struct km_str line, word;
	uint64_t type, value;

	while (km_str_take_line(&text, &line))
		if (km_str_take_word(&line, &word) && km_str_eq(word, name) && km_str_take_number(&line, &type) &&
		    km_str_take_number(&line, &value) && !km_str_trim(line).len)
			return value;
	return KM_UNKNOWN;
}
