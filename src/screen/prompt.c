// SPDX-License-Identifier: GPL-2.0-or-later
/* An input line. */
#include <stdio.h>
#include "screen/state.h"
#include "words/say.h"

enum { DELAY_LEAST = 100, DELAY_MOST = 3600000 };

void km_prompt_open(struct km_screen *screen, enum km_prompt prompt)
{
	screen->prompt = prompt;
	*screen->typed = '\0';
	if (prompt == KM_PROMPT_FILTER)
		snprintf(screen->typed, sizeof(screen->typed), "%s", km_screen_state(screen)->filter);
}

/* Parses "2" or "0.5" seconds to milliseconds; false for other texts. */
static bool take_seconds(const char *typed, uint64_t *ret)
{
	struct km_str text = km_str_trim(km_str_from(typed));
	uint64_t whole = 0, part = 0, scale = 1000;

	if (!km_str_take_u64(&text, &whole) && !(text.len && *text.ptr == '.'))
		return false;
	if (km_str_take_prefix(&text, KM_STR(".")))
		for (; text.len && *text.ptr >= '0' && *text.ptr <= '9' && scale > 1; text = km_str_skip(text, 1)) {
			scale /= 10;
			part += (uint64_t)(*text.ptr - '0') * scale;
		}
	*ret = whole > DELAY_MOST / 1000 ? DELAY_MOST + 1 : whole * 1000 + part;
	return !text.len;
}

bool km_screen_delay(const char *text, uint64_t *ret_ms)
{
	return take_seconds(text, ret_ms) && *ret_ms >= DELAY_LEAST && *ret_ms <= DELAY_MOST;
}

static void accept_delay(struct km_screen *screen)
{
	uint64_t delay;

	if (km_screen_delay(screen->typed, &delay))
		screen->delay_ms = delay;
	else
		snprintf(screen->message, sizeof(screen->message), "%s", km_say("a number of seconds from 0.1 to 3600 is needed"));
}

/* The filter applies while it is typed. */
static void apply_filter(struct km_screen *screen)
{
	if (screen->prompt != KM_PROMPT_FILTER)
		return;
	memcpy(km_screen_state(screen)->filter, screen->typed, sizeof(screen->typed));
	/* the rows differ, so columns need not stay as wide as during typing */
	memset(km_screen_state(screen)->widths, 0, sizeof(km_screen_state(screen)->widths));
	km_reading_arrange(screen);
}

static void erase(char *typed)
{
	size_t len = strlen(typed);

	while (len && ((unsigned char)typed[len - 1] & 0xc0) == 0x80)
		len--;
	typed[len ? len - 1 : 0] = '\0';
}

void km_prompt_press(struct km_screen *screen, unsigned int key)
{
	size_t len = strlen(screen->typed);

	switch (key) {
	case KM_KEY_ENTER:
		if (screen->prompt == KM_PROMPT_DELAY)
			accept_delay(screen);
		screen->prompt = KM_PROMPT_NONE;
		return;
	case KM_KEY_ESCAPE:
		*screen->typed = '\0';
		apply_filter(screen);
		screen->prompt = KM_PROMPT_NONE;
		return;
	case KM_KEY_ERASE:
		erase(screen->typed);
		break;
	case KM_KEY_CONTROL('u'):
		*screen->typed = '\0';
		break;
	default:
		if (key < ' ' || key > 255 || len + 1 >= sizeof(screen->typed))
			return;
		screen->typed[len] = (char)key;
		screen->typed[len + 1] = '\0';
	}
	apply_filter(screen);
}
