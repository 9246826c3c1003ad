/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line through points by the method of Theil and Sen: the median of the slopes between all pairs of points.
 * Almost a third of the points can be outliers with little effect.
 */
#ifndef KM_MODEL_SLOPE_H
#define KM_MODEL_SLOPE_H

#include <stddef.h>

struct km_point {
	double x, y;
	unsigned int run; /* pairs are formed only within a run, whose points follow one another */
};

/* NaN: there is no pair. */
struct km_slope {
	double slope;
	double low, high; /* between them with a confidence of 95 %, if points are independent */
};

/*
 * Takes some n * n / 2 * 8 bytes of memory for a while. Sen, P. K.: Estimates of the regression
 * coefficient based on Kendall's tau, 1968; the bounds as in Gilbert, R. O.: Statistical Methods for
 * Environmental Pollution Monitoring, 1987, with ties. Of several runs the variances are added up.
 */
struct km_slope km_slope_of(const struct km_point *points, size_t len);

#endif
