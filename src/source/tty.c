// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/tty.h"

static const int wanted[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH };

#define WANTED (sizeof(wanted) / sizeof(*wanted))

/* An ignored signal stays ignored: a user who starts a program under nohup wants that. */
static void take_signals(struct km_tty *tty)
{
	struct sigaction action;
	sigset_t taken;

	sigemptyset(&taken);
	sigemptyset(&tty->ignored);
	for (size_t i = 0; i < WANTED; i++)
		if (!sigaction(wanted[i], NULL, &action) && action.sa_handler == SIG_IGN)
			sigaddset(&tty->ignored, wanted[i]);
		else
			sigaddset(&taken, wanted[i]);
	sigprocmask(SIG_BLOCK, &taken, &tty->mask);
	tty->signals = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

void km_tty_default_signals(const struct km_tty *tty)
{
	for (size_t i = 0; i < WANTED; i++)
		if (sigismember(&tty->ignored, wanted[i]) == 0)
			signal(wanted[i], SIG_DFL);
}

static FILE *stream_on(int fd, const char *mode)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	FILE *stream = copy < 0 ? NULL : fdopen(copy, mode);

	if (!stream && copy >= 0)
		close(copy);
	return stream;
}

int km_tty_open(struct km_tty *tty, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;
	int keys = STDIN_FILENO;

	*tty = (struct km_tty){ .signals = -1 };
	if (!isatty(STDOUT_FILENO))
		return km_err_set(err, -ENOTTY, NULL, "standard output is not a terminal");
	if (!isatty(keys))
		keys = fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (keys < 0)
		return km_err_set(err, -ENOTTY, NULL, "no terminal to read keys from");
	if (tcgetattr(STDOUT_FILENO, &tty->saved))
		return km_err_set(err, -errno, NULL, "the terminal does not report its modes");
	tty->in = stream_on(keys, "r");
	tty->out = stream_on(STDOUT_FILENO, "w");
	if (!tty->in || !tty->out)
		return km_err_set(err, -EMFILE, NULL, "cannot open the terminal");
	take_signals(tty);
	return 0;
}

void km_tty_close(struct km_tty *tty)
{
	if (tty->out)
		tcsetattr(fileno(tty->out), TCSADRAIN, &tty->saved);
	if (tty->signals >= 0) {
		close(tty->signals);
		sigprocmask(SIG_SETMASK, &tty->mask, NULL);
	}
	km_cleanup_file(&tty->in);
	km_cleanup_file(&tty->out);
	*tty = (struct km_tty){ .signals = -1 };
}

static int take_signal(const struct km_tty *tty)
{
	struct signalfd_siginfo info;

	return read(tty->signals, &info, sizeof(info)) == (ssize_t)sizeof(info) ? (int)info.ssi_signo : 0;
}

int km_tty_wait(struct km_tty *tty, int milliseconds)
{
	struct pollfd polled[] = {
		{ .fd = tty->signals, .events = POLLIN },
		{ .fd = fileno(tty->in), .events = POLLIN },
	};
	int signal;

	if (poll(polled, 2, milliseconds) <= 0)
		return KM_TTY_TIME;
	signal = polled[0].revents & POLLIN ? take_signal(tty) : 0;
	if (signal)
		return signal;
	if (polled[1].revents & POLLIN)
		return KM_TTY_INPUT;
	return polled[1].revents ? KM_TTY_GONE : KM_TTY_TIME;
}

static void let_through(int signal, sigset_t *before)
{
	sigset_t one;

	sigemptyset(&one);
	sigaddset(&one, signal);
	sigprocmask(SIG_UNBLOCK, &one, before);
	raise(signal);
}

void km_tty_stop(struct km_tty *tty)
{
	sigset_t before;

	if (sigismember(&tty->ignored, SIGTSTP))
		return;
	let_through(SIGTSTP, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void km_tty_die(int signal)
{
	sigset_t before;

	let_through(signal, &before);
}

void km_tty_size(const struct km_tty *tty, int *rows, int *columns)
{
	struct winsize size;

	if (ioctl(fileno(tty->out), TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	*rows = size.ws_row;
	*columns = size.ws_col;
}

int64_t km_tty_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
