// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/version.h"

/*
 * Linux version 6.12.107+deb13-amd64 (builder@host) (x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19)
 * 14.2.0, GNU ld (GNU Binutils for Debian) 2.44) #1 SMP PREEMPT_DYNAMIC Debian 6.12.107-1
 */
struct km_version km_parse_version(struct km_str text)
{
	struct km_version version = { 0 };
	struct km_str line, word;

	if (!km_str_take_line(&text, &line) ||
	    !km_str_take_prefix(&line, KM_STR("Linux version ")) ||
	    !km_str_take_word(&line, &version.release))
		return (struct km_version){ 0 };
	while (km_str_take_word(&line, &word)) {
		ptrdiff_t end = km_str_find(word, KM_STR("-linux-gnu"));

		if (!km_str_starts(word, KM_STR("(")) || end < 2)
			continue;
		version.compiler = (struct km_str){ word.ptr + 1, (size_t)end - 1 };
		break;
	}
	return version;
}

struct km_version km_parse_uname(struct km_str text)
{
	struct km_version version = { 0 };
	struct km_str line, word;

	if (!km_str_take_line(&text, &line) || !km_str_take_word(&line, &word) ||
	    !km_str_eq(word, KM_STR("Linux")) || !km_str_take_word(&line, &word) ||
	    !km_str_take_word(&line, &version.release))
		return (struct km_version){ 0 };
	if (km_str_take_last_word(&line, &word) && km_str_eq(word, KM_STR("GNU/Linux")))
		version.machines = line;
	return version;
}

/* "6.12", and what follows it. */
static bool take_release(struct km_str *text, uint64_t *ret)
{
	uint64_t major, minor, third;

	km_str_take_prefix(text, KM_STR("v"));
	if (!km_str_take_u64(text, &major) || !km_str_take_prefix(text, KM_STR(".")) ||
	    !km_str_take_u64(text, &minor) || major > UINT16_MAX || minor > UINT16_MAX)
		return false;
	*ret = KM_RELEASE(major, minor);
	if (major != 2 || minor != 6)
		return true;
	if (!km_str_take_prefix(text, KM_STR(".")) || !km_str_take_u64(text, &third) || third > UINT8_MAX)
		third = 0;
	*ret = KM_RELEASE_2_6(third);
	return true;
}

uint64_t km_parse_build(struct km_str text)
{
	uint64_t build;
	struct km_str base;

	if (!km_str_take_until(&text, '-', &base) || !km_str_take_u64(&text, &build))
		return KM_UNKNOWN;
	return build;
}

uint64_t km_parse_release(struct km_str text)
{
	uint64_t release;

	return take_release(&text, &release) ? release : KM_UNKNOWN;
}

uint64_t km_parse_sublevel(struct km_str release)
{
	uint64_t number, sublevel;

	if (!take_release(&release, &number) || !km_str_take_prefix(&release, KM_STR(".")) ||
	    !km_str_take_u64(&release, &sublevel) || sublevel == KM_UNKNOWN)
		return KM_UNKNOWN;
	return sublevel || !release.len || km_str_starts(release, KM_STR("-rc")) ? sublevel : KM_UNKNOWN;
}

/* Takes the last match, because the compiler's version precedes the kernel's. */
uint64_t km_parse_debian_sublevel(struct km_str text)
{
	const struct km_str debian = KM_STR(" Debian ");
	uint64_t sublevel = KM_UNKNOWN;
	ptrdiff_t at;

	while ((at = km_str_find(text, debian)) >= 0) {
		text = km_str_skip(text, (size_t)at + debian.len - 1);
		if (km_parse_sublevel(km_str_skip(text, 1)) != KM_UNKNOWN)
			sublevel = km_parse_sublevel(km_str_skip(text, 1));
	}
	return sublevel;
}
