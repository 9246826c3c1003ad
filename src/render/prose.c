// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/prose.h"

void km_prose_fold(FILE *out, struct km_str text, size_t indent, size_t width)
{
	struct km_str word;
	size_t column = 0;

	while (km_str_take_word(&text, &word)) {
		if (column && column + 1 + word.len > width) {
			fputc('\n', out);
			column = 0;
		}
		column += (size_t)fprintf(out, "%*s", column ? 1 : (int)indent, "") + word.len;
		fwrite(word.ptr, 1, word.len, out);
	}
	if (column)
		fputc('\n', out);
}
