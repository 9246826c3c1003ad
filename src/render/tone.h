/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one palette for what words mean. */
#ifndef KM_RENDER_TONE_H
#define KM_RENDER_TONE_H

#include "base/word.h"

/*
 * A terminal's sequence for the foreground; NULL of KM_TONE_PLAIN. The colours are of the 256 that
 * terminals agree on, and of a lightness that stands out from black and from white.
 */
const char *km_tone_color(enum km_tone tone);

/* What ends a colour. */
#define KM_TONE_END "\033[0m"

#endif
