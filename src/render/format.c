// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/format.h"

#define FORMAT(word, flags) [KM_FORMAT_##word] = { #word, km_render_##word, flags },
#define WORD(word, flags) #word,

const struct km_format km_formats[] = { KM_FORMAT_LIST(FORMAT) { 0 } };
const char *const km_format_words[] = { KM_FORMAT_LIST(WORD) NULL };
