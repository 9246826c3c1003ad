/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Time that passes, for durations: no date, and no clock that people set. */
#ifndef KM_SOURCE_CLOCK_H
#define KM_SOURCE_CLOCK_H

/* Seconds since some moment before the program began. */
double km_clock_seconds(void);

#endif
