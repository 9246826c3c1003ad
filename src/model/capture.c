// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/capture.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_captured, path, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "PATH",
	  .brief = "file or directory of the machine",
	  .explain = "The capture stores it at the same path below its own directory.",
	  .origin = "the table of files that kmeminfo reads" },
	{ KM_FIELD(struct km_captured, files, KM_COUNT), .flags = KM_SHOWN | KM_SUMMED | KM_PROPERTY,
	  .head = "FILES", .brief = "files and links written",
	  .explain = "Of a directory only the files that a report reads.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, size_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_PROPERTY,
	  .head = "SIZE", .brief = "bytes written",
	  .explain = "Size of the contents; on disk each file needs at least a block.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, refused, KM_COUNT),
	  .flags = KM_SUMMED | KM_PROPERTY, .head = "REFUSED",
	  .brief = "existing files that could not be read",
	  .explain = "Mostly because root is required. Reports from the capture will list them as "
		     "missing.",
	  .origin = "counted" },
	{ KM_FIELD(struct km_captured, state, KM_WORD), .words = &km_capture_state_vocabulary, .flags = KM_SHOWN,
	  .head = "STATE", .brief = "whether it was captured",
	  .explain = "`kmeminfo explain capture-state` explains the words.",
	  .origin = "the machine, or the capture that was read" },
	{ KM_FIELD(struct km_captured, reason, KM_TEXT), .flags = KM_SHOWN, .head = "REASON",
	  .brief = "reason why it was not captured as it is",
	  .explain = "The capture stores the reason in kmeminfo.capture, and a report that needs "
		     "the file repeats it. For a redacted file it is what was removed. Unknown if it "
		     "was captured unchanged.",
	  .origin = "the machine, or the capture that was read" },
	{ KM_FIELD(struct km_captured, contents, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "CONTENTS",
	  .brief = "what it reveals about the machine",
	  .explain = "Read this, and the files, before you give a capture to others. It contains "
		     "the kernel command line, names of modules and caches, and kernel addresses. "
		     "It does not contain memory contents or names of files, processes and users.",
	  .origin = "the table of files that kmeminfo reads" },
	{ 0 }
};

const struct km_sheet_type km_captured_type = {
	.name = "capture",
	.brief = "the captured files of a machine",
	.explain = "One row per file or directory that a report reads.",
	.fields = fields,
	.row_size = sizeof(struct km_captured),
};

const struct km_word km_capture_states[] = {
	[KM_CAPTURE_COMPLETE] = { "captured", "the capture has it unchanged", NULL, NULL, NULL, KM_TONE_PLAIN },
	[KM_CAPTURE_REDACTED] = { "redacted", "captured without some of its contents", "--redact removed them.", NULL, NULL, KM_TONE_PLAIN },
	[KM_CAPTURE_PARTLY] = { "partly", "some files of the directory could not be read",
		"The field refused counts them.", NULL, NULL, KM_TONE_PLAIN },
	[KM_CAPTURE_LEFT_OUT] = { "left out", "not read, because that needs an option",
		"Expensive files need --all, and --redact leaves out what it cannot clean.", NULL, NULL, KM_TONE_PLAIN },
	[KM_CAPTURE_MISSING] = { "missing", "does not exist, or could not be read",
		"Many files depend on the configuration of the kernel, or require root.", NULL, NULL, KM_TONE_PLAIN },
	{ 0 }
};

const struct km_vocabulary km_capture_state_vocabulary = {
	.name = "capture-state",
	.brief = "whether a file is in a capture",
	.items = km_capture_states,
	.item_size = sizeof(*km_capture_states),
};
