// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/source-state.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_source_state, source, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "SOURCE",
	  .brief = "file or directory",
	  .explain = "Files that the report needs. A file that only some kernels have is listed only if it "
		     "was read.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_source_state, up, KM_TRI), .flags = KM_ANSWER | KM_SHOWN, .head = "UP",
	  .brief = "whether it could be read",
	  .explain = "If not, the figures that come from it are unknown; metrics of them are absent.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_source_state, odd_lines, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "ODD-LINES",
	  .brief = "lines that could not be read",
	  .explain = "The other lines of the file are used. Each such line is also reported with its reason.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_source_state_type = {
	.name = "sources",
	.brief = "files that the run needed, and whether they could be read",
	.explain = "Part of metrics.",
	.fields = fields,
	.row_size = sizeof(struct km_source_state),
};

static const struct km_field scrape_fields[] = {
	{ KM_FIELD(struct km_scrape, duration_seconds, KM_SECONDS), .flags = KM_SHOWN | KM_LEVEL, .head = "DURATION",
	  .brief = "time that reading and computing took",
	  .explain = "Wall-clock time from the first file to the last figure, without printing.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_scrape_type = {
	.name = "scrape",
	.brief = "what the report itself cost",
	.explain = "Part of metrics.",
	.fields = scrape_fields,
	.row_size = sizeof(struct km_scrape),
};
