// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include "base/units.h"
#include "cli/command.h"
#include "machine/recording.h"
#include "report/recorded.h"
#include "source/confine.h"

enum { OPT_EVERY = 512, OPT_KEEP, OPT_COUNT, OPT_EXPORT, OPT_NO_PROCESSES, OPT_AT };

enum {
	SECOND_US = 1000000,
	LEAST_US = SECOND_US / 10,
	TRIM_EVERY = 60, /* samples: looking for what is too old costs more than a sample */
};

struct input {
	const char *file, *copy;
	int64_t every_us, at_us;
	uint64_t count; /* KM_UNKNOWN: until a signal */
	struct km_keep keep;
	bool no_processes;
};

static const struct argp_option own_options[] = {
	{ "every", OPT_EVERY, "TIME", 0, "time between two samples, such as 10s or 1m; 10s without it", 0 },
	{ "keep", OPT_KEEP, "LIMIT", 0,
	  "remove the oldest samples: those older than a time such as 7d, or what exceeds a size such as "
	  "500M; both may be given", 0 },
	{ "count", OPT_COUNT, "N", 0, "end after N samples; a capture has one", 0 },
	{ "no-processes", OPT_NO_PROCESSES, NULL, 0,
	  "leave out what processes hold, which takes most of the time", 0 },
	{ "at", OPT_AT, "TIME", 0, "time of the capture, if it does not contain one", 0 },
	{ "export", OPT_EXPORT, "COPY", 0, "record nothing: copy the recording FILE to one new file", 0 },
	{ 0 }
};

/* "7d" and "500M": letters of times are small, those of sizes are not. */
static void take_keep(struct input *input, const char *arg, struct argp_state *state)
{
	const struct km_str text = km_str_from(arg);
	uint64_t bytes;

	if (text.len && strchr("smhdw", arg[text.len - 1]) && !km_units_parse_time(text, &input->keep.us) &&
	    input->keep.us > 0)
		return;
	if (!km_units_parse(text, &bytes) && bytes >= 1024) {
		input->keep.bytes = bytes;
		return;
	}
	argp_error(state, "--keep needs a time such as 7d or a size such as 500M, not '%s'", arg);
}

static void take_every(struct input *input, const char *arg, struct argp_state *state)
{
	if (km_units_parse_time(km_str_from(arg), &input->every_us) || input->every_us < LEAST_US)
		argp_error(state, "--every needs a time of 100ms or more such as 10s, not '%s'", arg);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_EVERY:
		take_every(input, arg, state);
		return 0;
	case OPT_KEEP:
		take_keep(input, arg, state);
		return 0;
	case OPT_COUNT:
		km_option_count("count", arg, 1, UINT32_MAX, &input->count, state);
		return 0;
	case OPT_NO_PROCESSES:
		input->no_processes = true;
		return 0;
	case OPT_AT:
		if (km_clock_parse(km_str_from(arg), km_clock_now().wall_us, &input->at_us))
			argp_error(state, "--at needs a time such as 2026-11-28T10:00:00Z, not '%s'", arg);
		return 0;
	case OPT_EXPORT:
		input->copy = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (input->file)
			argp_error(state, "record accepts only one FILE");
		input->file = arg;
		return 0;
	case ARGP_KEY_END:
		if (!input->file)
			argp_error(state, "missing FILE to write to (for example: kmeminfo record memory.db)");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

struct recording {
	const struct input *input;
	const struct km_options *options;
	struct km_recorder *recorder;
	uint64_t samples;
	bool told, failing; /* problems of the first sample; that samples cannot be written */
	enum km_exit status;
};

/* A capture has the time at which it was taken. */
static int clock_of(const struct recording *recording, const struct km_machine *machine, struct km_clock *ret,
		    struct km_err *err)
{
	int64_t seconds = km_source_info(machine->source)->time;

	*ret = km_clock_now();
	if (km_machine_is_live(machine))
		return 0;
	ret->monotonic_us = ret->boottime_us = KM_NO_TIME;
	ret->wall_us = recording->input->at_us;
	if (ret->wall_us != KM_NO_TIME)
		return 0;
	if (seconds < 0 && machine->manifest.time.ptr &&
	    !km_clock_parse(machine->manifest.time, 0, &ret->wall_us))
		return 0;
	if (seconds < 0)
		return km_err_set(err, -ENODATA, "--at says when it was taken", "%s: does not contain its time",
				  recording->options->from);
	ret->wall_us = seconds * SECOND_US;
	return 0;
}

/* Problems are printed once: they are the same each time. */
static void tell_problems(struct recording *recording, struct km_machine *machine)
{
	if (recording->told)
		return;
	recording->told = true;
	km_machine_note_failures(machine);
	km_complain_problems(&machine->problems);
	if (km_problems_matter(&machine->problems))
		recording->status = KM_EXIT_INCOMPLETE;
}

/* A disk that is full may have room again, so the recorder goes on; it says so once. */
static void tell_failure(struct recording *recording, const struct km_err *err)
{
	if (!recording->failing)
		km_complain(err);
	recording->failing = true;
	recording->status = KM_EXIT_FAILED;
}

static bool take_sample(struct recording *recording, bool whole)
{
	const struct km_options *options = recording->options;
	struct km_machine machine;
	struct km_clock clock;
	struct km_err err;
	int r = km_machine_open(&machine, options->from, options->page_bytes, &options->source, &err);

	if (r) {
		tell_failure(recording, &err);
		return false;
	}
	r = clock_of(recording, &machine, &clock, &err);
	if (!r)
		r = km_record_sample(recording->recorder, &machine, &clock, !recording->input->no_processes, whole, &err);
	if (!r)
		tell_problems(recording, &machine);
	else
		tell_failure(recording, &err);
	if (!r && recording->failing) {
		fprintf(stderr, "kmeminfo: %s: samples are written again\n", recording->input->file);
		recording->failing = false;
	}
	recording->samples += !r;
	km_machine_deinit(&machine);
	return !r;
}

static void trim(struct recording *recording)
{
	struct km_err err;

	if (recording->input->keep.us || recording->input->keep.bytes)
		if (km_recorder_trim(recording->recorder, &recording->input->keep, &err))
			tell_failure(recording, &err);
}

/* Waits for the time of the next sample: 0. A signal ends the waiting. */
static int wait_until(const sigset_t *signals, int64_t due_us)
{
	int64_t left = due_us - km_clock_now().monotonic_us;
	struct timespec time = { 0 };
	int received;

	if (left > 0)
		time = (struct timespec){ left / SECOND_US, left % SECOND_US * 1000 };
	do
		received = sigtimedwait(signals, NULL, &time);
	while (received < 0 && errno == EINTR);
	return received < 0 ? 0 : received;
}

/* The next time of the grid that is still to come: what a machine that slept or stalled missed is left out. */
static int64_t next_due(int64_t due_us, int64_t every_us)
{
	int64_t now = km_clock_now().monotonic_us;

	due_us += every_us;
	if (now > due_us)
		due_us += (now - due_us + every_us - 1) / every_us * every_us;
	return due_us;
}

static void record_until(struct recording *recording, const sigset_t *signals, uint64_t count)
{
	int64_t due_us = km_clock_now().monotonic_us;

	for (;;) {
		int received = wait_until(signals, due_us);

		if (received && received != SIGUSR1)
			return;
		take_sample(recording, received == SIGUSR1);
		if (recording->samples >= count)
			return;
		if (recording->samples % TRIM_EVERY == 1)
			trim(recording);
		if (!received)
			due_us = next_due(due_us, recording->input->every_us);
	}
}

static enum km_exit export_to(const struct input *input)
{
	struct km_err err;

	if (!km_recording_export(input->file, input->copy, &err))
		return KM_EXIT_COMPLETE;
	km_complain(&err);
	return KM_EXIT_FAILED;
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	struct recording recording = { .input = own, .options = options };
	sigset_t signals;
	struct km_err err;

	if (own->copy)
		return export_to(own);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	if (km_recorder_open(&recording.recorder, own->file, &err)) {
		km_complain(&err);
		return KM_EXIT_FAILED;
	}
	/* once, and not with each sample */
	options->source.confined = options->from != NULL;
	if (!options->from)
		km_confine(KM_CONFINE_WRITER, -1, NULL, NULL);
	if (options->from)
		take_sample(&recording, false);
	else
		record_until(&recording, &signals, own->count);
	trim(&recording);
	km_recorder_close(recording.recorder);
	return recording.status;
}

static const struct input usual = {
	.every_us = 10 * SECOND_US, .at_us = KM_NO_TIME, .count = KM_UNKNOWN,
};

const struct km_command km_command_record = {
	.name = "record",
	.brief = "append samples of the machine to a file, for diff, trend and top",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo record --count 2 --every 1s memory.db", "two samples, a second apart" },
		{ "sudo kmeminfo record --count 1 --keep 7d memory.db", "add a sample, and remove what is older than a week" },
		{ 0 }
	},
	.doc = "FILE is a SQLite database, which is made if it does not exist. It holds the figures of slab caches, "
	       "vmalloc callers, zones, free blocks, the account, findings, pressure and commands. SIGTERM ends "
	       "the recording. With --from it adds a capture as one sample, at the time of the capture.",
	.args = "FILE",
	.options = own_options,
	.parse = parse,
	.input = &usual,
	.input_size = sizeof(struct input),
	.run = run,
	.confined = true,
	.writes = true,
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_JSON | KM_OPTION_TOP | KM_OPTION_BYTES | KM_OPTION_NO_HEADINGS |
		    KM_OPTION_COLOR | KM_OPTION_FORMAT | KM_OPTION_OUTPUT,
};
