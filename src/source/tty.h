/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal that a full-screen command runs on: its streams, its size, and the signals about it. */
#ifndef KM_SOURCE_TTY_H
#define KM_SOURCE_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <termios.h>
#include "base/err.h"

struct km_tty {
	FILE *in, *out;       /* the terminal itself, behind every sink */
	struct termios saved; /* as it was */
	sigset_t mask;        /* signals that were blocked before */
	sigset_t ignored;     /* signals that the process was started to ignore: nohup */
	int signals;          /* a signalfd */
};

/* The result of a wait; other values are the number of a signal. */
enum { KM_TTY_TIME = 0, KM_TTY_INPUT = -1, KM_TTY_GONE = -2 };

/*
 * Opens the terminal on standard output; its keys come from standard input, or from /dev/tty when that is
 * no terminal. From here on INT, QUIT, TERM, HUP, TSTP, CONT and WINCH only arrive by km_tty_wait().
 * 0, or -ENOTTY with err filled.
 */
int km_tty_open(struct km_tty *tty, struct km_err *err);

/* Restores the terminal's modes and the process's signals. */
void km_tty_close(struct km_tty *tty);

/* Signals as the process found them: for after a library has taken some. */
void km_tty_default_signals(const struct km_tty *tty);

/* Waits for keys, a signal, or until so many milliseconds are over (-1: for ever). */
int km_tty_wait(struct km_tty *tty, int milliseconds);

/* Stops the process as ^Z does, until it is continued. */
void km_tty_stop(struct km_tty *tty);

/* Ends the process by a signal, as if it had never been blocked. After km_tty_close(). Returns if it is ignored. */
void km_tty_die(int signal);

/* Lines and columns; 24 and 80 when the terminal does not say. */
void km_tty_size(const struct km_tty *tty, int *rows, int *columns);

/* Milliseconds of a clock that only runs forward, and goes on during suspend. */
int64_t km_tty_clock(void);

#endif
