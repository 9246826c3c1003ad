// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A supportconfig text goes the whole way of a capture: recognised by its content, cut into files,
 * each of them parsed, page size and machine found, all joined into the account and the findings.
 */
#include <sys/mman.h>
#include <unistd.h>
#include "fuzz.h"
#include "model/page.h"
#include "source/text.h"
#include "report/summary.h"

/* Like source/file.c, which looks for a NUL here: a text without one is not an archive. */
enum { BLOCK_BYTES = 512 };

static bool is_text(struct km_str text)
{
	return km_text_recognise(text) &&
	       !memchr(text.ptr, 0, text.len < BLOCK_BYTES ? text.len : BLOCK_BYTES);
}

static int memory_file(struct km_str text)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	fuzz_expect(fd >= 0 && write(fd, text.ptr, text.len) == (ssize_t)text.len);
	fuzz_expect(!lseek(fd, 0, SEEK_SET));
	return fd;
}

/* Every part is the exact sum of its children, down to the leaves. */
static void check_part(const struct km_account *part, uint64_t total)
{
	const struct km_account *children = part->children.items;
	uint64_t sum = 0;

	fuzz_expect(part->bytes <= total && km_word_str(part->key).len && part->label.len);
	for (size_t i = 0; i < part->children.len; i++) {
		check_part(&children[i], total);
		sum += children[i].bytes;
	}
	fuzz_expect(!part->children.len || sum == part->bytes);
}

static void check_account(const struct km_account_tree *tree)
{
	const struct km_account *total = tree->sheet.rows;

	if (tree->sheet.len)
		check_part(total, total->bytes);
}

static void check_findings(struct km_sheet findings)
{
	for (size_t i = 0; i < findings.len; i++) {
		const struct km_finding *row = km_sheet_row(&findings, i);

		fuzz_expect(km_word_str(row->id).len && km_word_str(row->severity).len && row->text.len);
	}
}

static void check_host(const struct km_host *host)
{
	fuzz_expect(host->page_bytes == KM_UNKNOWN || km_page_is_size(host->page_bytes));
	fuzz_expect(host->source == &km_host_sources[KM_HOST_CAPTURE]);
	fuzz_expect((host->page_bytes == KM_UNKNOWN) == !km_word_str(host->page_source).ptr);
}

static void render(struct fuzz *fuzz, const struct km_summary *summary)
{
	/* without totals, as the command passes them */
	const struct km_sheet sheets[] = {
		summary->account.sheet, km_account_condense(&fuzz->pool, &summary->account),
		summary->findings, summary->zones,
		{ summary->caches.type, summary->caches.rows, summary->caches.len, NULL },
	};

	fuzz_sheets(fuzz, sheets, sizeof(sheets) / sizeof(*sheets));
}

static void summarise(struct fuzz *fuzz, const char *path)
{
	struct km_machine machine;
	struct km_summary summary;
	struct km_err err = { 0 };

	if (km_machine_init(&machine, path, KM_UNKNOWN, &err)) {
		fuzz_expect(*err.what);
	} else {
		km_summary_derive(&machine, KM_REQUIRED, false, &summary);
		check_host(&machine.host);
		check_account(&summary.account);
		check_findings(summary.findings);
		render(fuzz, &summary);
	}
	km_machine_deinit(&machine);
}

void fuzz_one(struct fuzz *fuzz)
{
	char path[64];
	int fd;

	if (!is_text(fuzz->text))
		return;
	fd = memory_file(fuzz->text);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	summarise(fuzz, path);
	close(fd);
}
