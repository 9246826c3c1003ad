// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include "base/cleanup.h"
#include "machine/capture.h"
#include "machine/redact.h"
#include "source/writer.h"
#include "words/message.h"

/* A capture in progress. */
struct capture {
	struct km_machine *machine;
	struct km_writer writer;
	struct km_manifest manifest;
	struct km_captured *rows; /* one per file that machines have */
	size_t len;
	bool redact;
	struct km_str texts[KM_FILES]; /* read early, because writing the capture changes these files */
};

static void cleanup_capture(struct capture *capture)
{
	km_writer_deinit(&capture->writer);
	km_manifest_deinit(&capture->manifest);
}

/* Records in row and manifest why a file is not captured, or only partly. */
static void note_missing(struct capture *capture, const struct km_file_info *info, struct km_captured *row,
			 enum km_capture_state state, struct km_str reason)
{
	struct km_manifest_missing *missing = km_array_push(&capture->manifest.missing);

	missing->path = km_str_from(info->path);
	missing->reason = reason;
	row->state = &km_capture_states[state];
	row->reason = reason;
}

/* The same, and makes a problem of the machine. */
static void lose(struct capture *capture, const struct km_file_info *info, struct km_captured *row,
		 enum km_capture_state state, struct km_str reason)
{
	struct km_machine *machine = capture->machine;
	bool refused = machine->host.root == KM_TRI_NO;

	note_missing(capture, info, row, state, reason);
	if (!info->extra)
		km_problem_source(&machine->problems, km_source_name(machine->source, info->path),
				  refused ? info->hint : NULL, "%.*s", KM_STR_ARG(reason));
}

/* The reason why the source lacks a file. A capture's manifest has the original reason. */
static struct km_str reason_of(struct capture *capture, const char *path, const struct km_err *err)
{
	struct km_str why = km_manifest_reason(&capture->machine->manifest, km_str_from(path));

	return why.ptr ? why : km_pool_copy(&capture->machine->pool, km_str_from(err->what));
}

static void redact_file(struct capture *capture, enum km_file file, struct km_captured *row)
{
	struct km_str *text = &capture->texts[file];
	const char *what = km_redact(file, &capture->machine->pool, text);
	struct km_manifest_missing *redacted;

	if (!what)
		return;
	if (!text->ptr) {
		note_missing(capture, &km_files[file], row, KM_CAPTURE_LEFT_OUT, KM_STR("left out by --redact"));
		return;
	}
	redacted = km_array_push(&capture->manifest.redacted);
	redacted->path = km_str_from(km_files[file].path);
	redacted->reason = km_str_from(what);
	row->state = &km_capture_states[KM_CAPTURE_REDACTED];
	row->reason = km_str_from(what);
}

/* Copies the records of data that was removed from the source capture. */
static void copy_redacted(struct capture *capture)
{
	const struct km_manifest_missing *redacted;

	km_array_each(redacted, &capture->machine->manifest.redacted)
		*km_array_push(&capture->manifest.redacted) = *redacted;
}

static void read_file(struct capture *capture, enum km_file file, struct km_captured *row)
{
	const struct km_file_info *info = &km_files[file];
	struct km_err err;
	int r;

	r = km_source_read(capture->machine->source, info->path, &capture->texts[file], &err);
	if (r && r != -ENOENT)
		row->refused = 1;
	if (r)
		lose(capture, info, row, KM_CAPTURE_MISSING, reason_of(capture, info->path, &err));
	else if (capture->redact)
		redact_file(capture, file, row);
}

static int put(struct capture *capture, struct km_str path, struct km_str bytes,
	       struct km_captured *row, struct km_err *err)
{
	*km_array_push(&capture->manifest.checksums.list) = (struct km_checksum){
		.path = path, .size = bytes.len, .crc = km_crc32(0, bytes),
	};
	row->files++;
	row->size_bytes += bytes.len;
	return km_writer_file(&capture->writer, path, bytes, err);
}

/* Copies one file of a directory. A missing file, or one that is not a regular file, is no loss. */
static int copy(struct capture *capture, struct km_str path, struct km_captured *row,
		bool *ret_found, struct km_err *err)
{
	struct km_str bytes;
	struct km_err why;
	int r;

	r = km_source_read(capture->machine->source, path.ptr, &bytes, &why);
	*ret_found = !r;
	if (!r)
		return put(capture, path, bytes, row, err);
	if (r != -ENOENT && r != -EISDIR)
		row->refused++;
	return 0;
}

/* Copies the entry of a directory with this name. *ret_written: whether anything was written. */
static int copy_entry(struct capture *capture, const struct km_file_info *info,
		      const struct km_entry *entry, struct km_captured *row, bool *ret_written,
		      struct km_err *err)
{
	struct km_pool *pool = &capture->machine->pool;
	struct km_str path = km_pool_printf(pool, "%s/%.*s", info->path, KM_STR_ARG(entry->name));
	bool found;
	int r;

	*ret_written = true;
	if (entry->target.ptr) {
		row->files++;
		return km_writer_link(&capture->writer, path, entry->target, err);
	}
	r = copy(capture, path, row, ret_written, err);
	if (r || *ret_written || !info->members)
		return r;
	*ret_written = true;
	r = km_writer_folder(&capture->writer, path, err);
	for (const char *const *member = info->members; !r && *member; member++)
		r = copy(capture, km_pool_printf(pool, "%s/%s", path.ptr, *member), row, &found, err);
	return r;
}

static int copy_directory(struct capture *capture, const struct km_file_info *info,
			  struct km_captured *row, struct km_err *err)
{
	struct km_pool *pool = &capture->machine->pool;
	struct km_checksum names = { .path = km_str_from(info->path), .directory = true };
	struct km_entries entries;
	struct km_err why;
	int r;

	r = km_source_list(capture->machine->source, info->path, &entries, &why);
	if (r) {
		row->refused += r != -ENOENT;
		lose(capture, info, row, KM_CAPTURE_MISSING, reason_of(capture, info->path, &why));
		return 0;
	}
	for (size_t i = 0; i < entries.len; i++) {
		bool written;

		r = copy_entry(capture, info, &entries.items[i], row, &written, err);
		if (r)
			return r;
		if (written)
			km_checksum_name(&names, entries.items[i].name, entries.items[i].target);
	}
	*km_array_push(&capture->manifest.checksums.list) = names;
	if (row->refused)
		lose(capture, info, row, KM_CAPTURE_PARTLY,
		     km_pool_printf(pool, "%llu of its files could not be read",
				    (unsigned long long)row->refused));
	return 0;
}

static bool is_taken(const struct capture *capture, const struct km_file_info *info, bool asked)
{
	return asked || !info->asked_only || !km_source_info(capture->machine->source)->live;
}

/* Reads files before directories, so that files of one moment are read close together. */
static void read_files(struct capture *capture, bool asked)
{
	for (size_t i = 0; i < KM_FILES; i++) {
		const struct km_file_info *info = &km_files[i];
		struct km_captured *row;

		if (info->only_captured || info->only_read || info->of_release)
			continue;
		row = &capture->rows[capture->len++];
		row->path = km_source_name(capture->machine->source, info->path);
		row->contents = km_str_from(info->brief);
		row->state = &km_capture_states[KM_CAPTURE_COMPLETE];
		if (!is_taken(capture, info, asked))
			note_missing(capture, info, row, KM_CAPTURE_LEFT_OUT, KM_STR(KM_SAID("left out; --all includes it")));
		else if (capture->redact && info->directory && km_redact_leaves_out((enum km_file)i))
			note_missing(capture, info, row, KM_CAPTURE_LEFT_OUT, KM_STR("left out by --redact"));
		else if (!info->directory)
			read_file(capture, (enum km_file)i, row);
	}
}

/*
 * Copies the limits of the caller's cgroups, which predictions need. They count as part of the file that
 * names the cgroup.
 */
static int copy_cgroup(struct capture *capture, struct km_captured *row, struct km_err *err)
{
	struct km_cgroup_limits limits;
	int r = 0;

	km_machine_cgroup(capture->machine, NULL, &limits);
	for (size_t i = 0; !r && i < limits.files.len; i++) {
		bool found;

		r = copy(capture, limits.files.items[i], row, &found, err);
	}
	return r;
}

static int write_files(struct capture *capture, struct km_err *err)
{
	struct km_captured *row = capture->rows;
	int r = 0;

	for (size_t i = 0; !r && i < KM_FILES; i++) {
		if (km_files[i].only_captured || km_files[i].only_read || km_files[i].of_release)
			continue;
		if (km_files[i].directory && row->state != &km_capture_states[KM_CAPTURE_LEFT_OUT])
			r = copy_directory(capture, &km_files[i], row, err);
		else if (capture->texts[i].ptr)
			r = put(capture, km_str_from(km_files[i].path), capture->texts[i], row, err);
		if (!r && i == KM_FILE_CGROUP && capture->texts[i].ptr)
			r = copy_cgroup(capture, row, err);
		row++;
	}
	return r;
}

/* Writes the manifest of an incomplete capture. It stays if the capture is interrupted or the disk becomes full. */
static int write_marker(struct capture *capture, struct km_err *err)
{
	struct km_manifest marker = {
		.incomplete = KM_STR(KM_MANIFEST_INTERRUPTED),
	};

	return km_writer_file(&capture->writer, km_str_from(km_files[KM_FILE_MANIFEST].path),
			      km_manifest_text(&capture->machine->pool, &marker), err);
}

static int write_manifest(struct capture *capture, struct km_err *err)
{
	struct km_pool *pool = &capture->machine->pool;
	const struct km_host *host = &capture->machine->host;
	struct km_manifest *manifest = &capture->manifest;

	manifest->version = KM_STR(PACKAGE_VERSION);
	manifest->release = host->release;
	manifest->machine = host->machine;
	manifest->time = host->time;
	manifest->incomplete = capture->machine->manifest.incomplete;
	if (host->page_bytes != KM_UNKNOWN)
		manifest->page_bytes =
			km_pool_printf(pool, "%llu", (unsigned long long)host->page_bytes);
	if (host->root != KM_TRI_UNKNOWN)
		manifest->root = host->root == KM_TRI_YES ? KM_STR("yes") : KM_STR("no");
	return km_writer_replace(&capture->writer, km_str_from(km_files[KM_FILE_MANIFEST].path),
				 km_manifest_text(pool, manifest), err);
}

/* For the reader; the manifest, which is written, stays English. */
static void translate(struct km_pool *pool, struct km_captured *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		rows[i].contents = km_say_message(pool, rows[i].contents);
		if (rows[i].reason.ptr)
			rows[i].reason = km_say_message(pool, rows[i].reason);
	}
}

int km_capture_write(struct km_machine *machine, const char *directory,
		     const struct km_capture_options *options, struct km_sheet *ret, struct km_err *err)
{
	KM_CLEANUP(cleanup_capture) struct capture capture = { .machine = machine,
								.redact = options->redact };
	struct km_captured *totals = km_pool_alloc(&machine->pool, 1, sizeof(*totals));
	int r;

	capture.rows = km_pool_alloc(&machine->pool, KM_FILES, sizeof(*capture.rows));
	r = km_writer_init(&capture.writer, directory, err);
	if (r)
		return r;
	copy_redacted(&capture);
	read_files(&capture, options->all);
	r = write_marker(&capture, err);
	if (!r)
		r = write_files(&capture, err);
	if (!r)
		r = write_manifest(&capture, err);
	if (r)
		return r;
	translate(&machine->pool, capture.rows, capture.len);
	*ret = (struct km_sheet){ &km_captured_type, capture.rows, capture.len, totals };
	km_row_init(&km_captured_type, totals);
	km_sheet_sum(ret, totals);
	return 0;
}
