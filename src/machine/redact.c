// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/redact.h"
#include "base/array.h"

typedef KM_ARRAY(char) bytes;

static void add(bytes *out, struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		*km_array_push(out) = text.ptr[i];
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The length of the hexadecimal number at the front of rest, including "0x"; 0 if there is none. */
static size_t hex_len(struct km_str rest)
{
	size_t len = 2;

	if (!km_str_starts(rest, KM_STR("0x")))
		return 0;
	while (len < rest.len && is_hex(rest.ptr[len]))
		len++;
	return len > 2 ? len : 0;
}

/* Shorter numbers are offsets and sizes: "hpet_enable+0xe5/0x46c". A 32-bit address has 8 digits. */
enum { ADDRESS_LEN = 2 + 8 };

/* Replaces each address. An address after "phys=" is a device's. */
static void replace_addresses(bytes *out, struct km_str text, struct km_str with)
{
	while (text.len) {
		size_t len = hex_len(text);

		if (km_str_starts(text, KM_STR("phys="))) {
			len = 5 + hex_len(km_str_skip(text, 5));
			add(out, KM_STR("phys=(redacted)"));
		} else if (len >= ADDRESS_LEN) {
			add(out, with);
		} else {
			len = len ? len : 1;
			add(out, (struct km_str){ text.ptr, len });
		}
		text = km_str_skip(text, len);
	}
}

/* Prints hidden addresses as the kernel does (k6.12:lib/vsprintf.c). */
static void redact_areas(bytes *out, struct km_str text)
{
	replace_addresses(out, text, KM_STR("0x(____ptrval____)"));
}

/* Prints modules as the kernel does for users who may not see addresses (k6.12:kernel/module/procfs.c). */
static void redact_modules(bytes *out, struct km_str text)
{
	replace_addresses(out, text, KM_STR("0x0000000000000000"));
}

/* Adds the text without words that contain an @. */
static void add_without_addresses(bytes *out, struct km_str text)
{
	while (text.len) {
		size_t len = 0;
		bool found = false;

		for (; len < text.len && !strchr(" \t\n()", text.ptr[len]); len++)
			found |= text.ptr[len] == '@';
		if (found) {
			add(out, KM_STR("(redacted)"));
		} else {
			len = len ? len : 1;
			add(out, (struct km_str){ text.ptr, len });
		}
		text = km_str_skip(text, len);
	}
}

/*
 * The bytes up to the parenthesis that closes what is around the first @: a name may have blanks and parentheses, and a
 * blank or the end follows the last one. All if none does, because a truncated text is redacted as well.
 */
static size_t len_inside(struct km_str text)
{
	size_t len = (size_t)km_str_find(text, KM_STR("@"));

	for (; len < text.len; len++)
		if (text.ptr[len] == ')' && (len + 1 == text.len || strchr(" \n", text.ptr[len + 1])))
			break;
	return len;
}

/* Removes the builder of the kernel and the host: "Linux version 6.12.1 (user@host) (gcc ...". */
static void redact_builder(bytes *out, struct km_str text)
{
	struct km_str rest = text, before;
	size_t len;

	if (!km_str_take_until(&rest, '(', &before) || km_str_find(rest, KM_STR("@")) < 0) {
		add_without_addresses(out, text);
		return;
	}
	len = len_inside(rest);
	add_without_addresses(out, before);
	add(out, KM_STR("(redacted)"));
	add_without_addresses(out, km_str_skip(rest, len + (len < rest.len)));
}

/* Prints ranges as the kernel does for users who may not see addresses (k6.12:kernel/resource.c r_show). */
static void redact_ranges(bytes *out, struct km_str text)
{
	struct km_str line, range;

	while (text.len) {
		if (!km_str_take_until(&text, '\n', &line)) {
			line = text;
			text.len = 0;
		}
		if (!km_str_take_until(&line, ':', &range)) {
			range = line;
			line.len = 0;
		}
		for (size_t i = 0; i < range.len; i++)
			*km_array_push(out) = is_hex(range.ptr[i]) ? '0' : range.ptr[i];
		add(out, KM_STR(":"));
		add(out, line);
		add(out, KM_STR("\n"));
	}
}

/* Removes the names of cgroups, which kernels up to 5.8 give to their caches: "kmalloc-64(77:web.service)". */
static void redact_cgroups(bytes *out, struct km_str text)
{
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];

		inside = inside && c != ')' && c != '\n';
		if (!inside)
			*km_array_push(out) = c;
		if (inside || c != ':' || !i || text.ptr[i - 1] < '0' || text.ptr[i - 1] > '9')
			continue;
		inside = true;
		add(out, KM_STR("redacted"));
	}
}

static const struct {
	enum km_file file;
	const char *brief; /* the removed data */
	void (*redact)(bytes *out, struct km_str text); /* NULL: the file is left out */
} redactions[] = {
	{ .file = KM_FILE_CMDLINE, .brief = "the command line", .redact = NULL },
	{ .file = KM_FILE_CGROUP, .brief = "the caller's cgroup", .redact = NULL },
	{ .file = KM_FILE_BOOT_ID, .brief = "identity of the boot", .redact = NULL },
	{ .file = KM_FILE_PAGE_OWNER, .brief = "processes and addresses", .redact = NULL },
	{ .file = KM_FILE_SLAB_TRACES, .brief = "processes", .redact = NULL },
	{ .file = KM_FILE_DMA_BUF, .brief = "names of buffers and devices", .redact = NULL },
	{ .file = KM_FILE_IOMEM, .brief = "addresses of memory and devices", .redact = redact_ranges },
	{ .file = KM_FILE_SLABINFO, .brief = "names of cgroups", .redact = redact_cgroups },
	{ .file = KM_FILE_VMALLOCINFO, .brief = "addresses of areas and devices", .redact = redact_areas },
	{ .file = KM_FILE_MODULES, .brief = "addresses of modules", .redact = redact_modules },
	{ .file = KM_FILE_VERSION, .brief = "builder of the kernel", .redact = redact_builder },
};

bool km_redact_leaves_out(enum km_file file)
{
	for (size_t i = 0; i < sizeof(redactions) / sizeof(*redactions); i++)
		if (redactions[i].file == file)
			return !redactions[i].redact;
	return false;
}

const char *km_redact(enum km_file file, struct km_pool *pool, struct km_str *text)
{
	bytes out = { 0 };
	struct km_str copy;

	for (size_t i = 0; i < sizeof(redactions) / sizeof(*redactions); i++) {
		if (redactions[i].file != file || !text->ptr)
			continue;
		if (redactions[i].redact)
			redactions[i].redact(&out, *text);
		copy = km_pool_copy(pool, (struct km_str){ out.items, out.len });
		km_array_deinit(&out);
		if (redactions[i].redact && km_str_eq(copy, *text))
			return NULL;
		*text = redactions[i].redact ? copy : (struct km_str){ 0 };
		return redactions[i].brief;
	}
	return NULL;
}
