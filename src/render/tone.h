/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The palette for the meaning of words. */
#ifndef KM_RENDER_TONE_H
#define KM_RENDER_TONE_H

#include "base/word.h"

/*
 * The terminal sequence for the foreground; NULL for KM_TONE_PLAIN. The colours are from the 256 that
 * terminals agree on, with a lightness that contrasts with black and white.
 */
const char *km_tone_color(enum km_tone tone);

/* Ends a colour. */
#define KM_TONE_END "\033[0m"

#endif
