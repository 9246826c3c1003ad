/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters that input methods write in several widths or sizes. */
#ifndef KM_WORDS_WIDTH_H
#define KM_WORDS_WIDTH_H

#include "base/str.h"

enum { IDEOGRAPHIC_SPACE = 0x3000, MIDDLE_DOT = 0x30fb, LONG_VOWEL = 0x30fc };

/*
 * The usual form of a character: ASCII for full-width letters, full-width katakana for half-width ones, a large kana for
 * a small one. rest: what follows, from which the sound mark of a half-width kana is taken.
 */
uint32_t km_fold_width(uint32_t c, struct km_str *rest);

#endif
