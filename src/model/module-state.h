/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the helper module is loaded, and the facts that its command depends on. */
#ifndef KM_MODEL_MODULE_STATE_H
#define KM_MODEL_MODULE_STATE_H

#include "base/field.h"

struct km_module_state {
	const struct km_word *state;
	struct km_str version;
	enum km_tri probes;
	enum km_tri built;
	enum km_tri headers;
	enum km_tri dkms;
	enum km_tri signed_only;
	struct km_str command;
};

extern const struct km_sheet_type km_module_state_type;

/* The input of state and command. Texts may be unknown (.ptr NULL). */
struct km_module_state_input {
	struct km_str release;   /* uname -r */
	struct km_str os_id;     /* ID of /etc/os-release */
	struct km_str os_like;   /* its ID_LIKE: words, the closest relative first */
	struct km_str lockdown;  /* /sys/kernel/security/lockdown */
	struct km_str enforced;  /* /sys/module/module/parameters/sig_enforce */
	struct km_str version;   /* of the loaded module; unknown: not loaded or not readable */
	bool refused;            /* its files exist, but this user may not read them */
	bool loadable;           /* the kernel can load modules */
	bool probes, built, headers, dkms;
};

/* Fills all of the row except its command. Borrows the version. */
void km_module_state_derive(const struct km_module_state_input *facts, struct km_module_state *row);

extern const struct km_word km_module_states[];
extern const struct km_vocabulary km_module_state_vocabulary;

#endif
