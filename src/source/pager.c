// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/num.h"
#include "base/text.h"
#include "source/pager.h"

enum { WORDS_MAX = 16 };

extern char **environ;

/* The number in a variable of the environment; KM_UNKNOWN if there is none. */
static uint64_t id_of(const char *variable)
{
	const char *value = getenv(variable);
	uint64_t id;

	return value && !km_str_to_u64(km_str_from(value), &id) && id < UINT32_MAX ? id : KM_UNKNOWN;
}

/* Some pagers open files and run programs. */
static bool give_up_rights(void)
{
	const uint64_t user = id_of("SUDO_UID"), group = id_of("SUDO_GID");

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return false;
	if (geteuid() || !getenv("SUDO_UID"))
		return true;
	return user != KM_UNKNOWN && group != KM_UNKNOWN && !setgroups(0, NULL) &&
	       !setresgid((gid_t)group, (gid_t)group, (gid_t)group) && !setresuid((uid_t)user, (uid_t)user, (uid_t)user);
}

/* For less. F: leaves at once what fits on the screen; R: colours; X: the text stays on the screen. */
static bool prepare_environment(void)
{
	return !setenv("LESS", "FRX", 0) && !setenv("LV", "-c", 0) && (geteuid() || !setenv("LESSSECURE", "1", 1));
}

/* Divides a command at its blanks. The words point into it; the first is NULL if only a shell understands it. */
static void divide(char *command, char *words[static WORDS_MAX + 1])
{
	char *rest = NULL;
	size_t len = 0;

	words[0] = NULL;
	if (strpbrk(command, "|&;<>()$`\\\"'*?[#~=%\t\n"))
		return;
	for (char *word = strtok_r(command, " ", &rest); word && len < WORDS_MAX; word = strtok_r(NULL, " ", &rest))
		words[len++] = word;
	words[len] = NULL;
}

/* The pager reads from the descriptor. It gets the signals that are ignored here as they usually are. */
static int spawn(const char *command, int input, pid_t *ret)
{
	KM_TEXT_SCOPE copy = { 0 };
	char shell[] = "sh", option[] = "-c";
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char *words[WORDS_MAX + 1];
	sigset_t usual;
	int r;

	km_text_printf(&copy, "%s%c", command, '\0');
	divide(copy.ptr, words);
	if (!words[0])
		memcpy(words, (char *[]){ shell, option, copy.ptr, NULL }, 4 * sizeof(*words));
	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	sigaddset(&usual, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	r = -posix_spawnp(ret, words[0], &actions, &attributes, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return r;
}

int km_pager_start(const char *command, struct km_pager *ret)
{
	int ends[2], r;

	if (!give_up_rights() || !prepare_environment())
		return -EPERM;
	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	/* the keys belong to the pager, and leaving it early is no error */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	r = spawn(command, ends[0], &ret->child);
	close(ends[0]);
	ret->input = ends[1];
	if (r)
		close(ends[1]);
	return r;
}

void km_pager_wait(struct km_pager *pager)
{
	close(pager->input);
	while (waitpid(pager->child, NULL, 0) < 0 && errno == EINTR)
		;
}
