// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <time.h>
#include "cli/record-loop.h"
#include "report/recorded.h"
#include "source/confine.h"
#include "source/opener.h"

enum {
	SECOND_US = 1000000,
	TRIM_EVERY = 60, /* samples; finding old samples costs more than taking one */
};

struct recording {
	const struct km_record_input *input;
	const struct km_options *options;
	struct km_recorder *recorder;
	struct km_slab_memory slab; /* flags of caches, one file each */
	uint64_t samples;
	bool told, failing; /* problems were printed; writing currently fails */
	bool hopeless; /* the file is damaged, or the opener has ended: that does not heal */
	enum km_exit status;
};

/* The time of the reading. A capture contains its own. */
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
		return km_err_set(err, -ENODATA, "give its time with --at", "%s: does not contain the time when it was taken",
				  recording->options->from);
	ret->wall_us = seconds * SECOND_US;
	return 0;
}

/* Prints problems once, because they are the same each time. */
static void tell_problems(struct recording *recording, struct km_machine *machine)
{
	if (recording->told)
		return;
	recording->told = true;
	km_machine_note_failures(machine);
	km_print_problems(&machine->problems);
	if (km_problems_matter(&machine->problems))
		recording->status = KM_EXIT_INCOMPLETE;
}

/* Prints a failed write once and goes on, because a full disk may have room later. A damaged file does not heal. */
static void tell_failure(struct recording *recording, int r, const struct km_err *err)
{
	if (!recording->failing)
		km_print_error(err);
	recording->failing = true;
	recording->hopeless = r == -EBADMSG || r == -EPIPE;
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
		tell_failure(recording, r, &err);
		return false;
	}
	km_machine_recall_slab(&machine, &recording->slab);
	r = clock_of(recording, &machine, &clock, &err);
	if (!r)
		r = km_record_sample(recording->recorder, &machine, &clock, !recording->input->no_processes,
				     recording->input->also, whole, &err);
	if (!r)
		tell_problems(recording, &machine);
	else
		tell_failure(recording, r, &err);
	if (!r && recording->failing) {
		km_print_message(NULL, NULL, "%s: samples are written again", recording->input->file);
		recording->failing = false;
	}
	recording->samples += !r;
	km_machine_remember_slab(&machine, &recording->slab);
	km_machine_deinit(&machine);
	return !r;
}

static void trim(struct recording *recording)
{
	struct km_err err;
	int r = 0;

	if ((recording->input->keep.us || recording->input->keep.bytes) && !recording->hopeless)
		r = km_recorder_trim(recording->recorder, &recording->input->keep, &err);
	if (r)
		tell_failure(recording, r, &err);
}

/* Waits until the time of the next sample and returns 0. A signal ends the wait. */
static int wait_until(const sigset_t *signals, int64_t due_us)
{
	int64_t left = due_us - km_clock_now().monotonic_us;
	struct timespec time = { 0 };
	int received;

	if (left > 0)
		time = (struct timespec){ (time_t)(left / SECOND_US), (long)(left % SECOND_US * 1000) };
	do
		received = sigtimedwait(signals, NULL, &time);
	while (received < 0 && errno == EINTR);
	return received < 0 ? 0 : received;
}

/* The next future time of the grid. Times that a sleeping or stalled machine missed are left out. */
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
		if (recording->hopeless)
			return;
		if (!received)
			due_us = next_due(due_us, recording->input->every_us);
	}
}

static void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGHUP);
	sigaddset(signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

enum km_exit km_record_samples(const struct km_record_input *input, struct km_options *options)
{
	struct recording recording = { .input = input, .options = options };
	struct km_opener opener = KM_OPENER_NONE;
	sigset_t signals;
	struct km_err err;

	block_signals(&signals);
	/* before the file is locked: the lock ends with the last process that has it */
	if (!options->from)
		km_opener_start(&opener);
	options->source.opener = &opener;
	if (km_recorder_open(&recording.recorder, input->file, &err)) {
		km_print_error(&err);
		km_opener_end(&opener);
		return KM_EXIT_FAILED;
	}
	/* once, not for each sample */
	options->source.confined = options->from != NULL;
	options->source.recording = input->file;
	if (!options->from)
		km_confine(&(const struct km_confinement){
				   .kind = KM_CONFINE_RECORDER, .file = input->file, .is_served = opener.fd >= 0,
			   }, NULL);
	if (options->from)
		take_sample(&recording, false);
	else
		record_until(&recording, &signals, input->count);
	trim(&recording);
	km_recorder_close(recording.recorder);
	km_slab_memory_deinit(&recording.slab);
	km_opener_end(&opener);
	return recording.status;
}

enum km_exit km_record_export(const struct km_record_input *input)
{
	struct km_err err;

	if (!km_recording_export(input->file, input->copy, &err))
		return KM_EXIT_COMPLETE;
	km_print_error(&err);
	return KM_EXIT_FAILED;
}
