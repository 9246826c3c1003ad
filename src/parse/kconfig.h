/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's configuration in the format of scripts/kconfig: /boot/config-RELEASE. */
#ifndef KM_PARSE_KCONFIG_H
#define KM_PARSE_KCONFIG_H

#include "base/str.h"

/*
 * The value of a symbol: "y", "m" or as in the file; "n" if the symbol is not set or missing, which
 * means the same. .ptr NULL if the text is not a configuration.
 */
struct km_str km_parse_kconfig(struct km_str text, struct km_str symbol);

#endif
