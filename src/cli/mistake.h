/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hints about words on the command line that mean nothing to a command, but are names of what it shows. */
#ifndef KM_CLI_MISTAKE_H
#define KM_CLI_MISTAKE_H

#include "cli/command.h"

enum { KM_MISTAKE_SIZE = 160 };

/* What to write instead of an operand: "--where 'zone = DMA' selects rows". NULL: nothing to say. */
const char *km_mistake_operand(const struct km_command *command, const struct km_report *report, const char *operand,
			       char buf[static KM_MISTAKE_SIZE]);

/* The same for an option such as --node=0 whose name is a field of the report. value: the next word, or NULL. */
const char *km_mistake_option(const struct km_command *command, const struct km_report *report, const char *option,
			      const char *value, char buf[static KM_MISTAKE_SIZE]);

#endif
