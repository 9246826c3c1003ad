// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <string.h>
#include "cli/version.h"
#include "source/confine.h"

static void print_layer(FILE *out, const char *name, const char *why_not, const char *what)
{
	if (why_not)
		fprintf(out, "  %-13s not confined: %s\n", name, why_not);
	else
		fprintf(out, "  %-13s %s\n", name, what);
}

/* Confinement can only be tested by applying it, so the process ends here. */
static void print_confinement(FILE *out)
{
	struct km_confined confined = { 0 };
	char files[64];

	km_confine(&(const struct km_confinement){ .kind = KM_CONFINE_FILE }, &confined);
	snprintf(files, sizeof(files), "libraries only (Landlock, version %d)", confined.landlock);
	fputs("While an archive is read:\n", out);
	print_layer(out, "capabilities", confined.capabilities, "none");
	print_layer(out, "files", confined.files, files);
	print_layer(out, "system calls", confined.calls, "none that write, run or connect (seccomp)");
	print_layer(out, "memory", confined.memory, "4 GiB of address space at most");
}

void km_version_write(FILE *out, bool verbose)
{
	fprintf(out, "%s\n", PACKAGE_STRING);
	if (verbose)
		print_confinement(out);
}

void km_version_print(FILE *out, struct argp_state *state)
{
	bool verbose = false;

	for (int i = 1; i < state->argc; i++)
		verbose = verbose || !strcmp(state->argv[i], "--verbose");
	km_version_write(out, verbose);
}
