/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's configuration as scripts/kconfig writes it: /boot/config-RELEASE. */
#ifndef KM_PARSE_KCONFIG_H
#define KM_PARSE_KCONFIG_H

#include "base/str.h"

/*
 * The value of a symbol, as in the file: "y", "m", or "n" if it is not set or missing, which means the same.
 * .ptr NULL if the text is not a configuration.
 */
struct km_str km_parse_kconfig(struct km_str text, struct km_str symbol);

#endif
