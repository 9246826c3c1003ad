/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_PROCESSES_H
#define KM_SOURCE_PROCESSES_H

#include "base/err.h"
#include "base/process.h"

/*
 * The processes of the running system, through libproc2, which is loaded for this. Without root only those that
 * the caller may see. 0, or a negative errno with err filled: -ENOTSUP if built without libproc2, -ELIBACC if
 * it is not installed.
 */
int km_processes_read(struct km_processes *ret, struct km_err *err);

#endif
