/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's configuration as scripts/kconfig writes it: /boot/config-RELEASE. */
#ifndef KM_PARSE_KCONFIG_H
#define KM_PARSE_KCONFIG_H

#include "base/str.h"

/*
 * The value of a symbol, as it stands in the file: "y", "m", "n" of one that is not set or not
 * there, which says the same. .ptr NULL when the text is no configuration.
 */
struct km_str km_parse_kconfig(struct km_str text, struct km_str symbol);

#endif
