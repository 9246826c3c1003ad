// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <unistd.h>
#include "machine/host.h"
#include "machine/machine.h"
#include "model/zone-lists.h"
#include "source/clock.h"
#include "source/processes.h"

/* A capture's manifest has the original reason why a file is missing. */
void km_machine_set_unavailable(struct km_machine *machine, enum km_file file, const struct km_err *err)
{
	const struct km_file_info *info = &km_files[file];
	struct km_str source = km_source_name(machine->source, info->path);
	struct km_str why = km_manifest_reason(&machine->manifest, km_str_from(info->path));
	bool refused = machine->host.root == KM_TRI_NO;

	if (why.ptr)
		km_problem_source(&machine->problems, source, refused ? info->hint : NULL,
				  "not captured: %.*s", KM_STR_ARG(why));
	else
		km_problem_source(&machine->problems, source, refused ? info->hint : NULL, "%s",
				  err->what);
}

int km_machine_read(struct km_machine *machine, enum km_file file, struct km_str *text,
		     struct km_err *err)
{
	int r = km_source_read(machine->source, km_files[file].path, text, err);

	/* missing files are ignored when the manifest is read, so the parser reports an empty one */
	if (r || file == KM_FILE_MANIFEST || !km_str_is_blank(*text))
		return r;
	return km_err_set(err, -ENODATA, NULL, "is empty");
}

/* Finishes reading a file; r is the result. */
static void end_reading(struct km_machine *machine, enum km_file file, enum km_need need, int r,
			const struct km_err *err)
{
	if (r && need == KM_OPTIONAL)
		return;
	if (r)
		km_machine_set_unavailable(machine, file, err);
	machine->asked[file] = true;
	machine->have[file] = !r;
}

static struct km_parse parse_of(struct km_machine *machine, enum km_file file)
{
	return (struct km_parse){ .source = km_source_name(machine->source, km_files[file].path),
				  .problems = &machine->problems };
}

/* Whether a problem concerns the source, or a directory that contains it. */
static bool is_reported(const struct km_problems *problems, struct km_str source)
{
	const struct km_problem *problem;

	km_array_each(problem, &problems->list)
		if (km_str_starts(source, problem->source) &&
		    (source.len == problem->source.len || source.ptr[problem->source.len] == '/'))
			return true;
	return false;
}

/*
 * The kernel ends each line. Where the last one has no end, its last number may have lost digits, unless the text was
 * pasted without the last newline.
 */
static void note_end(struct km_machine *machine, enum km_file file, char last)
{
	const struct km_str source = km_source_name(machine->source, km_files[file].path);

	/* the parser of meminfo decides that by the unit, which follows each number but the counts of huge pages */
	if (last != '\n' && file != KM_FILE_MEMINFO && !is_reported(&machine->problems, source))
		km_problem_source(&machine->problems, source, NULL, "the last line has no newline: it may be cut off");
}

/* Reads a file when it is first needed. Returns whether the caller must parse it now; its text is then in *text. */
static bool read_once(struct km_machine *machine, enum km_file file, enum km_need need,
		      struct km_parse *parse, struct km_str *text)
{
	struct km_err err;
	int r;

	if (machine->asked[file])
		return false;
	*parse = parse_of(machine, file);
	r = km_machine_read(machine, file, text, &err);
	end_reading(machine, file, need, r, &err);
	return !r;
}

/* A file that is parsed block by block. */
struct blocks {
	struct km_machine *machine;
	struct km_parse parse;
	void (*parse_block)(struct blocks *blocks, struct km_str block);
	bool blank;
	char last; /* the last byte; a newline if there is none */
};

static void take_block(void *data, struct km_str block)
{
	struct blocks *blocks = data;

	blocks->blank = blocks->blank && km_str_is_blank(block);
	if (block.len)
		blocks->last = block.ptr[block.len - 1];
	blocks->parse_block(blocks, block);
}

static int read_blocks(struct km_machine *machine, enum km_file file,
		       void (*parse_block)(struct blocks *blocks, struct km_str block), struct km_err *err)
{
	struct blocks blocks = { machine, parse_of(machine, file), parse_block, true, '\n' };
	const struct km_source_taker taker = { take_block, &blocks, .keeps = true };
	int r = km_source_stream(machine->source, km_files[file].path, &taker, err);

	if (!r && blocks.blank)
		return km_err_set(err, -ENODATA, NULL, "is empty");
	if (!r)
		note_end(machine, file, blocks.last);
	return r;
}

/*
 * What only two files show: a capture may have lost lines of one. Called after each of them: only the last one finds the
 * other.
 */
static void compare_zones(struct km_machine *machine, enum km_file file)
{
	const struct {
		enum km_file file;
		const struct km_index *places;
	} lists[] = {
		{ KM_FILE_BUDDYINFO, &machine->buddyinfo.index },
		{ KM_FILE_PAGETYPEINFO, &machine->pagetypeinfo.places },
	};

	for (size_t i = 0; machine->have[KM_FILE_ZONEINFO] && i < sizeof(lists) / sizeof(*lists); i++) {
		const struct km_zone_list list = { km_source_name(machine->source, km_files[lists[i].file].path), lists[i].places };

		if (machine->have[lists[i].file] && (file == KM_FILE_ZONEINFO || file == lists[i].file))
			km_zone_lists_compare(&machine->zoneinfo, km_source_name(machine->source, km_files[KM_FILE_ZONEINFO].path),
					      &list, &machine->problems);
	}
}

/* Defines the getter of a parsed file. Its parser and its record have the same name. */
#define FILE_GETTER(name, file)                                                              \
	const struct km_##name *km_machine_##name(struct km_machine *machine, enum km_need need)   \
	{                                                                                          \
		struct km_parse parse;                                                             \
		struct km_str text;                                                                \
                                                                                                   \
		if (read_once(machine, file, need, &parse, &text)) {                               \
			km_parse_##name(&parse, text, &machine->name);                             \
			note_end(machine, file, text.len ? text.ptr[text.len - 1] : '\n');         \
			compare_zones(machine, file);                                              \
		}                                                                                  \
		return machine->have[file] ? &machine->name : NULL;                              \
	}

KM_WHOLE_FILES(FILE_GETTER)

/* What only all rows of a file show. */
static void check_rows(struct km_machine *machine, enum km_file file)
{
	const struct km_parse parse = parse_of(machine, file);

	if (file == KM_FILE_BUDDYINFO)
		km_buddyinfo_check(&parse, &machine->buddyinfo);
	if (file == KM_FILE_ZONEINFO)
		km_zoneinfo_check(&parse, &machine->zoneinfo);
	if (file == KM_FILE_SLABINFO && !machine->slabinfo.caches.len && !is_reported(&machine->problems, parse.source))
		km_problem_source(&machine->problems, parse.source, NULL, "lists no cache");
}

/* The same in blocks. A failure discards the blocks that were parsed before. */
#define BLOCK_GETTER(name, file)                                                                   \
	static void parse_##name(struct blocks *blocks, struct km_str block)                       \
	{                                                                                          \
		km_parse_##name(&blocks->parse, block, &blocks->machine->name);                    \
	}                                                                                          \
                                                                                                   \
	const struct km_##name *km_machine_##name(struct km_machine *machine, enum km_need need)   \
	{                                                                                          \
		struct km_err err;                                                                 \
		int r;                                                                             \
                                                                                                   \
		if (!machine->asked[file]) {                                                       \
			r = read_blocks(machine, file, parse_##name, &err);                        \
			if (r)                                                                     \
				km_##name##_deinit(&machine->name);                                \
			else                                                                       \
				check_rows(machine, file);                                         \
			end_reading(machine, file, need, r, &err);                                 \
			compare_zones(machine, file);                                              \
		}                                                                                  \
		return machine->have[file] ? &machine->name : NULL;                                \
	}

KM_BLOCK_FILES(BLOCK_GETTER)

const struct km_processes *km_machine_processes(struct km_machine *machine)
{
	struct km_err err;
	int r;

	if (!machine->asked_processes && km_machine_is_live(machine)) {
		r = km_processes_read(&machine->processes, &err);
		machine->have_processes = !r;
		if (r)
			km_problem_source(&machine->problems, KM_STR("processes"),
					  *err.hint ? err.hint : NULL, "%s", err.what)
				->optional = r == -ENOTSUP || r == -ELIBACC;
	}
	machine->asked_processes = true;
	return machine->have_processes ? &machine->processes : NULL;
}

/* Reports redacted files, so that no reader mistakes the replacement for the kernel's text. */
static void note_redactions(struct km_machine *machine)
{
	const struct km_manifest_missing *redacted;

	km_array_each(redacted, &machine->manifest.redacted)
		for (size_t file = 0; file < KM_FILES; file++)
			if (machine->asked[file] && km_str_eq(redacted->path, km_str_from(km_files[file].path)))
				km_problem_source(&machine->problems,
						  km_source_name(machine->source, km_files[file].path), NULL,
						  "captured without %.*s", KM_STR_ARG(redacted->reason))
					->optional = true;
}

void km_machine_note_failures(struct km_machine *machine)
{
	const struct km_read_failure *failure;

	if (machine->noted)
		return;
	machine->noted = true;
	note_redactions(machine);
	km_array_each(failure, &km_source_failures(machine->source)->list) {
		struct km_str source = km_source_name(machine->source, failure->path.ptr);

		if (!is_reported(&machine->problems, source))
			km_problem_source(&machine->problems, source,
					  *failure->err.hint ? failure->err.hint : NULL, "%s",
					  failure->err.what);
	}
}

bool km_machine_is_incomplete(const struct km_machine *machine)
{
	return km_problems_matter(&machine->problems) || km_source_failures(machine->source)->list.len;
}

int km_machine_init(struct km_machine *machine, const char *path, uint64_t page_bytes,
		    struct km_err *err)
{
	return km_machine_open(machine, path, page_bytes, &(struct km_source_options){ 0 }, err);
}

int km_machine_open(struct km_machine *machine, const char *path, uint64_t page_bytes,
		    const struct km_source_options *options, struct km_err *err)
{
	int r;

	*machine = (struct km_machine){ .opened_seconds = km_clock_seconds() };
	r = km_source_open_with(&machine->source, path, options, err);
	if (r)
		return r;
	km_machine_read_host(machine, page_bytes);
	km_machine_peek_module(machine);
	return 0;
}

bool km_machine_is_live(const struct km_machine *machine)
{
	return km_source_info(machine->source)->live;
}

#define DEINIT(name, file) km_##name##_deinit(&machine->name);

void km_machine_deinit(struct km_machine *machine)
{
	KM_PARSED_FILES(DEINIT)
	for (size_t i = 0; i < sizeof(machine->module) / sizeof(*machine->module); i++)
		km_module_file_deinit(&machine->module[i]);
	km_module_blocks_deinit(&machine->module_blocks);
	km_processes_deinit(&machine->processes);
	km_slabdir_deinit(&machine->slabdir);
	km_vmalloc_tally_deinit(&machine->vmalloc);
	if (machine->device)
		close(machine->device - 1);
	if (machine->in_cgroup)
		km_membership_close(&machine->membership);
	km_source_free(machine->source);
	km_problems_deinit(&machine->problems);
	km_pool_deinit(&machine->pool);
}
