// SPDX-License-Identifier: GPL-2.0-or-later
#include <time.h>
#include "source/clock.h"

double km_clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
