// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/keys.h"
#include "screen/state.h"
#include "words/say.h"

enum { KEYS_WIDTH = 22 };

static size_t count(void)
{
	size_t lines = 0;

	for (const struct km_key *key = km_keys(); !km_key_is_last(key); key++)
		lines += key->shown != NULL;
	return lines;
}

void km_help_draw(struct km_screen *screen, int row, int rows)
{
	const int columns = km_terminal_columns(screen->terminal), room = rows - 1;
	const size_t all = count(), most = all > (size_t)room ? all - (size_t)room : 0;
	size_t line = 0;

	if (screen->help_top > most)
		screen->help_top = most;
	km_terminal_field(screen->terminal, row++, 0, columns,
			  most ? KM_SENTENCE("KEYS (Down shows more, ? leaves)") : KM_SENTENCE("KEYS (? leaves)"),
			  KM_ATTRIBUTE_HEADING, false);
	for (const struct km_key *key = km_keys(); !km_key_is_last(key); key++) {
		int at;

		if (!key->shown || line++ < screen->help_top || line > screen->help_top + (size_t)room)
			continue;
		at = row + (int)(line - 1 - screen->help_top);
		km_terminal_put(screen->terminal, at, 1, KEYS_WIDTH, km_str_from(key->shown), KM_ATTRIBUTE_BOLD);
		km_terminal_put(screen->terminal, at, KEYS_WIDTH + 1, columns - KEYS_WIDTH - 1, KM_SENTENCE(key->brief),
				KM_ATTRIBUTE_PLAIN);
	}
}
