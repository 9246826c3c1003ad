/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of the helper module, /proc/kmeminfo/NAME. All have one grammar. */
#ifndef KM_PARSE_MODULE_FILE_H
#define KM_PARSE_MODULE_FILE_H

#include "base/array.h"
#include "parse/parse.h"

/*
 * The format of this description, as in the first line of each file. Another number means another
 * format.
 */
enum { KM_MODFILE_FORMAT = 1 };

struct km_module_file_word {
	struct km_str name, value;
};

/* The word of "KEY VALUE" has no name. "KEY name=value ..." is a record. */
struct km_module_file_line {
	struct km_str key;
	const struct km_module_file_word *words;
	size_t len;
};

struct km_module_file {
	struct km_pool pool;
	struct km_str name;  /* "pages" of a first line "kmeminfo-pages 1" */
	uint64_t version;    /* of the format; KM_UNKNOWN without a first line */
	KM_ARRAY(struct km_module_file_line) lines;
};

/*
 * Lines with unknown keys are kept, because newer modules add some. Lines that cannot be read
 * become problems.
 */
void km_parse_module_file(struct km_parse *parse, struct km_str text, struct km_module_file *ret);
void km_module_file_deinit(struct km_module_file *module_file);

/* The value of the first line "KEY VALUE"; .ptr NULL if there is none. module_file may be NULL. */
struct km_str km_module_file_value(const struct km_module_file *module_file, struct km_str key);
uint64_t km_module_file_value_number(const struct km_module_file *module_file, struct km_str key);

/* A word of a record. Numbers are decimal or 0x...; KM_UNKNOWN if the word is missing or "-". */
struct km_str km_module_file_text(const struct km_module_file_line *line, struct km_str name);
uint64_t km_module_file_number(const struct km_module_file_line *line, struct km_str name);

#endif
