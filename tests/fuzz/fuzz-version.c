// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/version, and uname -a. */
#include "fuzz.h"
#include "model/arch.h"

void fuzz_one(struct fuzz *fuzz)
{
	const struct km_version versions[] = { km_parse_version(fuzz->text),
					       km_parse_uname(fuzz->text) };

	for (size_t i = 0; i < 2; i++) {
		fuzz_expect(fuzz_has(fuzz, versions[i].release) &&
			    fuzz_has(fuzz, versions[i].compiler) &&
			    fuzz_has(fuzz, versions[i].machines));
		km_arch_page_bytes(km_arch_of(&versions[i]));
	}
}
