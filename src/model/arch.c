// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/num.h"
#include "model/arch.h"

/*
 * words: names at the end of a distribution's release, and names of compilers. "686" alone is not among them,
 * because it may be a build number. Only "-686" and "-686-pae" at the end count.
 */
static const struct machine {
	const char *name; /* uname -m */
	const char *words[6];
	uint64_t page_bytes; /* the only page size; 0: the kernel's configuration decides */
} machines[] = {
	{ "x86_64", { "x86_64", "amd64" }, 4096 },
	{ "i686", { "i686", "i586", "i386", "-686", "-686-pae" }, 4096 },
	{ "aarch64", { "aarch64", "arm64" }, 0 },
	{ "armv7l", { "armv7l", "armv7hl", "armmp" }, 4096 },
	{ "loongarch64", { "loongarch64", "loong64" }, 0 },
	{ "ppc64", { "ppc64", "powerpc64" }, 0 },
	{ "ppc64le", { "ppc64le", "ppc64el", "powerpc64le" }, 0 },
	{ "riscv64", { "riscv64" }, 4096 },
	{ "s390x", { "s390x" }, 4096 },
	{ "sparc64", { "sparc64" }, 8192 },
};

enum { MACHINES = sizeof(machines) / sizeof(*machines) };

static const struct machine *find_word(struct km_str word)
{
	for (size_t i = 0; i < MACHINES; i++)
		for (const char *const *known = machines[i].words; *known; known++)
			if (km_str_eq(word, km_str_from(*known)))
				return &machines[i];
	return NULL;
}

static bool takes_last_part(struct km_str *rest, struct km_str *part)
{
	size_t start = rest->len;

	while (start && !memchr("-.+", rest->ptr[start - 1], 3))
		start--;
	if (!start)
		return false;
	*part = km_str_skip(*rest, start);
	rest->len = start - 1;
	return true;
}

/* Takes the last part that is a known word. Flavours may follow it ("arm64-16k", "aarch64+64k"). */
static const struct machine *of_release(struct km_str release)
{
	const struct machine *found = NULL;
	struct km_str part;

	for (size_t i = 0; i < MACHINES; i++)
		for (const char *const *word = machines[i].words; *word; word++)
			if (**word == '-' && km_str_ends(release, km_str_from(*word)))
				return &machines[i];
	while (!found && takes_last_part(&release, &part))
		found = find_word(part);
	return found;
}

/* Reads machine, processor and platform from the end: "i686 i686 i386" is an i686. */
static struct km_str of_uname(struct km_str words)
{
	struct km_str word, found = { 0 };

	for (size_t i = 0; i < 3 && km_str_take_last_word(&words, &word); i++) {
		if (i && !find_word(word))
			break;
		found = word;
	}
	return found;
}

struct km_str km_arch_of(const struct km_version *version)
{
	const struct machine *machine;

	if (version->machines.len)
		return of_uname(version->machines);
	machine = of_release(version->release);
	if (!machine)
		machine = find_word(version->compiler);
	return km_str_from(machine ? machine->name : NULL);
}

uint64_t km_arch_page_bytes(struct km_str machine)
{
	for (size_t i = 0; i < MACHINES; i++)
		if (km_str_eq(machine, km_str_from(machines[i].name)) && machines[i].page_bytes)
			return machines[i].page_bytes;
	return KM_UNKNOWN;
}
