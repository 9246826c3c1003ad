// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include "cli/command.h"
#include "cli/recording-session.h"
#include "screen/screen.h"

enum { DELAY_MS = 2000, OPT_TAB = 512 };

struct input {
	struct km_recording_input recording;
	uint64_t delay_ms;
	size_t tab;
};

static const struct argp_option own_options[] = {
	{ "delay", 'd', "SECONDS", 0, "time between two readings; 2 without it", 0 },
	{ "tab", OPT_TAB, "NAME", 0, "begin with this tab: summary, zones, blocks, slab, vmalloc, pages or commands", 0 },
	{ "record", KM_OPT_RECORD, "FILE", 0, "step through this recording instead; kmeminfo record makes one", 0 },
	KM_TIME_OPTIONS,
	{ 0 }
};

static const char *const tab_words[] = {
	"summary", "zones", "blocks", "slab", "vmalloc", "pages", "commands", NULL,
};

static const struct km_choice choices[] = {
	{ "tab", tab_words },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case 'd':
		if (!km_screen_delay(arg, &input->delay_ms))
			argp_error(state, "--delay needs a number of seconds from 0.1 to 3600, not '%s'", arg);
		return 0;
	case OPT_TAB:
		input->tab = km_choice_take(choices, arg, state);
		return 0;
	default:
		return km_recording_option(&input->recording, key, arg, state);
	}
}

/* The terminal that a signal handler, or the end of memory, has to restore: they can reach only a global. */
static struct km_terminal *taken;

void km_before_end(void)
{
	struct km_terminal *terminal = taken;

	taken = NULL;
	km_terminal_restore(terminal);
}

/* Restores the user's terminal after a fault of this program, or a signal that nothing waits for. */
static void on_fault(int number)
{
	signal(number, SIG_DFL);
	km_before_end();
	raise(number);
}

static void catch_faults(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP, SIGPIPE, SIGUSR1, SIGUSR2,
				      SIGALRM, SIGXCPU, SIGXFSZ };

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		signal(faults[i], on_fault);
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	const struct km_style style = km_options_style(options);
	const struct km_screen_options screen = {
		.from = options->from,
		.recording = own->recording.path,
		.span = own->recording.span,
		.page_bytes = options->page_bytes,
		.source = options->source,
		.terminal = { .color = style.color, .utf8 = style.utf8 },
		.delay_ms = own->delay_ms,
		.tab = own->tab,
		.taken = &taken,
		.exact = options->exact,
		.language = km_session_language(),
	};
	struct km_err err;
	int r;

	if (own->recording.path && options->from) {
		km_print_message("top", "give one of them", "--record and --from exclude each other");
		return KM_EXIT_USAGE;
	}
	if (!style.terminal) {
		km_print_message("top", "reports again and again without a terminal: kmeminfo slab --watch 2",
				 "standard output is not a terminal");
		return KM_EXIT_USAGE;
	}
	catch_faults();
	r = km_screen_run(&screen, &err);
	if (!r)
		return KM_EXIT_COMPLETE;
	km_print_error(&err);
	return r == -ERANGE ? KM_EXIT_USAGE : KM_EXIT_FAILED;
}

const struct km_command km_command_top = {
	.name = "top",
	.brief = "full screen: reports of the running system again and again, with keys to look closer",
	.doc = "? lists the keys.",
	.examples = (const struct km_example[]){
		{ "kmeminfo top", "where the memory is now, and how long tasks waited for it" },
		{ "kmeminfo top --tab slab --delay 0.5", "slab caches, twice a second" },
		{ "kmeminfo top --record memory.db", "a recording, sample by sample" },
		{ 0 }
	},
	.options = own_options,
	.choices = choices,
	.parse = parse,
	.input = &(const struct input){ .delay_ms = DELAY_MS },
	.input_size = sizeof(struct input),
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_TOP | KM_OPTION_JSON | KM_OPTION_NO_HEADINGS,
	.run = run,
	.confined = true,
};
