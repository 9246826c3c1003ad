// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/root.h"

int main(int argc, char **argv)
{
	return km_cli(argc, argv);
}
