/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal of a full-screen command: its streams, its size, and the signals about it. */
#ifndef KM_SOURCE_TTY_H
#define KM_SOURCE_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <termios.h>
#include "base/err.h"

struct km_tty {
	FILE *in, *out;       /* the terminal itself, not a sink */
	struct termios saved; /* the modes before */
	sigset_t mask;        /* signals that were blocked before */
	sigset_t ignored;     /* signals that the parent made the process ignore: nohup */
	int signals;          /* a signalfd */
};

/* The result of a wait. Other values are signal numbers. */
enum { KM_TTY_TIME = 0, KM_TTY_INPUT = -1, KM_TTY_GONE = -2 };

/*
 * Opens the terminal on standard output. Keys come from standard input, or from /dev/tty if
 * standard input is not a terminal. From now on INT, QUIT, TERM, HUP, TSTP, CONT and WINCH only
 * arrive through km_tty_wait(). 0, or -ENOTTY with err filled.
 */
int km_tty_open(struct km_tty *tty, struct km_err *err);

/* Restores the terminal's modes and the process's signals. */
void km_tty_close(struct km_tty *tty);

/* Restores the signals that the process started with, after a library has changed some. */
void km_tty_default_signals(const struct km_tty *tty);

/* Waits for keys or a signal, at most so many milliseconds (-1: without a limit). */
int km_tty_wait(struct km_tty *tty, int milliseconds);

/* Stops the process like ^Z, until it is continued. */
void km_tty_stop(struct km_tty *tty);

/*
 * Ends the process by a signal, as if it had never been blocked. Call it after km_tty_close().
 * Returns only if the process ignores the signal.
 */
void km_tty_die(int signal);

/* The terminal's lines and columns; 24 and 80 if it does not report them. */
void km_tty_size(const struct km_tty *tty, int *rows, int *columns);

/* Milliseconds on a clock that never runs backwards and includes suspend. */
int64_t km_tty_clock(void);

#endif
