// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/tone.h"

const char *km_tone_color(enum km_tone tone)
{
	static const char *const colors[KM_TONES] = {
		[KM_TONE_GOOD] = "\033[38;5;28m",
		[KM_TONE_NOTE] = "\033[38;5;27m",
		[KM_TONE_WARN] = "\033[38;5;130m",
		[KM_TONE_BAD] = "\033[1;38;5;196m",
		[KM_TONE_FAINT] = "\033[38;5;243m",
	};

	return tone < KM_TONES ? colors[tone] : NULL;
}
