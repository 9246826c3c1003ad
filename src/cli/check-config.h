/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_CHECK_CONFIG_H
#define KM_CLI_CHECK_CONFIG_H

#include "base/err.h"
#include "report/rule.h"

/*
 * Sets the thresholds of the file at path and of its drop-ins, PATH.d/NAME.conf, sorted by name. The pool
 * owns their texts. A file that is not required may be missing. 0, or a negative errno with err filled.
 */
int km_check_config_apply(const char *path, bool required, struct km_pool *pool, struct km_rule_runs *runs,
			  struct km_err *err);

/* Fills err: no rule has this name; the hint is the most similar name. */
void km_check_no_such_rule(const struct km_rule_runs *runs, struct km_str name, struct km_err *err);

#endif
