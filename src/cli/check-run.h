/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_CHECK_RUN_H
#define KM_CLI_CHECK_RUN_H

#include "cli/check-input.h"
#include "cli/session.h"

/* Checks the rules and prints the plugin's output, within --timeout. Returns the plugin's exit status. */
enum km_exit km_check_run(const struct km_check_input *input, const struct km_options *options);

#endif
