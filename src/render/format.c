// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/format.h"

const struct km_format km_formats[] = {
	[KM_FORMAT_TEXT] = { "text", km_render_text, false },
	[KM_FORMAT_JSON] = { "json", km_render_json, true },
	{ 0 }
};
