// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cli/output.h"
#include "source/replace.h"

/* Signals that end a program. They must not leave the unfinished file behind. */
static void fill_set(sigset_t *set)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGCHLD };

	sigemptyset(set);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		sigaddset(set, ends[i]);
}

static void run_child(const struct km_replacement *replacement, const sigset_t *before,
		      enum km_exit (*run)(void *data), void *data)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	sigprocmask(SIG_SETMASK, before, NULL);
	if (dup2(replacement->fd, STDOUT_FILENO) < 0) {
		km_print_message(NULL, NULL, "cannot write %s: %s", replacement->path, strerror(errno));
		_exit(KM_EXIT_FAILED);
	}
	/* it is standard output already where that was closed */
	if (replacement->fd != STDOUT_FILENO)
		close(replacement->fd);
	exit((int)run(data));
}

/* Forwards signals that end the program to the child. */
static int wait_for(pid_t child, const sigset_t *set, int *ended_by)
{
	int status = 0, number;

	*ended_by = 0;
	for (;;) {
		if (sigwait(set, &number))
			continue;
		if (number != SIGCHLD) {
			*ended_by = number;
			kill(child, number);
		} else if (waitpid(child, &status, WNOHANG) == child) {
			return status;
		}
	}
}

static enum km_exit status_of(int status)
{
	if (WIFEXITED(status))
		return (enum km_exit)WEXITSTATUS(status);
	km_print_message(NULL, NULL, "the run was ended by signal %d", WTERMSIG(status));
	return KM_EXIT_FAILED;
}

static enum km_exit finish(struct km_replacement *replacement, enum km_exit status, bool done)
{
	struct km_err err;

	if (status == KM_EXIT_COMPLETE || done) {
		if (!km_replacement_commit(replacement, &err))
			return status;
		km_print_error(&err);
		return KM_EXIT_FAILED;
	}
	km_replacement_abort(replacement);
	km_print_message(NULL, NULL, "%s is unchanged", replacement->path);
	return status;
}

/* Collectors of metrics run as other users and must be able to read the file. Every other output is private. */
static mode_t mode_of(const struct km_options *options)
{
	mode_t mask;

	if (options->format->flags & KM_FORMAT_METRICS)
		return 0644;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Signals that end the program are blocked while there is a temporary file. */
struct blocked {
	sigset_t set, before;
	int ended_by; /* 0: none */
};

static enum km_exit run_apart(struct km_replacement *replacement, struct blocked *blocked, struct km_options *options,
			      enum km_exit (*run)(void *data), void *data)
{
	enum km_exit status;
	pid_t child = fork();

	if (!child)
		run_child(replacement, &blocked->before, run, data);
	if (child < 0) {
		km_print_message(NULL, NULL, "cannot start a process: %s", strerror(errno));
		km_replacement_abort(replacement);
		return KM_EXIT_FAILED;
	}
	status = status_of(wait_for(child, &blocked->set, &blocked->ended_by));
	return finish(replacement, status, *options->done && !blocked->ended_by);
}

static enum km_exit replace(struct blocked *blocked, struct km_options *options, enum km_exit (*run)(void *data), void *data)
{
	struct km_replacement replacement;
	struct km_err err;
	bool *done;

	if (km_replacement_begin(&replacement, options->output, mode_of(options), &err)) {
		km_print_error(&err);
		return KM_EXIT_FAILED;
	}
	done = mmap(NULL, sizeof(*done), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (done == MAP_FAILED) {
		km_replacement_abort(&replacement);
		km_out_of_memory();
	}
	options->done = done;
	return run_apart(&replacement, blocked, options, run, data);
}

enum km_exit km_output_run(struct km_options *options, enum km_exit (*run)(void *data), void *data)
{
	struct blocked blocked = { .ended_by = 0 };
	enum km_exit status;

	if (!options->output)
		return run(data);
	fill_set(&blocked.set);
	/* a parent that ignores it hands that down, and then no signal reports the end of the child */
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_BLOCK, &blocked.set, &blocked.before);
	status = replace(&blocked, options, run, data);
	sigprocmask(SIG_SETMASK, &blocked.before, NULL);
	if (blocked.ended_by)
		raise(blocked.ended_by);
	return status;
}

void km_output_done(const struct km_options *options)
{
	if (options->done)
		*options->done = true;
}
