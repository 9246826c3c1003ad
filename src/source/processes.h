/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_PROCESSES_H
#define KM_SOURCE_PROCESSES_H

#include "base/err.h"
#include "base/process.h"

/*
 * Reads the processes of the running system through libproc2, which it loads. Without root it reads
 * only those that the user may see. 0, or a negative errno with err filled: -ENOTSUP if kmeminfo
 * was built without libproc2, -ELIBACC if libproc2 is not installed.
 */
int km_processes_read(struct km_processes *ret, struct km_err *err);

#endif
