// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/capture.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_captured, path, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "PATH",
	  .brief = "file or directory of the machine",
	  .explain = "The capture has it at the same path below its own directory.",
	  .origin = "the table of files that kmeminfo reads" },
	{ KM_FIELD(struct km_captured, files, KM_COUNT), .flags = KM_SHOWN | KM_SUMMED,
	  .head = "FILES", .brief = "files and links written",
	  .explain = "Of a directory those that some report reads, not all that are there.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, size_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED,
	  .head = "SIZE", .brief = "bytes written",
	  .explain = "What the files hold; on disk each takes at least a block.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, refused, KM_COUNT), .flags = KM_SUMMED, .head = "REFUSED",
	  .brief = "files that are there and could not be read",
	  .explain = "Mostly for want of root. Reports of the capture will say that they are missing.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, state, KM_TEXT), .flags = KM_SHOWN, .head = "STATE",
	  .brief = "captured, or why not",
	  .explain = "The reason is kept in the capture, in kmeminfo.capture, and given again when a "
		     "report misses the file.",
	  .origin = "the machine, or the capture that was read" },
	{ KM_FIELD(struct km_captured, tells, KM_TEXT), .flags = KM_SHOWN, .head = "TELLS",
	  .brief = "what it tells of the machine",
	  .explain = "Look here, and at the files, before you give a capture away: the kernel command "
		     "line, names of modules and caches and addresses in the kernel are among them, the "
		     "contents of memory, names of files, processes and users are not.",
	  .origin = "the table of files that kmeminfo reads" },
	{ 0 }
};

const struct km_sheet_type km_captured_type = {
	.name = "capture",
	.brief = "what was captured of a machine",
	.explain = "One row for each file or directory that any report reads.",
	.fields = fields,
	.row_size = sizeof(struct km_captured),
};
