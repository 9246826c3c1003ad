/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands that load the helper module on a system. */
#ifndef KM_REPORT_MODULE_COMMAND_H
#define KM_REPORT_MODULE_COMMAND_H

#include "model/module-state.h"

/* One line for a root shell; .ptr NULL if nothing needs to be done, or nothing can be done. The pool owns it. */
struct km_str km_module_command(struct km_pool *pool, const struct km_module_state_input *facts,
				const struct km_module_state *state);

#endif
