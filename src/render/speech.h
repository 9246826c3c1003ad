/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages on stderr in the reader's language: also those of argp and getopt, which know only the C library's. */
#ifndef KM_RENDER_SPEECH_H
#define KM_RENDER_SPEECH_H

#include <stdio.h>

/* A stream whose lines are translated (words/message.h) and written to below, which it closes. NULL: as fopencookie(). */
FILE *km_speech_open(FILE *below);

#endif
