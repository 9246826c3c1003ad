/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line through points by the method of Theil and Sen: the median of the slopes between all pairs of points.
 * Up to almost a third of the points can be outliers with little effect.
 */
#ifndef KM_MODEL_SLOPE_H
#define KM_MODEL_SLOPE_H

#include <stddef.h>

struct km_point {
	double x, y;
	unsigned int run; /* pairs are formed only inside a run of successive points */
};

/* NaN: there is no pair. */
struct km_slope {
	double slope;
	double low, high; /* bounds with a confidence of 95 %, if the points are independent */
};

/*
 * Needs about n * n / 2 * 8 bytes of memory temporarily. Sen, P. K.: Estimates of the regression coefficient
 * based on Kendall's tau, 1968. The bounds follow Gilbert, R. O.: Statistical Methods for Environmental
 * Pollution Monitoring, 1987, with ties. The variances of several runs are added up.
 */
struct km_slope km_slope_of(const struct km_point *points, size_t len);

#endif
