// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/text.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "cli/pager.h"
#include "source/pager.h"

/* The pager that the user wants; NULL: none. */
static const char *wanted(void)
{
	const char *name = getenv("KMEMINFO_PAGER");

	if (!name)
		name = getenv("PAGER");
	if (!name)
		name = "less";
	return name[strspn(name, " ")] && strcmp(name, "cat") ? name : NULL;
}

/*
 * Of a capture a stranger may have written every byte. Programs other than sudo that give rights do not say whose
 * rights a pager should have.
 */
static bool may_page(const struct km_options *options)
{
	const char *term = getenv("TERM");

	return options->format == &km_formats[KM_FORMAT_text] && !options->output && !options->from &&
	       isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") &&
	       !getauxval(AT_SECURE) && !getenv("PKEXEC_UID") && !getenv("DOAS_USER");
}

/* Messages follow the answer, if both are for the terminal. */
static void run_child(const int ends[2], enum km_exit (*run)(void *data), void *data)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (isatty(STDERR_FILENO))
		dup2(ends[1], STDERR_FILENO);
	if (dup2(ends[1], STDOUT_FILENO) < 0)
		_exit(KM_EXIT_FAILED);
	close(ends[0]);
	close(ends[1]);
	exit((int)run(data));
}

/* Reads all that the child writes. */
static void collect(int fd, struct km_text *text)
{
	char block[4096];

	for (;;) {
		const ssize_t len = read(fd, block, sizeof(block));

		if (len > 0)
			km_text_add(text, (struct km_str){ block, (size_t)len });
		else if (!len || errno != EINTR)
			return;
	}
}

/* The columns of a line that may contain colours. */
static size_t columns(struct km_str line)
{
	struct km_str part, color;
	size_t sum = 0;

	while (km_str_take_until(&line, '\033', &part)) {
		sum += km_str_columns(part);
		km_str_take_until(&line, 'm', &color);
	}
	return sum + km_str_columns(line);
}

/* Whether the text fits on the screen, with a line for the prompt. */
static bool fits(struct km_str text, size_t width)
{
	struct winsize size = { 0 };
	size_t lines = 0;
	struct km_str line;

	while (km_str_take_line(&text, &line))
		lines += 1 + (columns(line) ? (columns(line) - 1) / width : 0);
	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && lines < (size.ws_row ? size.ws_row : 24u);
}

static int write_all(int fd, struct km_str text)
{
	while (text.len) {
		const ssize_t done = write(fd, text.ptr, text.len);

		if (done > 0)
			text = km_str_skip(text, (size_t)done);
		else if (errno != EINTR)
			return -errno;
	}
	return 0;
}

/* The text was cleaned when it was written. */
static void show(const char *command, struct km_str text, size_t width)
{
	struct km_pager pager;
	int r = fits(text, width) ? -ECANCELED : km_pager_start(command, &pager);

	if (!r) {
		write_all(pager.input, text);
		km_pager_wait(&pager);
		return;
	}
	if (r != -ECANCELED && (getenv("KMEMINFO_PAGER") || getenv("PAGER")))
		km_print_message(NULL, NULL, "cannot start the pager '%s': %s", command, strerror(-r));
	km_output_check(-write_all(STDOUT_FILENO, text), false);
}

static enum km_exit run_apart(const char *command, const struct km_style *style, enum km_exit (*run)(void *data), void *data)
{
	KM_TEXT_SCOPE text = { 0 };
	int ends[2], status = 0;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return run(data);
	child = fork();
	if (!child)
		run_child(ends, run, data);
	close(ends[1]);
	if (child > 0)
		collect(ends[0], &text);
	close(ends[0]);
	if (child < 0)
		return run(data);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	show(command, km_text_str(&text), style->width);
	if (WIFEXITED(status))
		return (enum km_exit)WEXITSTATUS(status);
	km_print_message(NULL, NULL, "the run was ended by signal %d", WTERMSIG(status));
	return KM_EXIT_FAILED;
}

enum km_exit km_pager_run(struct km_options *options, enum km_exit (*run)(void *data), void *data)
{
	const struct km_style style = km_options_style(options);
	const char *command = may_page(options) ? wanted() : NULL;
	enum km_exit status;

	if (!command)
		return km_output_run(options, run, data);
	options->paged = &style;
	status = run_apart(command, &style, run, data);
	options->paged = NULL;
	return status;
}
