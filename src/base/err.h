/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An error on its caller's stack, for calls that fail whole. */
#ifndef KM_BASE_ERR_H
#define KM_BASE_ERR_H

/* The longest path, and what is wrong with it: a message that ends inside a path names no mistake. */
enum { KM_ERR_SIZE = 4096 + 256 };

struct km_err {
	char what[KM_ERR_SIZE];
	char hint[256]; /* empty: nothing to advise */
};

/* Fills err (which may be NULL) and returns code, a negative errno, for "return km_err_set(...)". */
int km_err_set(struct km_err *err, int code, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
