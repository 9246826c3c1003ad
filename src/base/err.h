/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An error on its caller's stack, for calls that fail as a whole. */
#ifndef KM_BASE_ERR_H
#define KM_BASE_ERR_H

/* Room for the longest path and a reason: a message that ends inside a path is useless. */
enum { KM_ERR_SIZE = 4096 + 256 };

struct km_err {
	char what[KM_ERR_SIZE];
	char hint[256]; /* empty: no advice */
};

/*
 * Fills err (which may be NULL) and returns code, a negative errno, for "return km_err_set(...)".
 * hint may be NULL.
 */
int km_err_set(struct km_err *err, int code, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
