/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pager for answers that do not fit on the terminal, as git has one. A process of its own, which can start no
 * program, reads the machine and writes the answer. This one waits for the text and then starts the pager.
 */
#ifndef KM_CLI_PAGER_H
#define KM_CLI_PAGER_H

#include "cli/session.h"

/*
 * Calls run, shows what it prints with a pager, and returns its status when the user has left the pager. There is no
 * pager if stdout is no terminal or the text fits on it. There is none for a capture, a file or another format than
 * text, nor if the environment names none (KMEMINFO_PAGER, PAGER: empty or "cat").
 */
enum km_exit km_pager_run(struct km_options *options, enum km_exit (*run)(void *data), void *data);

#endif
